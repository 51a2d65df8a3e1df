"""Claims of worth: "was more effective than rest for pain", "as effective as", "superior to rest for pain".

They say which treatment did better by a measure without saying how the measure went.
"""

from __future__ import annotations

from ingest.extractors.outcomes.lists import names_behind
from ingest.extractors.outcomes.names import Name
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.places import Claim, lead, objects
from ingest.extractors.outcomes.words import AUXILIARY, CUES, KEPT, NEGATION, SUBORDINATE, TURNED, Cue, Sense

_REACH = 14
_ALIKE = frozenset("as equally similarly comparably".split())
_OF_MEASURE = frozenset("for in on at regarding concerning".split())
# "These effects were maintained at follow-up": of the measures told before.
_GAINS = frozenset("effect effects improvement improvements benefit benefits gains results these this".split())
_COMPARES = frozenset("than compared versus vs to".split())


def read_effective(clause: Clause, i: int, cue: Cue, floor: int) -> Claim | None:
    """The claim of "effective" and the like, of the measures behind "for" or "in"."""
    if cue.word == "likely":
        return _likely(clause, i, cue)
    if cue.word in KEPT:
        kept = _GAINS.intersection(clause.word(k) for k in range(floor, i))
        return Claim((), "none" if lead(clause, i).denied else cue.sense, cue, i, i + 1) if kept else None
    alike = clause.word(i - 1) in _ALIKE
    _, denied, be = lead(clause, i - alike)
    if not (be or alike or cue.word == "outperformed"):
        return None
    names, after, compares = _measures(clause, i, cue)
    if not names:
        return None
    sense = "none" if denied or alike or NEGATION.intersection(_before(clause, i, floor)) else cue.sense
    if clause.word(i - 1) == "less":
        sense = TURNED.get(sense, sense)
    return Claim(names, sense, cue, i, after, compares)


def _likely(clause: Clause, i: int, cue: Cue) -> Claim | None:
    """ "Were more likely to report improvement in pain", "less likely to have nausea"."""
    more = clause.word(i - 1)
    if more not in ("more", "less") or clause.word(i + 1) != "to":
        return None
    sense: Sense = "up" if more == "more" else "down"
    names, after = names_behind(clause, i + 3, len(clause.tokens))
    for k in range(i + 2, i + 6):
        noun = next((each for each in CUES.get(clause.word(k), ()) if each.part == "noun"), None)
        if noun is not None:
            names, after = objects(clause, k)
            names = tuple(Name(tuple(range(k, names[0].words[-1] + 1))) for _ in names[:1])
            break
    return Claim(names, sense, cue, i, after, True) if names and clause.word(i + 2) != "be" else None


def _before(clause: Clause, i: int, floor: int) -> set[str]:
    return {clause.word(k) for k in range(max(floor, i - 5), i)}


def _measures(clause: Clause, i: int, cue: Cue) -> tuple[tuple[Name, ...], int, bool]:
    """The measures, the position after them, and whether somebody is compared with.

    Only what the vocabulary knows, unless a comparison stands before it: "effective in women" names no measure.
    """
    compares = clause.word(i - 1) in ("more", "less", "as", "equally") or cue.word == "outperformed"
    for k in range(i + 1, min(len(clause.tokens), i + _REACH)):
        word = clause.word(k)
        if (
            word in SUBORDINATE
            or word in AUXILIARY
            or any(each.part in ("verb", "noun") for each in CUES.get(word, ()))
        ):
            break
        compares = compares or word in _COMPARES
        if word in _OF_MEASURE or (word == "to" and cue.word == "effective"):
            names, after = names_behind(clause, k + 1, len(clause.tokens))
            known = any(clause.known.intersection(each.words) for each in names)
            if names and (known or compares):
                return names, after, compares
    return (), i + 1, False
