"""What somebody pastes into a reading list is read line by line. All of it is invented."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extraction import Extraction
from kb.identity import identity_keys
from kb.lists.pasting import MOST, cites, read_lines
from kb.publication import Publication
from kb.record import Record


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("990000001", ["pmid:990000001"]),
        ("  990000001. ", ["pmid:990000001"]),
        ("PMID: 990000001", ["pmid:990000001"]),
        ("https://pubmed.ncbi.nlm.nih.gov/990000001/", ["pmid:990000001"]),
        ("https://www.ncbi.nlm.nih.gov/pubmed/990000001", ["pmid:990000001"]),
        ("PMC99001", ["pmcid:PMC99001"]),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC99001/", ["pmcid:PMC99001"]),
        ("10.5555/Weavers", ["doi:10.5555/weavers"]),
        ("https://doi.org/10.5555/weavers.", ["doi:10.5555/weavers"]),
        ("(doi: 10.5555/weavers)", ["doi:10.5555/weavers"]),
        ("doi:10.5555/s0140(99)1-2", ["doi:10.5555/s0140(99)1-2"]),
        ("Weaver W. Massage. 2011. doi:10.5555/weavers PMID: 99 ", ["pmid:99", "doi:10.5555/weavers"]),
        ("PMID: 0", []),
        ("2011", ["pmid:2011"]),
    ],
)
def test_identifiers_are_found_however_they_stand_in_a_line(line: str, keys: list[str]) -> None:
    (read,) = read_lines(line)
    assert [f"{each.scheme}:{each.value}" for each in read.identifiers] == keys
    if keys:
        assert list(read.keys) == keys


TITLE = "Kneading of the shoulders in invented potters: a trial in three towns"
RECORD = Record(source="s", key="potters", format="medline", title=TITLE, year=2014)
POTTERS = Publication(
    id="potters",
    revision=1,
    record=RECORD,
    sources=(),
    members=(RECORD,),
    machine=Extraction("1"),
    facts=Extraction("1"),
)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        (f"Potter P. {TITLE}. Ann Inv. 2014;3:1-9.", True),
        (f"12. Potter P, Wheel W. {TITLE.upper()}. Ann Inv. 2015;3:1-9.", True),
        (f"Potter, P., & Wheel, W. (2014). {TITLE}. Annals of Invention, 3, 1–9.", True),
        (f"Potter P (2014) “{TITLE}”, Annals of Invention 3:1-9", True),
        (TITLE, True),
        (f"Potter P. {TITLE}. Ann Inv. 1999;3:1-9.", False),
        ("Potter P. Kneading of the shoulders in invented potters. Ann Inv. 2014;3:1-9.", False),
        ("Potter P. Annals of Invention 2014.", False),
    ],
)
def test_a_citation_is_known_by_its_whole_title_and_its_year(line: str, known: bool) -> None:
    (read,) = read_lines(line)
    found = bool(set(read.keys) & set(identity_keys(RECORD))) and cites(line, POTTERS)
    assert found is known


def test_a_short_title_tells_nothing() -> None:
    record = msgspec.structs.replace(RECORD, title="Editorial")
    assert not cites("Potter P. Editorial. 2014.", msgspec.structs.replace(POTTERS, record=record))


def test_a_line_is_read_once_and_not_without_end() -> None:
    assert [each.line for each in read_lines("a  b\r\n\r\n a b \nc")] == ["a b", "c"]
    assert len(read_lines("\n".join(map(str, range(MOST * 2))))) == MOST


@given(st.text(max_size=400))
def test_whatever_is_pasted_is_read(text: str) -> None:
    for each in read_lines(text):
        assert each.line
        assert len(each.keys) == len(set(each.keys))
        cites(each.line, POTTERS)
