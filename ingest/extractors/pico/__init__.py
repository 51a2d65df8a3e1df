"""Which words of an abstract name the participants, the interventions and the outcomes.

`tag` labels the words of an abstract (`tagger`: `lexicon`, `text`, `features`, `context`), `people` takes from it
the phrase that says who was studied (`participants`). What the labels mean is learnt: crowds marked them in
abstracts of trials (EBM-NLP, Nye et al. 2018, doi 10.18653/v1/P18-1019), generously and not always alike.
"""

from __future__ import annotations

from ingest.extractors.pico.participants import people
from ingest.extractors.pico.tagger import LABELS, Label
from ingest.extractors.pico.words import tag

__all__ = ["LABELS", "Label", "people", "tag"]
