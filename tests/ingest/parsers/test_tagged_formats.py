"""The tagged texts of reference managers and databases, quirk by quirk. All records are invented."""

from __future__ import annotations

import time

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import PARSERS, Unreadable, detect
from ingest.parsers.ovid_source import Source, source_of
from ingest.parsers.tagged import pages, person
from kb.record import Contributor, Record
from tests.ingest.parsers.conftest import Read

# A whole record in each format, its last field an abstract that may go on.
WHOLE = {
    "ris": "TY  - JOUR\nTI  - Invented touch\nAU  - Müller, T\nPY  - 2002\nAB  - Müller’s “invented” words.\n",
    "enw": "%0 Journal Article\n%T Invented touch\n%A Müller, T\n%D 2002\n%X Müller’s “invented” words.\n",
    "refworks": "RT Journal Article\nT1 Invented touch\nA1 Müller,T\nYR 2002\nAB Müller’s “invented” words.\n",
    "ovid": "<1>\nTI  - Invented touch\nAU  - Müller T\nYR  - 2002\nAB  - Müller’s “invented” words.\n",
    "wos": "FN Invented\nVR 1.0\nPT J\nTI Invented touch\nAU Müller, T\nPY 2002\nAB Müller’s “invented” words.\n",
}
EMPTY = {
    "ris": "TY  - JOUR\nER  - \n",
    "enw": "%0 Book\n",
    "refworks": "RT Journal Article\nYR\n",
    "ovid": "<2>\nYR  - \n",
    "wos": "PT J\nER\n",
}


def only(items: list[Record | Unreadable]) -> Record:
    (record,) = items
    assert isinstance(record, Record), record
    return record


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_an_encoding_loses_nothing(name: str, encoding: str, ends: str, read: Read) -> None:
    record = only(read(WHOLE[name].replace("\n", ends).encode(encoding)))
    assert (record.source, record.format, record.title, record.year) == (name, name, "Invented touch", 2002)
    assert record.contributors == (Contributor("Müller", "T"),)
    assert record.abstract == "Müller’s “invented” words."


@pytest.mark.parametrize("name", WHOLE)
def test_a_record_without_end_or_final_line_break_is_whole(name: str, read: Read) -> None:
    assert only(read(WHOLE[name].rstrip("\n"))) == only(read(WHOLE[name]))


@pytest.mark.parametrize("name", WHOLE)
def test_an_empty_record_is_refused_in_its_place(name: str, read: Read) -> None:
    first, refused, last = read(WHOLE[name] + "\n" + EMPTY[name] + "\n" + WHOLE[name].replace("touch", "rest"))
    assert isinstance(first, Record)
    assert isinstance(refused, Unreadable)
    assert (refused.reason, refused.key.partition(" (line ")[0]) == ("no title", "file, record 2")
    assert refused.remedy
    assert isinstance(last, Record)
    assert last.title == "Invented rest"


@pytest.mark.parametrize("name", WHOLE)
def test_ten_megabytes_of_one_record_are_refused_soon_and_lose_no_neighbour(name: str, read: Read) -> None:
    began = time.process_time()
    refused, last = read(WHOLE[name] + "  invented words without an end\n" * 320_000 + WHOLE[name])
    assert time.process_time() - began < 10
    assert isinstance(refused, Unreadable)
    assert "5,000,000" in refused.reason
    assert isinstance(last, Record)


@pytest.mark.parametrize("name", WHOLE)
def test_a_line_of_spaces_and_marks_takes_no_time(name: str, read: Read) -> None:
    began = time.process_time()
    read(WHOLE[name] + " " * 400_000 + "  - " + "(" * 400_000 + "\n" + WHOLE[name])
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "prose",
    [
        "Invented letter.\nTY - that is what she wrote - was not clear.\nER - emergency room.",
        "In RT Journal Articles are listed.\nThe A1 road.",
        "%A of the weavers, 5 %T",
        "PT was given.\nAU revoir.",
        "Section <1> of the text\n<2. > is short.",
        "Write to @wolle{at}invented or @article of faith, please = now.",
    ],
)
def test_prose_is_none_of_them(prose: str) -> None:
    with pytest.raises(UnreadablePayloadError, match="not recognised"):
        detect(prose.encode())


@pytest.mark.parametrize("name", WHOLE)
def test_each_is_told_from_all_the_others(name: str) -> None:
    assert next(each for each, parser in PARSERS.items() if parser.recognises(WHOLE[name])) == name
    assert detect(("Invented talk before the records.\n\n" + WHOLE[name]).encode()) == name


def test_pubmeds_own_ris_is_medline(read: Read) -> None:
    body = "PMID- 990000401\nOWN - NLM\nTI  - Invented touch\nAB  - TY  - JOUR is said inside.\nAU  - Wolle T\n"
    assert only(read(body, "pubmed.ris")).source == "pubmed"


@pytest.mark.parametrize(
    ("lines", "field", "value"),
    [
        ("T2  - Invented Journal\nJF  - Invented Journal in full", "container", "Invented Journal in full"),
        ("JO  - Invent J", "container", "Invent J"),
        ("T2  - Invented Journal\nJA  - Invent J", "container_abbreviation", "Invent J"),
        ("JO  - Same\nJF  - Same", "container_abbreviation", None),
        ("PY  - 2013/04/18\nY1  - 2012", "year", 2013),
        ("Y1  - 1900/01/01\nDA  - 1950/01/01", "year", 1950),
        ("PY  - 0000\nDA  - 1999", "year", 1999),
        ("PY  - in press", "year", None),
        ("SP  - 377\nEP  - 86", "pages", "377-386"),
        ("SP  - 349-69", "pages", "349-369"),
        ("SP  - 1\nEP  - 1", "pages", "1"),
        ("SP  - \nC7  - 2864", "pages", "2864"),
        ("SP  - e14\nEP  - nan\nVL  - 3", "pages", "e14"),
        ("VL  - nan", "volume", None),
        ("SP  - -\nEP  - -", "pages", None),
        ("IS  - 2\nM1  - 9", "issue", "2"),
        ("M1  - (Wolle T.) Department of Invented Studies, Invented Town", "issue", None),
        ("N2  - Invented abstract.", "abstract", "Invented abstract."),
        ("AB  - One.\nN2  - One.", "abstract", "One."),
        ("AB  - <jats:p>In &lt;5 of 9 <i>invented</i></jats:p>", "abstract", "In <5 of 9 invented"),
        ("AB  - No abstract available.", "abstract", None),
        ("AB  - first,\nER then second line", "abstract", "first, ER then second line"),
        ("M3  - doi: 10.5555/x", "publication_types", ("Journal Article",)),
    ],
)
def test_ris_fields(lines: str, field: str, value: object, read: Read) -> None:
    record = only(read(f"TY  - JOUR\nTI  - Invented\n{lines}\nER  - \n"))
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    "start",
    [
        "TY  - JOUR",
        "TY  -  JOUR",
        "TY  - JOUR  ",
        "TY  - Journal Article",
        "TY\t- JOUR",
        "\ufeffTY  - JOUR",
        "1.\nTY  - JOUR",
    ],
)
def test_ris_beginnings(start: str, read: Read) -> None:
    record = only(read(f"{start}\nTI  - Invented\nAU  - Wolle, T\nAB  - Invented words.\nER  - "))
    assert (record.format, record.title, record.contributors[0].family) == ("ris", "Invented", "Wolle")


@pytest.mark.parametrize(
    ("lines", "pmid"),
    [
        ("DB  - PubMed\nAN  - 990000402", "990000402"),
        ("DP  - NLM\nAN  - 990000402", "990000402"),
        ("DB  - cmedm\nN1  - Accession Number: 990000402; Wolle, T 1", "990000402"),
        ("DB  - Embase\nAN  - 990000402", None),
        ("AN  - 990000402", None),
    ],
)
def test_an_accession_number_is_a_pmid_where_its_database_is_pubmed(lines: str, pmid: str | None, read: Read) -> None:
    assert only(read(f"TY  - JOUR\nTI  - Invented\n{lines}\nER  - \n")).value_of("pmid") == pmid


def test_a_record_whose_type_alone_has_two_spaces(read: Read) -> None:
    record = only(read("TY  - JOUR\nTI - Invented touch\nand rest\nAU - Wolle, T\nPY - 2002\nER - \n"))
    assert (record.title, record.year) == ("Invented touch and rest", 2002)
    assert record.contributors == (Contributor("Wolle", "T"),)


def test_a_retracted_publication_is_noticed(read: Read) -> None:
    record = only(read("TY  - JOUR\nTI  - Invented\nM3  - Retracted Publication\nER  - \n"))
    assert [each.kind for each in record.notices] == ["retracted"]


def test_a_second_export_under_other_numbers_has_the_same_key(read: Read) -> None:
    one = only(read("TY  - JOUR\nID  - 1\nTI  - Invented: A Touch\nAU  - Wolle, T\nPY  - 2002\nER  - \n"))
    two = only(read("TY  - JOUR\nID  - 77\nTI  - Invented - a touch.\nAU  - Wolle, Tilda\nDA  - 2002/01\nER  - \n"))
    assert one.key == two.key


def test_abstracts_under_one_doi_do_not_replace_each_other(read: Read) -> None:
    abstract = "TY  - JOUR\nTI  - Invented abstract {}\nDO  - 10.5555/supplement\nER  - \n"
    items = read("".join(abstract.format(each) for each in (1, 2, 3, 1)))
    keys = [each.key for each in items if isinstance(each, Record)]
    assert len(set(keys)) == 3
    assert keys[0] == keys[3] == "10.5555/supplement"


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Wolle, Tilda", "Wolle", "Tilda"),
        ("Wolle,T.A.", "Wolle", "T.A."),
        ("Wolle TA", "Wolle", "TA"),
        ("Wolle T.A.", "Wolle", "T.A."),
        ("Wolle C D", "Wolle", "C D"),
        ("van der Garn J.-P.", "van der Garn", "J.-P."),
        ("Åberg Ö.", "Åberg", "Ö."),
        ("Wolle, Tilda (tilda@invented.example)", "Wolle", "Tilda"),
        ("Wolle, Tilda [E-mail: tilda@invented.example]", "Wolle", "Tilda"),
        ("Invented Study Group", "Invented Study Group", None),
        ("WHO", "WHO", None),
        ("T. A. Wolle", "Wolle", "T. A."),
        ("J.-P. van der Garn", "van der Garn", "J.-P."),
    ],
)
def test_people(name: str, family: str, given: str | None) -> None:
    assert person(name) == Contributor(family, given)


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Tilda Wolle", "Wolle", "Tilda"),
        ("Tilda M. Wolle", "Wolle", "Tilda M."),
        ("Ludwig van der Garn", "van der Garn", "Ludwig"),
        ("Wolle, Tilda", "Wolle", "Tilda"),
        ("Wolle TM", "Wolle", "TM"),
        ("Invented Study Group", "Invented Study Group", None),
        ("University of Invention", "University of Invention", None),
        ("余敏", "余敏", None),
    ],
)
def test_people_in_natural_order(name: str, family: str, given: str | None) -> None:
    assert person(name, natural=True) == Contributor(family, given)


def test_refworks_of_another_hand(read: Read) -> None:
    record = only(
        read("RT Journal Article\nSR 1\nA1 Wolle,T;Garn,B\nT1 Invented\nYR 2022\nvo 23\nOP 1-12\nK1 touch;wool\nER\n")
    )
    assert [each.family for each in record.contributors] == ["Wolle", "Garn"]
    assert (record.volume, record.pages, record.subject_headings) == ("23", "1-12", ("touch", "wool"))


@pytest.mark.parametrize("name", ["", " ", ",", ";", "...", "(x)"])
def test_nobody(name: str) -> None:
    assert person(name) is None


@pytest.mark.parametrize(
    ("start", "end", "both"),
    [
        ("1", "9", "1-9"),
        ("193", "4", "193-194"),
        ("e1", None, "e1"),
        ("1-4", "9", "1-4"),
        ("?", None, None),
        (None, "9", None),
        ("107936-", None, "107936"),
    ],
)
def test_pages_of_two_fields(start: str | None, end: str | None, both: str | None) -> None:
    assert pages(start, end) == both


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Invented Pain. 12(3):345-52, 2011 Mar.", Source("Invented Pain", "12", "3", "345-52", 2011)),
        ("Invented Pain. 15 (3) (pp 220-225), 2011.", Source("Invented Pain", "15", "3", "220-225", 2011)),
        ("Invented Pain. Vol.43(5), Sep 2015, pp. 623-634.", Source("Invented Pain", "43", "5", "623-634", 2015)),
        ("Invented Pain. Vol.75(2-A(E)),2014, pp. No Pages.", Source("Invented Pain", "75", "2-A(E)", None, 2014)),
        ("Invented Gazette. 41(2), Oct. 7, 1999.", Source("Invented Gazette", "41", "2", None, 1999)),
        ("Invented Acta April/May 2010;14(1):56", Source("Invented Acta", "14", "1", "56", 2010)),
        ("Invented Acta August 2011;6:611-613", Source("Invented Acta", "6", None, "611-613", 2011)),
        ("Invented Hydro. 2007 15 June; 433-441.", Source("Invented Hydro", None, None, "433-441", 2007)),
        ("Invented Meetings. 2005; 9pp..", Source("Invented Meetings", None, None, "9pp", 2005)),
        ("Invented Trauma. ", Source("Invented Trauma")),
        ("", Source()),
        (None, Source()),
    ],
)
def test_ovids_sources(line: str | None, source: Source) -> None:
    assert source_of(line) == source


def test_ovids_tagged_text_has_no_headings(read: Read) -> None:
    record = only(read("<1>\nTI  - Invented touch in a\nGreat Invented Town\nSO  - Invented Acta. 1(2):3-4, 2001.\n"))
    assert (record.title, record.container) == ("Invented touch in a Great Invented Town", "Invented Acta")


def test_wos_names_of_one_line_each_or_of_one_line(read: Read) -> None:
    lines = only(read("FN x\nVR 1.0\nPT J\nTI Invented\nAU Wolle, T\n   Garn, B\nER\n"))
    line = only(read("FN x\nVR 1.0\nPT J\nTI Invented\nAU Wolle, T; Garn, B\nER\n"))
    assert lines.contributors == line.contributors == (Contributor("Wolle", "T"), Contributor("Garn", "B"))
