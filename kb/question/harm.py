"""Where a question asks what harm a treatment does, in words that mean other things elsewhere.

"Does my back hurt" is about pain and "can massage hurt" about harm; "risk" is of falls as well, and "worse" may be a
comparison. Such words are read as adverse events by where they stand to the treatment that is named, and nowhere else.
Soreness after a treatment stays the outcome that it is in trials; "sore after massage" is a complaint. Words that ask
for harm wherever they stand ("safe", "dangerous") are names of the concept (`asked_as` in the vocabulary).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.vocabulary import Mention

ADVERSE_EVENTS = "adverse_events"  # the outcome of the vocabulary

_MARK = "\x01"  # stands for each letter of a treatment; no question has it
_TREATMENT = (
    r"(?:(?:a|an|the|my|having|getting|receiving|giving|doing|using|too|much|regular|every|each|any)\s+){0,3}\x01"
)
_AFTER = rf"(?=\s+(?:after|from|by|with|during|following|of|in)\s+{_TREATMENT})"
_MAY = r"\b(?:can|could|do|does|did|will|would|may|might|should)\s+"
_BRUISE = r"bruis(?:e|es|ed|ing)\b"

_HARM = re.compile(
    rf"""
      \b(?P<before>risks?|hurt|sore|worse|{_BRUISE}){_AFTER}
    | \x01\s+(?P<behind>risks?\b(?!\s+(?:of|for|factors?)\b)|hurts\b|{_BRUISE})
    | {_MAY}{_TREATMENT}\x01*\s+(?:(?:ever|really|actually|also)\s+)?(?P<doing>hurt)\b
    | \b(?P<risks>risks)\b(?!\s+(?:of|for|factors?)\b)
    | \b(?:make|makes|made|making)\s+(?:[^\W\x01]+\s+){{0,4}}?(?P<made>worse)\b(?!\s+than\b)
    | \b(?P<worsen>(?:worsen|aggravat)(?:e|es|s|ed|ing)?)\b
    | \b(?:cause|causes|caused|causing)\s+(?:[^\W\x01]+\s+)?(?P<caused>{_BRUISE})
    """,
    re.VERBOSE | re.IGNORECASE,
)


def harms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The words of `text` that ask for harm done by a treatment that `mentions` name; none where they name none."""
    treatments = [each for each in mentions if each.kind == "technique"]
    for each in treatments:
        text = text[: each.start] + _MARK * (each.end - each.start) + text[each.end :]
    found = _HARM.finditer(text) if treatments else ()
    spans = [match.span(name) for match in found if (name := match.lastgroup) is not None]
    return [Mention(ADVERSE_EVENTS, "outcome", *span) for span in spans]
