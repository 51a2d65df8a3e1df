"""What is told of a topic: our few sentences on it, and what the studies of it measured, gave, and left open.

The texts lie in `data/*.toml` and grow there; what is counted is counted here, over publications or by the index, and
always of studies (`kb.votes.is_study`): no review, no protocol, nothing retracted.
"""

from __future__ import annotations

from kb.topics.core_outcomes import STATES, Strip, strip
from kb.topics.doses import Dosed, Doses, dose_given, doses
from kb.topics.gaps import Axis, GapMap, gap_map
from kb.topics.texts import Caution, CoreSet, Domain, Source, Text, Texts, load_texts

__all__ = [
    "STATES",
    "Axis",
    "Caution",
    "CoreSet",
    "Domain",
    "Dosed",
    "Doses",
    "GapMap",
    "Source",
    "Strip",
    "Text",
    "Texts",
    "dose_given",
    "doses",
    "gap_map",
    "load_texts",
    "strip",
]
