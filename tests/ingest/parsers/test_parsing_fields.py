"""Fields that several formats write alike, and the table of the parsers itself."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import ingest.parsers
from ingest.errors import IngestError, UnreadablePayloadError
from ingest.parsers import PARSERS, fields, parse
from ingest.parsers.decoding import decode, normalise
from kb.record import Contributor, Identifier, Notice, Payload
from kb.vocabulary import Vocabulary
from tests.conftest import NOW


def test_every_reader_of_the_room_is_in_its_table() -> None:
    stems = (path.stem for path in Path(ingest.parsers.__file__).parent.glob("[!_]*.py"))
    modules = {stem: import_module(f"ingest.parsers.{stem}") for stem in stems}
    readers = {stem for stem, module in modules.items() if hasattr(module, "recognises") and hasattr(module, "parse")}
    assert readers == set(PARSERS)


def test_a_payload_of_no_known_format_is_refused(vocabulary: Vocabulary) -> None:
    payload = Payload(source="files", key="x.abc", body=b"abc", fetched_at=NOW, format="abc")
    with pytest.raises(UnreadablePayloadError, match=r"x\.abc: there is no format 'abc'") as caught:
        parse(payload, vocabulary)
    assert isinstance(caught.value, IngestError)
    assert (caught.value.where, caught.value.key) == ("x.abc", "x.abc")
    assert "medline" in caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"caf\xe9 \x93x\x94", "café “x”"),
        ("café ".encode() + b"\x96 caf\xe9", "café – café"),
        (b"a\x81b", "ab"),
        (b"a\r\nb\rc\nd\r\r\ne\x0bf\x0cg", "a\nb\nc\nd\ne\nf\ng"),
        (b"a\x00\x07b" + b"x" * 200, "ab" + "x" * 200),
        ("e\u0301\u200b\u00ad\ufeff".encode(), "é"),
        ("aÄ".encode("utf-16-be"), "aÄ"),
    ],
)
def test_decoding(raw: bytes, text: str) -> None:
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"), [("  a \t b\n\nc ", "a b c"), ("a\u00a0b\u2009c", "a b c"), ("e\u0301", "é"), ("\x00\x1f", "")]
)
def test_normalising(raw: str, text: str) -> None:
    assert normalise(raw) == text


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("A title.", "A title"),
        ("A title?", "A title?"),
        ("Care in the U.S.", "Care in the U.S."),
        ("And ...", "And ..."),
    ],
)
def test_titles(raw: str, title: str) -> None:
    assert fields.title_of(raw) == title


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("2002 May 3", 2002),
        ("Summer 1998", 1998),
        ("1999-2000", 1999),
        ("Article 10 2019", 2019),
        ("20020503", 2002),
        ("200205", None),
        ("in press", None),
    ],
)
def test_years(raw: str, year: int | None) -> None:
    assert fields.year_of(raw) == year


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("Invented therapy (Hoboken, N.J.)", "Invented therapy"),
        ("Invented therapy (Washington, D.C. : 1983)", "Invented therapy"),
        ("INV (Clinical research ed.)", "INV"),
        ("Proceedings (Invented University. Medical Center)", "Proceedings (Invented University. Medical Center)"),
        ("(Hoboken, N.J.)", "(Hoboken, N.J.)"),
    ],
)
def test_journals(raw: str, name: str) -> None:
    assert fields.journal_of(raw) == name


@pytest.mark.parametrize(
    ("raw", "pages"),
    [
        ("537-43", "537-543"),
        ("99-101", "99-101"),
        ("72–6", "72-76"),
        ("S12-8", "S12-8"),
        ("1-4, 9", "1-4, 9"),
        ("e14", "e14"),
        ("50193-2021", "50193-2021"),
        ("537-12", "537-12"),
        ("", None),
    ],
)
def test_pages(raw: str, pages: str | None) -> None:
    assert fields.pages_of(raw) == pages


@pytest.mark.parametrize(
    ("raw", "family", "given"),
    [
        ("van Raaij, M J", "van Raaij", "M J"),
        ("van Raaij MJ", "van Raaij", "MJ"),
        ("Kane RL Jr", "Kane", "RL Jr"),
        ("Sun Y-C", "Sun", "Y-C"),
        ("Webér É", "Webér", "É"),
        ("Webér MLÁ", "Webér", "MLÁ"),
        ("Madonna", "Madonna", None),
        ("Plato,", "Plato", None),
    ],
)
def test_names(raw: str, family: str, given: str | None) -> None:
    assert fields.person(raw) == Contributor(family, given)


@pytest.mark.parametrize(
    ("databank", "found"), [("ClinicalTrials.gov", True), ("ISRCTN", True), ("GENBANK", False), ("", False)]
)
def test_only_trial_registries_register(databank: str, found: bool) -> None:
    assert fields.registration(databank, "NCT99000101") == (
        Identifier("registration", "NCT99000101") if found else None
    )


def test_a_retraction_is_noticed_once() -> None:
    notice = Notice("retracted", "J Invent Ther. 2013;1:1.")
    assert fields.with_types([notice, notice], ["Retracted Publication"]) == (notice,)
    assert fields.with_types([], ["Retracted Publication"]) == (Notice("retracted", "Retracted Publication"),)
