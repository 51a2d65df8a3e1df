"""Which publication a record belongs to. Pure: the store names candidates, this decides.

Records are linked, never deleted: each stays as it came, and what a reader sees is merged from them.
Shared identifiers join, differing ones of the same kind keep apart: meeting abstracts share the DOI of
their supplement, and papers in two parts their authors, year and most of a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.record import Record, Scheme

# The most telling first: a PMID names one citation, a DOI sometimes a whole supplement.
_TELLING: tuple[Scheme, ...] = ("pmid", "pmcid", "doi")


def same_publication(record: Record, members: Sequence[Record]) -> bool:
    """Whether `record` is of the publication whose records are `members`, which share a key with it.

    The most telling identifier that both sides have decides; where they have none in common, the shared
    key is title, year and first author, and that is enough.
    """
    for scheme in _TELLING:
        ours, theirs = record.value_of(scheme), {each.value_of(scheme) for each in members} - {None}
        if ours is not None and theirs:
            return ours in theirs
    return True


def match(record: Record, candidates: Iterable[tuple[str, Sequence[Record]]]) -> str | None:
    """The id of the first of `candidates` (id, members) that `record` belongs to, or None."""
    return next((id for id, members in candidates if same_publication(record, members)), None)
