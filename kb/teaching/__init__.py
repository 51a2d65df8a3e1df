"""Teaching sheets from a record: worksheet, key, journal club, tick list, and a search for spin. Pure.

A new sheet is a file, a name in `types.Name` and a row of `SHEETS`, and of `unfit` where it does not fit everything.
`word.py` writes any of them as a Word file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from kb.overlay import standing
from kb.publication import Publication
from kb.rights import Policy, told
from kb.teaching.consort import consort, no_consort
from kb.teaching.journal_club import journal_club
from kb.teaching.spin import no_spin, spin
from kb.teaching.types import Name, Sheet
from kb.teaching.worksheet import key, no_key, worksheet
from kb.vocabulary import Vocabulary

__all__ = ["SHEETS", "Name", "Sheet", "make", "unfit"]

SHEETS: Mapping[Name, Callable[[Publication, Vocabulary, Policy], Sheet]] = {
    "worksheet": worksheet,
    "key": key,
    "journal-club": journal_club,
    "consort": consort,
    "spin": spin,
}


def make(name: Name, publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The sheet of this name. `policy` says how much of the abstract may be shown where the sheet goes."""
    facts = told(standing(publication.facts), policy)
    return SHEETS[name](msgspec.structs.replace(publication, facts=facts), vocabulary, policy)


def unfit(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Mapping[Name, str]:
    """The sheets that have nothing to fill in for `publication`, each with the reason: nobody is led there."""
    stands = msgspec.structs.replace(publication, facts=standing(publication.facts))
    reasons: dict[Name, str | None] = {
        "key": no_key(stands),
        "consort": no_consort(stands, vocabulary),
        "spin": no_spin(stands, policy),
    }
    return {name: reason for name, reason in reasons.items() if reason is not None}
