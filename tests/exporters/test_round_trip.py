"""What the exporters write, the parsers read back without loss, whatever the texts hold. All records are invented."""

from __future__ import annotations

import html
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadablePayloadError
from ingest.parsers import PARSERS, detect, parse
from ingest.parsers.abstract_parts import joined
from ingest.parsers.decoding import normalise
from ingest.parsers.fields import pages_of
from kb.exporters import EXPORTERS, export
from kb.publication import rank
from kb.record import Contributor, Identifier, Notice, NoticeKind, Payload, Record, Section, identifier
from kb.rights import Policy
from kb.vocabulary import Vocabulary
from tests.conftest import NOW
from tests.exporters.invented import BARE, WEAVERS, publication

PARSER_OF = {"ris": "ris", "bibtex": "bibtex", "csl_json": "csl_json", "csv": "csv_table", "nbib": "medline"}
FIELDS = (
    "title",
    "container",
    "container_abbreviation",
    "year",
    "volume",
    "issue",
    "pages",
    "abstract",
    "sections",
    "language",
    "publication_types",
    "subject_headings",
    "summary",
    "rights",
)
HOSTILE = (
    "\nER  - \n\nTY  - JOUR\nTI  - another",
    "},\n}\n@article{x, title = {another}}",
    "\nPMID- 990000666\nTI  - another",
    '\'"; =1+1, "\n=2',
    '"}], "note": "',
    '=HYPERLINK("http://example.org")',
    "@article{a,",
    "--- '' `` ?` ,, {",
    "\\",
    '{\\"u} \\alpha $x$ \\{ \\} 100\\%',
    "<i>in</i> vitro &lt;p&gt; p < .05 and x > 3",
    "A title that ends.",
    "nan; and others and {",
    "nan",
    "TY  - JOUR",
    "AU  - A   UR  - https://example.org",
)


@pytest.fixture(params=sorted(PARSER_OF))
def format(request: pytest.FixtureRequest) -> str:
    """Each format that is written here and read there."""
    name: str = request.param
    if PARSER_OF[name] not in PARSERS:
        pytest.skip(f"there is no parser {PARSER_OF[name]} yet")
    return name


def read_back(records: list[Record], format: str, vocabulary: Vocabulary, *, told: bool = True) -> list[Record]:
    written = [publication(each, id=f"invented-{place}") for place, each in enumerate(records)]
    body = b"".join(export(written, EXPORTERS[format], {"default": "full"}, vocabulary))
    payload = Payload(source="file", key="invented", body=body, fetched_at=NOW)
    if told:
        payload = msgspec.structs.replace(payload, format=PARSER_OF[format])
    read = list(parse(payload, vocabulary))
    assert all(isinstance(each, Record) for each in read), read
    return [each for each in read if isinstance(each, Record)]


def fields(record: Record) -> dict[str, Any]:
    """What must come back; people by role, identifiers by scheme, for formats have fields of their own for these."""
    said: dict[str, Any] = {name: getattr(record, name) for name in FIELDS}
    for role in ("author", "editor"):
        said[role] = [each for each in record.contributors if (each.role == "editor") == (role == "editor")]
    said["identifiers"] = {scheme: [] for scheme in ("pmid", "pmcid", "doi")}
    for each in record.identifiers:
        said["identifiers"].setdefault(each.scheme, []).append(each.value)
    said["identifiers"]["registration"] = sorted(said["identifiers"].get("registration", []))
    said["notices"] = sorted(record.notices, key=lambda each: (each.kind, each.text))
    return said


def stored(record: Record) -> Record:
    """`record` as a parser would have left it: texts on one line."""
    changes = {
        name: normalise(text) or None for name in FIELDS if isinstance(text := getattr(record, name), str) and text
    }
    people = (
        Contributor(normalise(each.family), normalise(each.given or "") or None, each.role)
        for each in record.contributors
    )
    return msgspec.structs.replace(record, **changes, contributors=tuple(people))


def test_every_field_comes_back(format: str, vocabulary: Vocabulary) -> None:
    (read,) = read_back([WEAVERS], format, vocabulary)
    assert fields(read) == fields(WEAVERS)
    assert (read.source, read.key) == ("touchstone", "invented-0")
    assert [each.source for each in sorted([read, WEAVERS], key=rank)] == ["pubmed", "touchstone"]


@pytest.mark.parametrize("records", [(WEAVERS,), (BARE,), (BARE, WEAVERS, BARE)], ids=["full", "bare", "both"])
@pytest.mark.parametrize("rights", [{}, {"default": "full"}], ids=["without abstract", "with it"])
def test_the_format_is_told_by_its_content(
    records: tuple[Record, ...], rights: dict[str, Policy], format: str, vocabulary: Vocabulary
) -> None:
    body = b"".join(export(map(publication, records), EXPORTERS[format], rights, vocabulary))
    assert detect(body) == PARSER_OF[format]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_a_format(value: str, format: str, vocabulary: Vocabulary) -> None:
    """A value that looks like the format's own syntax, in every field, between two records that must stay whole."""
    hostile = msgspec.structs.replace(
        WEAVERS,
        language=value,
        title=f"A {value}",
        contributors=(
            Contributor(f"{value} B", value),
            Contributor(f"C {value}"),
            Contributor(f"Group {value}", None, "collective"),
        ),
        container=f"J {value}",
        abstract=f"We {value} did",
        volume=value,
        subject_headings=(f"D {value}", "E"),
        summary=f"So {value}",
        notices=(Notice("retracted", f"For {value}"),),
    )
    read = read_back([WEAVERS, hostile, WEAVERS], format, vocabulary, told=False)
    expected = stored(hostile)
    expected = msgspec.structs.replace(
        expected,
        subject_headings=tuple(map(normalise, expected.subject_headings)),
        notices=tuple(Notice(each.kind, normalise(each.text)) for each in expected.notices),
    )
    assert [fields(each) for each in read] == [fields(WEAVERS), fields(expected), fields(WEAVERS)]


TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.lists(
    st.sampled_from([*HOSTILE, "{", "}", "\\", ",", ";", '"', "'", "\n", "-", "and", " ", "é", "Å", "A", "b", "|", "@"])
).map("".join)
SAID = TEXT.map(normalise).filter(bool)
# A family name and a title say something: they hold a letter or digit.
SPOKEN = st.builds("{}{}".format, st.sampled_from("AbÉ7"), TEXT).map(normalise)
PERSON = st.builds(Contributor, SPOKEN, st.none() | SAID, st.sampled_from(["author", "editor"]))
GROUP = st.builds(lambda family: Contributor(family, None, "collective"), SPOKEN)
PAGES = st.sampled_from(["1-9", "e12", "S1-S4", "101-109, 120", "1042", "1-2-3"]).map(pages_of)
IDENTIFIER = st.one_of(
    st.integers(1, 999_999_999).map(lambda n: Identifier("pmid", str(n))),
    st.integers(1, 99_999_999).map(lambda n: Identifier("pmcid", f"PMC{n}")),
    st.from_regex(r"10\.5555/[a-z0-9._;()/:<>%{}\\\"-]{0,30}[a-z0-9]", fullmatch=True).map(
        lambda doi: identifier("doi", doi)
    ),
    st.sampled_from(["NCT99000001", "ISRCTN99000001", "OWN/7-a"]).map(lambda n: identifier("registration", n)),
)
KINDS: tuple[NoticeKind, ...] = ("retracted", "withdrawn", "reinstated", "correction", "expression_of_concern")
NOTICE = st.builds(
    Notice,
    st.sampled_from(KINDS),
    SAID,
    link=st.none() | st.just("https://example.org/a?b=c|d"),
    dated=st.none() | st.dates(),
    listed_by=st.none() | SAID,
)
RECORD = st.builds(
    Record,
    source=st.just("pubmed"),
    key=st.just("1"),
    format=st.just("medline"),
    title=SPOKEN,
    identifiers=st.lists(IDENTIFIER, unique=True, max_size=4).map(tuple),
    contributors=st.lists(PERSON | GROUP, max_size=4).map(tuple),
    container=SPOKEN | st.none(),
    year=st.none() | st.integers(1500, 2099),
    volume=st.none() | SAID,
    issue=st.none() | SAID,
    pages=st.none() | PAGES,
    language=st.none() | SAID,
    publication_types=st.lists(st.sampled_from(["Journal Article", "Review", "Book"]), unique=True).map(tuple),
    subject_headings=st.lists(SPOKEN, unique=True, max_size=4).map(tuple),
    notices=st.lists(NOTICE, max_size=2, unique=True).map(tuple),
    summary=st.none() | SAID,
    rights=st.none() | SAID,
)


IN_PARTS = st.lists(st.tuples(SPOKEN, SPOKEN), min_size=1, max_size=4).map(joined)
ABSTRACTS = st.just((None, ())) | SPOKEN.map(lambda text: (text, ())) | IN_PARTS


@pytest.mark.parametrize("format", sorted(PARSER_OF))
@settings(max_examples=100)
@given(record=RECORD, abstract=ABSTRACTS)
def test_whatever_a_record_says_comes_back(
    record: Record, abstract: tuple[str | None, tuple[Section, ...]], format: str, vocabulary: Vocabulary
) -> None:
    record = msgspec.structs.replace(record, abstract=abstract[0], sections=abstract[1])
    if PARSER_OF[format] not in PARSERS:
        pytest.skip(f"there is no parser {PARSER_OF[format]} yet")
    (read,) = read_back([record], format, vocabulary)
    assert fields(read) == fields(record)


def test_notes_that_passed_through_zotero_are_known(vocabulary: Vocabulary) -> None:
    body = b"".join(export([publication(WEAVERS)], EXPORTERS["ris"], {"default": "full"}, vocabulary)).decode()
    lines = [f"N1  - <p>{html.escape(each[6:])}</p>" if each.startswith("N1") else each for each in body.split("\r\n")]
    payload = Payload(source="file", key="invented", body="\r\n".join(lines).encode(), fetched_at=NOW)
    (read,) = parse(payload, vocabulary)
    assert isinstance(read, Record)
    assert fields(read) == fields(WEAVERS)


def test_notes_of_others_are_not_taken_for_ours(vocabulary: Vocabulary) -> None:
    """Without our mark "WITHDRAWN" is what somebody wrote of the reference, perhaps of a participant."""
    text = "TY  - JOUR\nTI  - Weaving\nN1  - WITHDRAWN: two weavers\nN1  - Touchstone summary: x\nER  - \n"
    (read,) = parse(Payload(source="file", key="invented", body=text.encode(), fetched_at=NOW), vocabulary)
    assert isinstance(read, Record)
    assert (read.notices, read.summary, read.source) == ((), None, "ris")


def test_a_notice_does_not_lend_its_identifiers(format: str, vocabulary: Vocabulary) -> None:
    """The DOI of the retraction stands in its text; the retracted paper that has none must not get it."""
    (read,) = read_back([msgspec.structs.replace(WEAVERS, identifiers=())], format, vocabulary)
    assert read.identifiers == ()


REAL = ("ris", "nbib", "pubmedxml", "bibtex", "endnotexml", "csl", "csv", "ovid", "enw", "refworks", "wos", "jats")


def test_what_others_wrote_leaves_and_comes_back(format: str, shared: Path, vocabulary: Vocabulary) -> None:
    """Every record that is read from the real files, through the format and back."""
    records: list[Record] = []
    for path in sorted(path for folder in REAL for path in (shared / "cases" / folder).glob("*")):
        if path.stat().st_size < 300_000 and ".expected" not in path.name and ".norm" not in path.name:
            with suppress(UnreadablePayloadError):
                payload = Payload(source="file", key=path.name, body=path.read_bytes(), fetched_at=NOW)
                records += [each for each in parse(payload, vocabulary) if isinstance(each, Record)]
    assert len(records) > 500
    read = read_back(records, format, vocabulary)
    lost = [(one, other) for one, other in zip(records, read, strict=True) if fields(one) != fields(other)]
    assert lost == []
