"""Which group a stated part of a dose belongs to, where the text gives the groups different ones.

A part is a group's where the group's name stands within it or right behind it ("30 min of massage"), else where
that name is the last before it in the sentence. "Both groups" gives a part to all. Groups are given doses of their
own only where they differ, for a list of groups often ends in the dose they share ("massage or rest twice a week").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ingest.extractors.dose import Part, chosen
from ingest.extractors.dose_rows import Slot
from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from kb.extraction import Arm, Dose, Finding

# Between a part and the name right behind it of the group that it belongs to.
_RIGHT_BEHIND = re.compile(r" ?(?:of )?(?:the |an? )?")
_SUBJECT = 45  # characters from the start of a sentence in which the only group named is what it tells of
_EMPTY = frozenset(
    "the a an of and or with in for to plus alone only group groups arm arms patients participants therapy "
    "treatment received receive receiving session sessions".split()
)
_ALL = re.compile(
    r"\b(?:both|each|all|either|the (?:two|three|four))\b(?: \w+)? (?:groups?|arms?|\w*ents|subjects)\b", re.IGNORECASE
)
_TREATED = re.compile(r"\b(?:experimental|intervention|treatment|study|active) (?:groups?|arm)\b", re.IGNORECASE)
_ALL_ARMS = -1


class _Named(msgspec.Struct, frozen=True):
    """`arm` (an index, or all) is named at `abstract[start:end]`."""

    start: int
    end: int
    arm: int


class _Told(msgspec.Struct, frozen=True):
    """A part and the group it is told of; `alone` where its sentence tells of that group only."""

    part: Part
    arm: int | None
    alone: bool


def by_arm(
    reading: Reading, parts: Sequence[Part], arms: tuple[Finding[Arm], ...]
) -> tuple[Dose, tuple[Finding[Arm], ...]]:
    """The study's dose, which is the intervention's, and `arms` with the doses in which they differ."""
    if len(arms) < 2 or not parts:
        return chosen(reading, parts), arms
    main = next((i for i, each in enumerate(arms) if each.value.role == "intervention"), None)
    told = _told(reading, parts, _names(arms), main)
    if main is None:
        # Nobody is called the intervention: the group of whose dose most is told.
        owners = [each.arm for each in told]
        main = max(range(len(arms)), key=lambda i: (owners.count(i), -i))
    differing = _differing(told, main)
    study = chosen(reading, _of(told, main, frozenset(differing)))
    if study == Dose():
        # Of the intervention nothing is told: the dose of the others is the only one there is.
        study = chosen(reading, parts)
    own = {i: chosen(reading, _of(told, i, frozenset(differing))) for group in differing.values() for i in group}
    if len({_values(each) for each in own.values()}) < 2:
        return study, arms
    dosed = (
        msgspec.structs.replace(each, value=msgspec.structs.replace(each.value, dose=own[i])) if i in own else each
        for i, each in enumerate(arms)
    )
    return study, tuple(dosed)


def _values(dose: Dose) -> tuple[float | None, ...]:
    found: list[Finding[float] | None] = [dose.minutes, dose.per_week, dose.weeks, dose.sessions]
    return tuple(each.value if each else None for each in found)


def _told(
    reading: Reading, parts: Sequence[Part], names: Sequence[re.Pattern[str] | None], main: int | None
) -> list[_Told]:
    named = {i: _named(reading, reading.sentences[i], names, main) for i in {each.sentence for each in parts}}
    return [
        _Told(
            each,
            _owner(reading.abstract, each, named[each.sentence]),
            _alone(reading.sentences[each.sentence], named[each.sentence]),
        )
        for each in parts
    ]


def _differing(told: Sequence[_Told], main: int) -> dict[Slot, frozenset[int]]:
    """The slots in which another group has other values than `main`, each with the groups that have any."""
    values: dict[Slot, dict[int, set[float]]] = {}
    for each in told:
        if each.arm is not None and each.arm != _ALL_ARMS:
            values.setdefault(each.part.slot, {}).setdefault(each.arm, set()).add(each.part.finding.value)
    return {
        slot: frozenset(own)
        for slot, own in values.items()
        if main in own and any(value != own[main] for value in own.values())
    }


def _of(told: Sequence[_Told], arm: int, differing: frozenset[Slot]) -> list[Part]:
    """What is told of `arm`, of all, and what may be shared."""
    return [
        each.part
        for each in told
        if each.arm in (None, arm, _ALL_ARMS) or not (each.part.slot in differing or each.alone)
    ]


def _names(arms: tuple[Finding[Arm], ...]) -> list[re.Pattern[str] | None]:
    """What names each group: the words that no other has, else all of its own."""
    words = [_words(each.value.name) for each in arms]
    return [_pattern(own.difference(*words[:i], *words[i + 1 :]) or own) for i, own in enumerate(words)]


def _words(name: str) -> set[str]:
    return {each for each in re.findall(r"[\w-]+", name.casefold()) if each not in _EMPTY and len(each) > 1}


def _pattern(words: set[str]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE) if words else None


def _named(
    reading: Reading, sentence: Sentence, names: Sequence[re.Pattern[str] | None], main: int | None
) -> tuple[_Named, ...]:
    called = [(main, _TREATED)] if main is not None else []
    patterns = [(_ALL_ARMS, _ALL), *called, *((i, each) for i, each in enumerate(names) if each is not None)]
    found = (
        _Named(*match.span(), arm)
        for arm, pattern in patterns
        for match in pattern.finditer(reading.abstract, sentence.start, sentence.end)
    )
    return tuple(sorted(found, key=lambda each: each.start))


def _owner(text: str, part: Part, named: tuple[_Named, ...]) -> int | None:
    start, end = part.finding.start or 0, part.finding.end or 0
    behind = _RIGHT_BEHIND.match(text, end)
    reach = behind.end() if behind else end
    within = next((each for each in named if start <= each.start <= reach), None)
    before = [each for each in named if each.start < start]
    nearest = within or (before[-1] if before else None)
    return nearest.arm if nearest else None


def _alone(sentence: Sentence, named: tuple[_Named, ...]) -> bool:
    """Whether the sentence tells of one group only and names it first."""
    return len({each.arm for each in named}) == 1 and named[0].start - sentence.start < _SUBJECT
