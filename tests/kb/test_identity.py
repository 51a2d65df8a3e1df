"""The keys that records are looked up by survive what exports do to citations. All literature is invented."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.identity import first_page, fold, fold_name, identity_keys, last_page, volume_number
from kb.record import Contributor, Identifier, Record


def test_the_keys_of_a_citation(invented: Record) -> None:
    assert identity_keys(invented) == (
        "pmid:990000001",
        "doi:10.5555/weavers",
        "head:massagelowerbackinventedweaver",
        "tail:assagelowerbackinventedweavers",
        "initials:mlbiw|weaver",
        "page:weaver|3|1",
    )


def test_a_registration_number_is_no_identity(invented: Record) -> None:
    record = msgspec.structs.replace(invented, identifiers=(Identifier("registration", "NCT00000000"),))
    assert not [each for each in identity_keys(record) if "nct" in each.lower()]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "MASSAGE OF THE LOWER-BACK IN INVENTED WEAVERS."},
        {"title": "Massage of the lower back in invented weavers: a randomised controlled trial"},
        {"title": "A study of massage of the lower back in invented weavers"},
        {"title": "RETRACTED: Massage of the lower back in invented weavers"},
        {"title": "<i>Massage</i> of the lower back in invented weavers [French]"},
        {"title": "Masage of the loer back", "pages": "1", "volume": "Vol. 3"},
        {"title": "Masage of the lower back in invented weavrs", "pages": None, "year": 2012},
        {"title": "Rückenmassage", "pages": "p. 1-9"},
        {"year": None, "contributors": (), "pages": None, "volume": None},
    ],
)
def test_damage_leaves_a_key_in_common(invented: Record, changes: dict[str, object]) -> None:
    damaged = msgspec.structs.replace(invented, identifiers=(), **changes)
    assert set(identity_keys(damaged)) & set(identity_keys(invented))


def test_a_short_title_is_no_key_without_its_author(invented: Record) -> None:
    editorial = msgspec.structs.replace(invented, title="Editorial", identifiers=(), pages=None)
    other = msgspec.structs.replace(editorial, contributors=(Contributor("Dyer"),))
    assert not set(identity_keys(editorial)) & set(identity_keys(other))


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("221-8", "221", "228"),
        ("S73-8", "s73", "78"),
        ("e0001234", "e1234", None),
        ("1968‐1974", "1968", "1974"),
        ("p. 89", "89", None),
        ("01-Apr", None, None),
        ("Apr-12", None, None),
        ("no pagination", None, None),
        ("N.PAG-N.PAG", None, None),
        ("Online ahead of print", None, None),
        (None, None, None),
    ],
)
def test_pages(pages: str | None, first: str | None, last: str | None) -> None:
    assert (first_page(pages), last_page(pages)) == (first, last)


@pytest.mark.parametrize(("volume", "number"), [("38 Suppl 1", "38"), ("1)", "1"), ("Suppl", None), (None, None)])
def test_volumes(volume: str | None, number: str | None) -> None:
    assert volume_number(volume) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller", "Mueller"), ("Müller", "MULLER"), ("van der Weaver", "Weaver"), ("O'Dyer", "O’Dyer"), ("Łoom", "Loom")],
)
def test_names_are_folded_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
