"""What must hold for any input: records or a clear refusal, and sections that lie inside their abstract."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadablePayloadError
from ingest.parsers import PARSERS, Unreadable, parse
from ingest.parsers.decoding import decode, normalise
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary
from tests.conftest import NOW

GOLDEN = [path.read_bytes() for path in (Path(__file__).parent / "golden").iterdir() if path.suffix != ".json"]
TAGS = [
    "PMID- ",
    "PMID-",
    "TI  - ",
    "AB  - ",
    "FAU - ",
    "AU  - ",
    "SI  - ",
    "LID - ",
    "PG  - ",
    "      ",
    "DP  - ",
    "\n",
]
PIECES = [
    "Wolle, T.",
    ", & ",
    ", ",
    " (2002)",
    ". ",
    "A title",
    "Journal of Touch",
    ", 8(2), 72-76",
    "METHOD: ",
    "\n\n",
]
TAGGED = {
    "ris": [
        "TY  - ",
        "TY  - JOUR",
        "TI  - ",
        "AU  - ",
        "A2  - ",
        "SP  - ",
        "EP  - ",
        "DO  - ",
        "N1  - ",
        "KW  - ",
        "ER  - ",
        "",
    ],
    "enw": ["%0 ", "%T ", "%A ", "%P ", "%R ", "%J ", "%B ", "%K ", "%X ", "", "\n"],
    "refworks": ["RT ", "T1 ", "A1 ", "JF ", "SP ", "OP ", "K1 ", "DO ", "T2 ", ""],
    "ovid": ["<1>", "TI  - ", "AU  - ", "SO  - ", "BT  - ", "PG  - ", "XL  - ", "Title", "Author", "  ", "MH - "],
    "wos": ["PT ", "TI ", "AU ", "AF ", "CA ", "SO ", "BP ", "EP ", "UT ", "DT ", "ER", "   "],
}
TAGGED_VALUES = [
    "",
    "Wolle, T",
    "Wolle T.",
    ", ;",
    "[x] (",
    "2002",
    "10.5555/x)",
    "&amp;<i>",
    "-",
    "Invented. 12(3):1-2, 2001",
]
ENTRY_PIECES = [
    "{", "}", '"', ",", "=", "#", "\\", '\\"', "\\c{", "$", "~", "--", " and ", "author = {", "pages = {", "}, ",
    "doi = {", "@misc{", "@string{x = ", "\n@article{k,", "crossref = {k}", "year = 2002", "\n",
]  # fmt: skip
CELLS = [",", ";", '"', '""', "\n", "=", '="1"', "10.5555/1", "pain (-), 2x/wk=8", "['A, B']", " and ", "1-9", "null"]
TAGS_OF_PAGES = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<h2>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<br>",
    "<meta name='citation_title' content='A title'>",
    "<meta name='citation_author' content='Wolle, T.; &amp;'>",
    "<meta name='dc.date' content='2002'>",
    "<a href='https://doi.org/10.5555/1'>DOI</a>",
    "Abstract",
    "<!--",
]
LINES = [
    "\n",
    "1: ",
    "2. ",
    "Wolle T",
    "J Touch. 2002 Apr;8(2):72-6. ",
    "doi: 10.5555/1. ",
    "PMID: 1",
    "Erratum in: ",
    *("Original language", "Pages (from-to)", "Journal", "Volume", "DOIs", "Research output: x", "Keywords\n"),
]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)


def all_of(body: bytes, vocabulary: Vocabulary, format: str | None = None) -> list[Record | Unreadable]:
    """What `body` holds; nothing where it is refused as promised."""
    try:
        return list(parse(Payload(source="files", key="x", body=body, fetched_at=NOW, format=format), vocabulary))
    except UnreadablePayloadError:
        return []


def is_sound(item: Record | Unreadable) -> bool:
    """Whether everything in `item` is stored text as promised: no empty string, one form, sections inside."""
    if isinstance(item, Unreadable):
        return bool(item.key and item.reason)
    stated = (item.title, item.container, item.volume, item.issue, item.pages, item.language, item.rights)
    lines = (item.abstract or "x").split("\n")
    return (
        all(each is None or (each and each == normalise(each)) for each in stated)
        and all(line and line == normalise(line) for line in lines)
        and all(item.abstract and 0 <= each.start < each.end <= len(item.abstract) for each in item.sections)
        and all(each.family and each.given != "" for each in item.contributors)
    )


@given(st.binary(max_size=400), st.sampled_from([None, *PARSERS]))
def test_any_bytes_are_read_or_refused(vocabulary: Vocabulary, body: bytes, format: str | None) -> None:
    assert all(is_sound(each) for each in all_of(body, vocabulary, format))


@given(
    st.sampled_from(GOLDEN), st.lists(st.tuples(st.integers(0, 8_000), st.binary(max_size=6)), max_size=8), st.data()
)
def test_damaged_files_are_read_or_refused(
    vocabulary: Vocabulary, body: bytes, damage: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    for place, bite in damage:
        body = body[:place] + bite + body[place + data.draw(st.integers(0, 12)) :]
    assert all(is_sound(each) for each in all_of(body, vocabulary))


@given(st.lists(st.tuples(st.sampled_from(TAGS), WORDS), max_size=12))
def test_any_tagged_text_is_read_or_refused(vocabulary: Vocabulary, lines: list[tuple[str, str]]) -> None:
    body = "\n".join(tag + value for tag, value in lines).encode()
    assert all(is_sound(each) for each in all_of(body, vocabulary, "medline"))


@given(
    st.sampled_from(sorted(TAGGED)),
    st.lists(st.tuples(st.integers(0, 15), WORDS, st.sampled_from(TAGGED_VALUES)), max_size=14),
)
def test_any_text_of_a_reference_manager_is_read_or_refused(
    vocabulary: Vocabulary, format: str, lines: list[tuple[int, str, str]]
) -> None:
    tags = TAGGED[format]
    body = "\n".join(tags[place % len(tags)] + value + words for place, words, value in lines).encode()
    assert all(is_sound(each) for each in all_of(body, vocabulary, format))


@given(st.lists(st.sampled_from(ENTRY_PIECES) | WORDS, max_size=25))
def test_any_bibtex_is_read_or_refused(vocabulary: Vocabulary, pieces: list[str]) -> None:
    body = "@article{k, title={Invented}, " + "".join(pieces)
    assert all(is_sound(each) for each in all_of(body.encode(), vocabulary, "bibtex"))


@given(st.lists(st.sampled_from(PIECES) | WORDS, max_size=25))
def test_any_running_text_is_read_or_refused(vocabulary: Vocabulary, pieces: list[str]) -> None:
    assert all(is_sound(each) for each in all_of("".join(pieces).encode(), vocabulary, "citation_text"))


@given(st.lists(st.sampled_from(PIECES + CELLS) | WORDS, max_size=25))
def test_any_table_is_read_or_refused(vocabulary: Vocabulary, pieces: list[str]) -> None:
    body = ("title,authors,year,journal,pages,doi,keywords\n" + "".join(pieces)).encode()
    assert all(is_sound(each) for each in all_of(body, vocabulary, "csv_table"))


@given(st.lists(st.sampled_from(PIECES + TAGS_OF_PAGES) | WORDS, max_size=25))
def test_any_page_is_read_or_refused(vocabulary: Vocabulary, pieces: list[str]) -> None:
    body = ("<html><body>" + "".join(pieces)).encode()
    assert all(is_sound(each) for each in all_of(body, vocabulary, "web_page"))


@given(st.sampled_from(["pubmed_summary", "pubmed_abstract", "portal_text"]), st.data())
def test_any_text_of_pubmed_or_a_portal_is_read_or_refused(
    vocabulary: Vocabulary, format: str, data: st.DataObject
) -> None:
    pieces = data.draw(st.lists(st.sampled_from(PIECES + LINES) | WORDS, max_size=25))
    assert all(is_sound(each) for each in all_of("".join(pieces).encode(), vocabulary, format))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_sections_are_the_labelled_bodies(vocabulary: Vocabulary, parts: list[tuple[str, str]]) -> None:
    texts = "".join(
        f"<AbstractText Label={quoteattr('Part ' + label)}>{escape(body)}</AbstractText>" for label, body in parts
    )
    body = (
        "<PubmedArticle><MedlineCitation><PMID>990000201</PMID><Article><ArticleTitle>Invented</ArticleTitle>"
        f"<Abstract>{texts}</Abstract></Article></MedlineCitation></PubmedArticle>"
    )
    (record,) = all_of(body.encode(), vocabulary)
    assert isinstance(record, Record)
    assert is_sound(record)
    bodies = [(record.abstract or "")[each.start : each.end] for each in record.sections]
    assert bodies == [normalise(body) for _, body in parts if normalise(body)]


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any(unicodedata.category(each) == "Cc" for each in once)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200).map(lambda text: f"Invented {text}"))
def test_text_comes_back_from_its_bytes(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert normalise(decode(text.encode(encoding))) == normalise(text)
