"""The outcomes of a hit in a few lines: what went the same way on the same basis stands in one line.

"Pain ↓, sleep ↑: better than relaxation training" is read at a glance; the same in a line an outcome is not. The basis
comes first, so that a change from before to after never stands among the comparisons.
"""

from __future__ import annotations

import msgspec

from kb.extraction import Extraction, Method, Outcome
from kb.vocabulary import Vocabulary
from kb.wording import FOOTINGS, NOT_CLEAR, UNJUDGED, Footing, footing, result, sign, tone, uncounted

NAMES = 5  # outcomes of a line that are shown; the rest are counted and stand on the publication's page
LINES = 4  # lines of one basis


class Named(msgspec.Struct, frozen=True):
    """An outcome, and the sign of its change."""

    name: str
    sign: str


class Line(msgspec.Struct, frozen=True):
    """Outcomes of which the same is told; `more` of them are not shown. `tone` is a name for the stylesheet."""

    words: str
    tone: str
    names: tuple[Named, ...]
    more: int


class Lines(msgspec.Struct, frozen=True):
    """What stands on one basis, under its label; `more` lines are not shown."""

    label: str
    tone: str
    lines: tuple[Line, ...]
    more: int


_KINDS: dict[Footing, tuple[str, str]] = {
    "between_groups": ("Between groups", "between"),
    "within_group": ("Before–after only", "within"),
    "unclear": (NOT_CLEAR, "unclear"),
    "marker": ("Markers", "marker"),
    "unjudged": (UNJUDGED, "marker"),
}


def directions(facts: Extraction, vocabulary: Vocabulary) -> tuple[Lines, ...]:
    """The ledger in short, the comparisons first, each outcome once in a line."""
    found: dict[Footing, dict[tuple[str, str], dict[Named, None]]] = {each: {} for each in FOOTINGS}
    for outcome in (each.value for each in facts.outcomes):
        said = (_words(outcome, facts.method, vocabulary), tone(outcome, facts.method, vocabulary))
        found[footing(outcome, vocabulary)].setdefault(said, {})[Named(outcome.name, sign(outcome))] = None
    return tuple(_lines(*_KINDS[kind], said) for kind, said in found.items() if said)


def _lines(label: str, kind: str, found: dict[tuple[str, str], dict[Named, None]]) -> Lines:
    lines = tuple(
        Line(words, tone, tuple(names)[:NAMES], max(0, len(names) - NAMES)) for (words, tone), names in found.items()
    )
    return Lines(label, kind, _shown(lines), max(0, len(lines) - LINES))


def _shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The first few, and of every tone the first of all: good news hides no bad news, nor the other way."""
    seen: set[str] = set()
    first = [at for at, each in enumerate(lines) if not (each.tone in seen or seen.add(each.tone))]  # type: ignore[func-returns-value]
    rest = [at for at in range(len(lines)) if at not in first]
    return tuple(lines[at] for at in sorted((*first, *rest)[:LINES]))


def _words(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> str:
    words = result(outcome, vocabulary)
    when = "later" if outcome.timepoint == "follow_up" else None  # what is gone, or still there, after the treatment
    told = ", ".join(filter(None, (outcome.arm, when)))
    why = uncounted(outcome, method, vocabulary)
    return "; ".join(filter(None, (f"{words} ({told})" if told else words, why)))
