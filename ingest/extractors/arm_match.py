"""Which size belongs to which group: the groups as named, and the numbers that were found to count arms.

The names of the sentence that tells of allocation are the fullest, so they are kept where each size is told with
words that mean one of them; else a group is called what it is called beside its size.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ingest.extractors.arm_counts import events, sized
from ingest.extractors.arm_labels import labels, side_by_side
from ingest.extractors.arm_names import Name
from ingest.extractors.arm_sizes import place
from ingest.extractors.counted import counted
from ingest.extractors.numbers import Number
from ingest.extractors.reading import Reading
from kb.extraction import Finding

_UNLIKELY = 0.05  # a number that counts an arm with less probability is a dose or an event


class Groups(msgspec.Struct, frozen=True):
    """The names of the groups in order, the sizes that are known by position, and the rule that found the names."""

    names: Sequence[Name]
    sizes: dict[int, Finding[int]]
    rule: str


def matched(reading: Reading, told: Groups) -> Groups:
    """`told` by the rules of wording, with the sizes that most likely are those of arms."""
    found = sized(reading)
    if not found:
        return msgspec.structs.replace(told, sizes=_likely(reading, told.sizes))
    if len(told.sizes) == len(told.names) and {each.start for each in told.sizes.values()} == {n.start for n in found}:
        return told
    here = [_size(each) for each in found]
    said = labels(reading, found)
    known = _placed(reading, told.names, said, here)
    if len(told.names) == len(said) == len(known):
        return msgspec.structs.replace(told, sizes=known)
    if all(said):
        return Groups([each for each in said if each], dict(enumerate(here)), "arms:named_by_size")
    if len(told.names) == len(found) and side_by_side(reading, found):
        return msgspec.structs.replace(told, sizes=dict(enumerate(here)))
    return msgspec.structs.replace(told, sizes=_likely(reading, told.sizes))


def _placed(
    reading: Reading, names: Sequence[Name], said: Sequence[Name | None], here: Sequence[Finding[int]]
) -> dict[int, Finding[int]]:
    """The sizes by the position of the name that their own words mean; the last one left over goes to the last name."""
    places = [place(reading.abstract, names, _words(reading, each)) if each else None for each in said]
    known = {at: size for at, size in zip(places, here, strict=True) if at is not None}
    left = [i for i in range(len(names)) if i not in known]
    if len(left) == 1 and said.count(None) == 1 == places.count(None) and len(known) == len(names) - 1 == len(said) - 1:
        known[left[0]] = here[places.index(None)]
    return known


def _words(reading: Reading, name: Name) -> str:
    return reading.abstract[name.start : name.end] + name.alias + " group"


def _size(number: Number) -> Finding[int]:
    return Finding(int(number.value), number.start, number.end, rule="arms:counted")


def _likely(reading: Reading, known: dict[int, Finding[int]]) -> dict[int, Finding[int]]:
    """`known` without the numbers that hardly count an arm; one size for every group is told in words of its own."""
    likely = {each.number.start: each for each in counted(reading)}
    sizes = sorted({each.start for each in known.values() if each.start in likely})
    if len(sizes) == 2 and events(reading, *(likely[start].number for start in sizes)):
        return {}
    odd = {start for start, each in likely.items() if each.arm < _UNLIKELY}
    return {i: each for i, each in known.items() if each.start not in odd or each.rule == "arms:n_each"}
