"""Tables in text and workbooks. All studies, people and journals here are invented."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable, detect
from ingest.parsers.csv_table import recognises
from ingest.parsers.name_lists import people
from ingest.parsers.source_lines import read as read_line
from kb.record import Record
from tests.ingest.parsers.conftest import Read

HEADER = "Title,Authors,Year,Journal,DOI\n"
ROW = '"Massage of invented weavers, a trial","Wolle T, Weber W",1998,Journal of Touch,10.5555/1\n'


def records(read: Read, body: bytes | str) -> list[Record]:
    return [each for each in read(body) if isinstance(each, Record)]


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Wolle, Tina; Weber, W.", ["Wolle/Tina", "Weber/W."]),
        ("Wolle, T., Weber, W., & Garn-Faden, M.", ["Wolle/T.", "Weber/W.", "Garn-Faden/M."]),
        ("Wolle T, van der Berg JP, O'Malley K.", ["Wolle/T", "van der Berg/JP", "O'Malley/K"]),
        ("Wolle T., Weber W.A.", ["Wolle/T.", "Weber/W.A."]),
        ("Wolle, T. and Weber, W. and Garn, M.", ["Wolle/T.", "Weber/W.", "Garn/M."]),
        ("Wolle, Tina and Weber, Willi", ["Wolle/Tina", "Weber/Willi"]),
        ("Wolle, T. & Weber, W.", ["Wolle/T.", "Weber/W."]),
        ("Tina Wolle, Willi Weber and Jan van der Berg", ["Wolle/Tina", "Weber/Willi", "van der Berg/Jan"]),
        ("T. Wolle; W.A. Weber", ["Wolle/T.", "Weber/W.A."]),
        ("['Wolle, Tina', 'Weber, Willi']", ["Wolle/Tina", "Weber/Willi"]),
        ("Wolle, Tina (123456); Weber, Willi (7890)", ["Wolle/Tina", "Weber/Willi"]),
        ("Wolle,null;Weber,Willi", ["Wolle/None", "Weber/Willi"]),
        ("Wolle, T.\n and Weber, W.\n", ["Wolle/T.", "Weber/W."]),
        ("Wolle T, et al.", ["Wolle/T"]),
        ("Wolle, T., Jr., & Weber, W.", ["Wolle/T. Jr.", "Weber/W."]),
        ("Wolle T.Garn M. A.Weber W.", ["Wolle/T.", "Garn/M. A.", "Weber/W."]),
        ("Wolle, Tina A., Weber, Willi B.", ["Wolle/Tina A.", "Weber/Willi B."]),
        ("Wolle, Tina", ["Wolle/Tina"]),
        ("Loom Study Group", ["Loom Study Group/None"]),
        ("", []),
        ("nan", []),
    ],
)
def test_lists_of_authors(text: str, names: list[str]) -> None:
    assert [f"{each.family}/{each.given}" for each in people(text)] == names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("J Touch. 2020 Feb;63(2):10-14. doi: 10.5555/1.", ("J Touch", 2020, "63", "2", "10-14")),
        ("Journal of Touch (2014) 3:3 (1-10). Date of Publication: 2014", ("Journal of Touch", 2014, "3", "3", "1-10")),
        ("Journal of Touch. 12(3):45-50, 2019 Jan.", ("Journal of Touch", 2019, "12", "3", "45-50")),
        ("Journal of Touch", None),
        ("Journal of Touch (Online)", None),
    ],
)  # fmt: skip
def test_where_it_stands_in_one_line(line: str, expected: tuple[object, ...] | None) -> None:
    assert read_line(line) == expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(delimiter: str, encoding: str, read: Read) -> None:
    rows = [["Title", "Author(s)", "Year"], ["Über erfundene Weber", "Wolle T", "1998"]]
    body = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    assert detect(body) == "csv_table"
    (record,) = records(read, body)
    assert (record.title, record.year, record.contributors[0].family) == ("Über erfundene Weber", 1998, "Wolle")


@pytest.mark.parametrize(
    "header",
    [
        "title,authors,year,journal,doi",
        "Article Title,Author Names,Publication Year,Source title,DOI",
        "TITLE,AUTHOR/S,PUB. YEAR,PUBLICATION TITLE,Digital Object Identifier",
        "titel,autoren,jahr,zeitschrift,doi",
        "Título,Autores,Año,Revista,doi",
        "Titre,Auteurs,Année,Revue,DOI",
        "TI,AU,PY,SO,DI",
        " title , first_authors ,publication_year, secondary_title ,doi ",
    ],
)
def test_headers(header: str, read: Read) -> None:
    (record,) = records(read, f"{header}\n{ROW}")
    assert (record.title, record.year, record.container) == (
        "Massage of invented weavers, a trial",
        1998,
        "Journal of Touch",
    )
    assert [each.family for each in record.contributors] == ["Wolle", "Weber"]
    assert record.value_of("doi") == "10.5555/1"


def test_without_a_header_the_cells_tell(read: Read) -> None:
    rows = "".join(ROW.replace("1998", str(year)).replace("/1", f"/{year}") for year in (1998, 1999, 2000))
    found = records(read, rows)
    assert [each.year for each in found] == [1998, 1999, 2000]
    assert all(each.title == "Massage of invented weavers, a trial" and each.contributors for each in found)


def test_what_no_name_tells_is_guessed_from_the_cells(read: Read) -> None:
    body = "name of study,who,when,year\n" + "Massage of invented weavers at work,Wolle T,10.5555/7,1998\n" * 2
    assert not recognises("name of study,who,when,what\n" + "a,b,c,d\n")
    first, _ = records(read, body.replace("when", "Title of it").replace("name of study", "title"))
    assert first.value_of("doi") == "10.5555/7"
    assert first.contributors[0].family == "Wolle"


def test_a_row_without_title_tells_how_the_columns_were_read(read: Read) -> None:
    first, second = read(HEADER + ',"Wolle T",1998,Journal of Touch,10.5555/1\n' + ROW)
    assert isinstance(first, Unreadable)
    assert (first.key, first.reason) == ("file, row 2", "a row without a title")
    assert "title = 'Title'; authors = 'Authors'; year = 'Year'; container = 'Journal'" in (first.remedy or "")
    assert isinstance(second, Record)


def test_placeholders_are_doubted(read: Read) -> None:
    (found,) = read("pmid,title,year\n990000001,Study Title for PMID 990000001,2001\n")
    assert isinstance(found, Unreadable)
    assert found.reason == "its title is a placeholder"


def test_nothing_to_map_is_told(read: Read) -> None:
    with pytest.raises(UnreadablePayloadError, match="was read as: authors = 'Author'; year = 'Year'"):
        read("Author,Year,Colour\nWolle,1998,red\nWeber,1999,blue\n")


def test_a_quote_that_never_ends_costs_no_other_row(read: Read) -> None:
    stray = '"An open quote of invented weavers,Wolle T,1998,Journal of Touch,10.5555/2\n'
    found = records(read, HEADER + ROW + stray + ROW.replace("5555/1", "5555/3") * 600)
    assert [each.value_of("doi") for each in found[:3]] == ["10.5555/1", "10.5555/2", "10.5555/3"]
    assert len(found) == 602


def test_cells_of_several_lines_and_short_rows(read: Read) -> None:
    found = records(read, HEADER + '"A title\nof two lines\n",\n"Another title"\n\n,,,,\n')
    assert [each.title for each in found] == ["A title of two lines", "Another title"]


@pytest.mark.parametrize(
    "text",
    [
        "A list of title, author, year and journal.\nThe title, author, year, pages\nare what I want.\n\nThanks",
        "import title, doi, year\nx = 1\ny = 2\nprint(x)\n",
        "a | title | year\nNothing more is said of it.\nAnd that is all.\n",
    ],
)
def test_prose_with_such_words_is_no_table(text: str) -> None:
    assert not recognises(text)


def test_lines_below_a_row_go_on_about_it(read: Read) -> None:
    row = "{0}\tWolle, T., & Weber, W.\t200{0}\tKneading of invented weavers, part {0}\tJ. Invent. Touch, 8(2), 72-76\n"
    below = "The weavers slept, and had less pain.\npain (-), sleep (+), 2x/wk=8\n"
    found = records(read, "".join(row.format(n) + below for n in range(1, 5)))
    assert [(each.title[-6:], each.year) for each in found] == [(f"part {n}", 2000 + n) for n in range(1, 5)]
    for each in found:
        assert (each.container, each.volume, each.issue, each.pages) == ("J. Invent. Touch", "8", "2", "72-76")
        assert each.commentary == ("The weavers slept, and had less pain.", "pain (-), sleep (+), 2x/wk=8")
        assert each.subject_headings == ("pain", "sleep")
        assert each.abstract is None


def test_a_column_of_whole_citations(read: Read) -> None:
    body = (
        "Reference;Sample;Comments\n"
        '"Wolle, T., & Weber, W. (2002). Kneading of weavers. Invented Touch, 8(2), 72-76.";20;Nobody was worse.\n'
        '"Garn M, Seil S. Ropes of weavers. J Invent Touch. 2003;9:1-2.";30;\n'
    )
    first, second = records(read, body)
    assert (first.title, first.year, first.container, first.pages) == (
        "Kneading of weavers",
        2002,
        "Invented Touch",
        "72-76",
    )
    assert ([each.family for each in first.contributors], first.commentary) == (
        ["Wolle", "Weber"],
        ("Nobody was worse.",),
    )
    assert (second.title, second.year, second.volume) == ("Ropes of weavers", 2003, "9")


def test_volume_and_issue_in_one_cell(read: Read) -> None:
    (record,) = records(read, "title,year,volume\nInvented title,2001,46 (Supplement 1)\n")
    assert (record.volume, record.issue) == ("46", "Supplement 1")


def test_the_same_reference_twice_and_otherwise(read: Read) -> None:
    first, second, third = records(read, HEADER + ROW + ROW + ROW.replace("1998", "1999"))
    assert first == second
    assert (first.key, third.key) == ("10.5555/1", "10.5555/1/2")


def test_a_database_is_no_journal(read: Read) -> None:
    body = "title,source,number\n" + "".join(f"Invented title {n},PubMed,{n}\n" for n in range(1, 6))
    assert all(each.container is None and each.issue is None for each in records(read, body))


@pytest.mark.parametrize("row", ['"' * 99_999, '"a\n' * 40_000, '"",' * 60_000, '"a"b,' * 30_000, "=" * 100_000])
def test_hostile_rows_end_soon(row: str, read: Read) -> None:
    began = time.process_time()
    found = read(HEADER + ROW + row + "\n" + ROW)
    assert time.process_time() - began < 8
    assert isinstance(found[0], Record)


def test_a_workbook(read: Read) -> None:
    head: list[object] = ["Title", "Authors", "Year", "Journal", "PMID", "Date"]
    body = workbook(
        [["nothing here"]],
        [
            ["Invented export", None],
            head,
            ["Massage of weavers", "Wolle T; Weber W", 1998.0, "J Touch", 990000001, None],
        ],
        [head, ["=CONCATENATE(A1)", "Garn M", 2001, "J Touch", None, None], [None, "Garn M", 2002, None, None, None]],
    )
    assert detect(body, "book.xlsx") == "xlsx_table"
    first, second, third = read(body, "book.xlsx")
    assert isinstance(first, Record)
    assert (first.key, first.year, first.value_of("pmid")) == ("990000001", 1998, "990000001")
    assert isinstance(second, Record)
    assert second.title == "=CONCATENATE(A1)"
    assert isinstance(third, Unreadable)
    assert third.key == "book.xlsx, sheet Sheet 3, row 3"


def repacked(body: bytes, name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return written.getvalue()


def test_workbooks_that_are_none_or_bombs(read: Read) -> None:
    body = workbook([["Title", "Year"], ["Massage", 1998]])
    sheet = "xl/worksheets/sheet1.xml"
    laughing = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"ha" * 5_000
        + b'"><!ENTITY b "'
        + b"&a;" * 5_000
        + b'">]><worksheet>&b;</worksheet>'
    )
    for bad, says in (
        (repacked(body, sheet, bytes(40 * 2**20)), "it unpacks to"),
        (repacked(body, sheet, b"<worksheet><sheetData><row>"), "no whole workbook|breaks off"),
        (repacked(body, sheet, laughing), "no whole workbook|breaks off"),
        (repacked(body, "xl/workbook.xml", b"not XML"), "no whole workbook"),
        (workbook([["Nothing", "here"], [1, 2]]), "no sheet has a column"),
    ):  # fmt: skip
        began = time.process_time()
        with pytest.raises(UnreadablePayloadError, match=says):
            read(bad)
        assert time.process_time() - began < 5


def test_real_tables(shared: Path, read: Read) -> None:
    """Every row of other programs' tables arrives or is set aside with its reason; what they state is found."""
    for path in sorted((shared / "cases" / "csv").iterdir()):
        if "no_title" not in path.name:
            assert records(read, path.read_bytes()), path.name
    for name, least in {
        "refworks.tsv": 99,
        "scopus.csv": 10,
        "cinahl.csv": 10,
        "excel.csv": 10,
        "pubmed.csv": 10,
    }.items():
        found = records(read, (shared / "cases" / "csv" / f"cff___baseline_{name}").read_bytes())
        whole = [each for each in found if each.contributors and each.year and each.container and each.identifiers]
        assert len(whole) >= least, name
    (book,) = (shared / "cases" / "xlsx").glob("*baseline.xlsx")
    assert len([each for each in records(read, book.read_bytes()) if each.contributors and each.identifiers]) == 100
