"""PubMed's abstracts as text. All articles here are invented."""

from __future__ import annotations

import time

import pytest

from ingest.parsers import Unreadable, detect
from kb.record import Record
from tests.ingest.parsers.conftest import Read

RECORD = (
    "{0}. J Invent Touch. 2002 Apr;8(2):72-6.\n\nMassage of invented weavers.\n\nWolle T(1), Weber W(2).\n\n"
    "Author information:\n(1)Nowhere.\n\n{1}\n\nDOI: 10.5555/{0}\nPMID: 99000500{0} [Indexed for MEDLINE]\n\n\n"
)


def test_all_records_of_a_file(read: Read) -> None:
    found = read("\ufeff" + "".join(RECORD.format(n, "1. Twenty rested. They slept.") for n in range(1, 5)))
    assert [each.key for each in found if isinstance(each, Record)] == [f"99000500{n}" for n in range(1, 5)]
    assert all(isinstance(each, Record) and each.abstract == "1. Twenty rested. They slept." for each in found)


@pytest.mark.parametrize(
    ("paragraphs", "abstract"),
    [
        ("METHODS: Twenty\nrested.\n\nRESULTS: They slept.", "METHODS: Twenty rested. RESULTS: They slept."),
        ("Twenty slept.\n\nCopyright © 2002 Nowhere.", "Twenty slept."),
        ("Twenty slept.\n\nConflict of interest statement: None.", "Twenty slept."),
        ("Comment in\n    J Invent Touch. 2003;9:1.", None),
    ],
)
def test_what_is_abstract(paragraphs: str, abstract: str | None, read: Read) -> None:
    (record,) = read(RECORD.format(1, paragraphs))
    assert isinstance(record, Record)
    assert record.abstract == abstract


def test_one_without_citation_is_set_aside(read: Read) -> None:
    first, second, third = read(
        RECORD.format(1, "x y.") + "2. Nothing\n\nA title.\n\nPMID: 1\n\n\n" + RECORD.format(3, "x.")
    )
    assert isinstance(second, Unreadable)
    assert second.key == "file, record 2"
    assert isinstance(first, Record)
    assert isinstance(third, Record)


def test_its_format_is_told_from_a_summary() -> None:
    assert detect(RECORD.format(1, "x.").encode()) == "pubmed_abstract"
    assert detect(b"1: Wolle T. A title. J Touch. 2001;8:72-6. PMID: 990001021.\n") == "pubmed_summary"


@pytest.mark.parametrize("filler", ["1. a\n", "\n\n2. b", "PMID: 1\n\n3. J Touch. 2001;1:1.\n\n", "Wolle T(1), "])
def test_hostile_files_end_soon(filler: str, read: Read) -> None:
    began = time.process_time()
    assert read(RECORD.format(1, "x.") + filler * (400_000 // len(filler)))
    assert time.process_time() - began < 8
