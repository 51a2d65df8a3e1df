"""PubMed's summaries. All articles here are invented; the real ones lie beside the project, if at all."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import pytest

from ingest.parsers import Unreadable
from ingest.parsers.summary_authors import contributors
from kb.record import Record
from tests.ingest.parsers.conftest import Read


def one(read: Read, rest: str) -> Record:
    (record,) = read(f"1: Wolle T, Weber W. {rest} PMID: 990001010.")
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("rest", "journal", "year", "numbers"),
    [
        ("A title. J Touch. 2001 Mar;8(2):72-6.", "J Touch", 2001, ("8", "2", "72-76")),
        ("A title. J Touch. 2001;8:72.", "J Touch", 2001, ("8", None, "72")),
        ("A title. J Touch (1985). 2001 Jul-Aug;8(4 Suppl):S7-9.", "J Touch (1985)", 2001, ("8", "4 Suppl", "S7-9")),
        ("A title. J Touch. 2001 Jul- Aug;8:1-9; discussion 10-2.", "J Touch", 2001, ("8", None, "1-9")),
        ("A title. J Touch. 2020 Dec 7:S0748-7983(20)30001-2.", "J Touch", 2020, (None, None, "S0748-7983(20)30001-2")),
        ("A title. J Touch. 2020 Dec 7. Epub ahead of print.", "J Touch", 2020, (None, None, None)),
        ("A title. Touchrxiv [Preprint]. 2020 Jan 2:2020.01.", "Touchrxiv [Preprint]", 2020, (None, None, "2020.01")),
        ("A title of 2010. The year after. J Touch. 2012 Winter;2(1):e5.", "J Touch", 2012, ("2", "1", "e5")),
        ('Letter on "A title." J Touch. 2012;2(1):5.', "J Touch", 2012, ("2", "1", "5")),
    ],
)  # fmt: skip
def test_journal_date_and_numbers(
    rest: str, journal: str, year: int, numbers: tuple[str | None, ...], read: Read
) -> None:
    record = one(read, rest)
    assert (record.container, record.year) == (journal, year)
    assert (record.volume, record.issue, record.pages) == numbers
    assert [each.family for each in record.contributors] == ["Wolle", "Weber"]


@pytest.mark.parametrize(
    ("head", "names", "title"),
    [
        ("Wolle T, van der Berg JP. A title.", ["Wolle", "van der Berg"], "A title."),
        ("Wolle T, Weber W 3rd, Yun-Hee K-J. A title.", ["Wolle", "Weber", "Yun-Hee"], "A title."),
        ("Wolle T, Madonna, Weber W. A title.", ["Wolle", "Madonna", "Weber"], "A title."),
        ("Wolle T; Loom Group; Knot Team. A title.", ["Wolle", "Loom Group", "Knot Team"], "A title."),
        ("Loom Panel:, Wolle T, Weber W. A title.", ["Loom Panel", "Wolle", "Weber"], "A title."),
        ("National Institute of Looms. A title.", ["National Institute of Looms"], "A title."),
        ("A title alone.", [], "A title alone."),
        ("Massage in a group. A title of two sentences.", [], "Massage in a group. A title of two sentences."),
        ("Does it help a group? A title.", [], "Does it help a group? A title."),
    ],
)
def test_authors_groups_and_titles(head: str, names: list[str], title: str) -> None:
    people, rest = contributors(head)
    assert ([each.family for each in people], rest) == (names, title)


def test_without_numbers_and_with_windows_lines(read: Read) -> None:
    citation = "Wolle T. A title. J Touch. 2001;8:72-6. doi: 10.5555/a. PMID: 99000101{0}."
    records = read("\r\n\r\n".join(citation.format(n) for n in range(3)))
    assert [each.key for each in records] == ["990001010", "990001011", "990001012"]


def test_a_doi_of_an_erratum_is_not_the_articles(read: Read) -> None:
    record = one(read, "A title. J Touch. 2001;8:7. Erratum in: J Touch. 2002;9:1. doi: 10.5555/other.")
    assert record.value_of("doi") is None
    assert [each.kind for each in record.notices] == ["correction"]


def test_what_is_no_citation_is_set_aside_and_the_rest_arrive(read: Read) -> None:
    good = "{0}: Wolle T. A title. J Touch. 2001;8:72-6. PMID: 99000102{0}.\n\n"
    first, second, third = read(good.format(1) + "2: Nothing of a journal.\n\n" + good.format(3))
    assert isinstance(second, Unreadable)
    assert second.key == "file, citation 2"
    assert isinstance(first, Record)
    assert isinstance(third, Record)


@pytest.mark.parametrize("filler", ["Wolle T, ", "A 2001;8", ". 2001 Jan", "; ", "a. ", "(1", "doi: 10."])
def test_hostile_lines_end_soon(filler: str, read: Read) -> None:
    good = "1: Wolle T. A title. J Touch. 2001;8:72-6. PMID: 990001021.\n\n"
    began = time.process_time()
    assert len(read(good + "2: " + filler * (48_000 // len(filler)))) == 2
    assert time.process_time() - began < 3


@pytest.mark.parametrize("name", ["massage_domain_pubmed_summary.txt", "wider_therapy_pain.pubmed_summary.txt.gz"])
def test_real_summaries(name: str, shared: Path, read: Read) -> None:
    body = (shared / "cases" / "domain" / "pubmed_summary" / f"p1m-ortho__{name}").read_bytes()
    body = gzip.decompress(body) if name.endswith(".gz") else body
    records = [each for each in read(body) if isinstance(each, Record) and each.container and each.year]
    assert [each.value_of("pmid") for each in records] == re.findall(r"PMID:\s+(\d+)", body.decode())
    assert sum(each.value_of("doi") is not None for each in records) >= 0.98 * len(records)
    assert sum(bool(each.contributors) for each in records) >= 0.99 * len(records)


@pytest.mark.parametrize(
    "citation", [". J Touch. 2002 Apr;8(2):72-6.", ". In: A book. Anytown: A House; 2002 Jan. PMID: 990001022."]
)
def test_a_full_stop_is_no_title(citation: str, read: Read) -> None:
    first, second = read(f"1: Wolle T. A title. J Touch. 2001;8:72-6. PMID: 990001021.\n\n2: {citation}\n")
    assert (type(first), type(second)) == (Record, Unreadable)
