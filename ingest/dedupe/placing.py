"""Where a record belongs among the publications that share a key with it.

Guarded against chaining: a record that is the same as one member of a publication and different from another joins
only where those two members are different from each other too, that is where a person has joined them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ingest.dedupe.by_citation import Verdict
from ingest.dedupe.citation import Citation
from ingest.dedupe.same import compare


class Doubt(msgspec.Struct, frozen=True):
    """A publication that the record may be of (`UNSURE`) or is another version of (`VERSION`)."""

    publication: str
    verdict: Verdict


class Placement(msgspec.Struct, frozen=True):
    """The publications that a record is of, the surest first, and those that it is near to.

    More than one of the first kind means that they are one publication, which only this record shows.
    """

    same: tuple[str, ...] = ()
    near: tuple[Doubt, ...] = ()


def place(citation: Citation, candidates: Iterable[tuple[str, Sequence[Citation]]]) -> Placement:
    """Compare `citation` with the members of each candidate (id, members)."""
    same: list[tuple[int, str]] = []
    near: list[Doubt] = []
    for id, members in candidates:
        verdict = judge(citation, members)
        if verdict is Verdict.SAME:
            same.append((-max(_shared(citation, each) for each in members), id))
        elif verdict is not Verdict.DIFFERENT:
            near.append(Doubt(id, verdict))
    return Placement(tuple(id for _, id in sorted(same, key=lambda each: each[0])), tuple(near))


def judge(citation: Citation, members: Sequence[Citation]) -> Verdict:
    """What `citation` is to the publication that `members` are."""
    verdicts = [compare(citation, each) for each in members]
    best = max(verdicts, default=Verdict.DIFFERENT)
    if best is not Verdict.SAME:
        return best
    alike = [each for each, verdict in zip(members, verdicts, strict=True) if verdict is Verdict.SAME]
    apart = [each for each in members if _apart(citation, each)]
    chained = any(not _apart(one, other) for one in apart for other in alike)
    return Verdict.UNSURE if chained else Verdict.SAME


def may_join(ours: Sequence[Citation], theirs: Sequence[Citation]) -> bool:
    """Whether two publications that a record showed to be one have no members that keep them apart."""
    return not any(_apart(one, other) for one in ours for other in theirs)


def _apart(one: Citation, other: Citation) -> bool:
    """Whether the two cannot be one: strangers, versions, or two of PubMed's numbers."""
    if one.pmid and other.pmid and one.pmid != other.pmid:
        return True
    return compare(one, other) in (Verdict.DIFFERENT, Verdict.VERSION)


def _shared(one: Citation, other: Citation) -> int:
    """How many identifiers they share."""
    pairs = ((one.pmid, other.pmid), (one.pmcid, other.pmcid), (one.doi, other.doi))
    return sum(a is not None and a == b for a, b in pairs)
