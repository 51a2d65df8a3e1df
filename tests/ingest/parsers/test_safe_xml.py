"""XML from strangers, in each of the formats read: nothing is loaded, nothing grows, nothing before a break is lost."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc

import pytest

from ingest.errors import UnreadablePayloadError
from ingest.parsers import Unreadable, detect
from kb.record import Record
from tests.conftest import ROOT
from tests.ingest.parsers.conftest import Read

# A document's beginning, one record with a place for its words, its end; all invented.
FORMATS = {
    "pubmed_xml": (
        "<PubmedArticleSet>",
        (
            "<PubmedArticle><MedlineCitation><PMID>990000101</PMID><Article><ArticleTitle>Invented</ArticleTitle>"
            "<Abstract><AbstractText>{}</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
        ),
        "</PubmedArticleSet>",
    ),
    "endnote_xml": (
        "<xml><records>",
        "<record><titles><title>Invented</title></titles><abstract>{}</abstract></record>",
        "</records></xml>",
    ),
    "jats": (
        "<articles>",
        (
            "<article><front><article-meta><title-group><article-title>Invented</article-title></title-group>"
            "<abstract><p>{}</p></abstract></article-meta></front></article>"
        ),
        "</articles>",
    ),
    "mods": (
        "<modsCollection>",
        "<mods><titleInfo><title>Invented</title></titleInfo><abstract>{}</abstract></mods>",
        "</modsCollection>",
    ),
}
each_format = pytest.mark.parametrize("format", FORMATS)


def document(format: str, *words: str, head: str = "") -> str:
    start, record, end = FORMATS[format]
    return head + start + "\n".join(record.format(each) for each in words) + end


def abstract(items: list[Record | Unreadable]) -> str | None:
    (record,) = items
    assert isinstance(record, Record)
    return record.abstract


@each_format
def test_the_content_tells_the_format(format: str) -> None:
    assert detect(document(format, "Words.").encode()) == format


@each_format
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> <!ENTITY x "y">',
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;"><!ENTITY x "&c;&c;&c;&c;">',
    ],
)
def test_entities_of_its_own_are_refused(format: str, declared: str, read: Read) -> None:
    with pytest.raises(UnreadablePayloadError, match=r"entities|breaks") as caught:
        read(document(format, "before &x; after", head=f'<?xml version="1.0"?><!DOCTYPE r [{declared}]>'))
    assert caught.value.remedy


@each_format
def test_an_entity_in_an_attribute_grows_into_nothing(format: str, read: Read) -> None:
    declared = '<!ENTITY a0 "hahahaha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    body = document(format, '<i x="&a8;">x</i>', head=f'<?xml version="1.0"?><!DOCTYPE r [{declared}]>')
    tracemalloc.start()
    with pytest.raises(UnreadablePayloadError):
        read(body)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@each_format
def test_a_doctype_elsewhere_is_not_loaded(format: str, read: Read) -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE r PUBLIC "-//I//DTD I//EN" "http://127.0.0.1:9/i.dtd">'
    assert abstract(read(document(format, "Words &nbsp;and &alpha;.", head=head))) == "Words and α."


@each_format
def test_a_broken_document_gives_the_records_before_the_break(format: str, read: Read) -> None:
    body = document(format, "One.", "Two.", "Three.")
    *before, last = read(body[: body.index("Three")])
    assert [each.abstract for each in before if isinstance(each, Record)] == ["One.", "Two."]
    assert isinstance(last, Unreadable)
    assert last.key == "file, record 3"
    assert "breaks at line 3" in last.reason
    assert "Invented" in last.excerpt


@each_format
def test_documents_appended_to_each_other_are_all_read(format: str, read: Read) -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    one, two, three = (document(format, words, head=head) for words in ("One.", "Two.", "Three."))
    items = read(f"\n{one}\n\n{two[:-12]}\n{three}")
    assert [each.abstract for each in items if isinstance(each, Record)] == ["One.", "Two.", "Three."]
    (broken,) = (each for each in items if isinstance(each, Unreadable))
    assert broken.reason.startswith("the XML breaks at line 7, column 1: expected")


@each_format
def test_nesting_without_end_is_refused_soon(format: str, read: Read) -> None:
    began = time.process_time()
    one, broken = read(document(format, "One.", "<i>" * 100_000))
    assert isinstance(one, Record)
    assert isinstance(broken, Unreadable)
    assert time.process_time() - began < 2


@each_format
@pytest.mark.parametrize("word", ["touch ", "x", "&#228;", "<i>touch</i> "])
def test_ten_megabytes_of_text_end_soon(format: str, word: str, read: Read) -> None:
    began = time.process_time()
    items = read(document(format, "One.", word * (10_500_000 // len(word)), "Three."))
    assert isinstance(items[0], Record)
    assert len(items) in (2, 3)  # read, or refused by libxml2's own limit
    assert time.process_time() - began < 20


@each_format
@pytest.mark.parametrize(
    ("words", "read_as"),
    [
        ("a\x0bb\x00\x1f.", "ab."),
        ("a&#x1f;b&#0;&#xFFFF;&#xD800;.", "ab."),
        ("a&#228;&#xe4;.", "aää."),
        ("a &amp;lt; b &lt; c", "a < b < c"),
        ("a  \n\t b", "a b"),
    ],
)
def test_what_no_xml_may_hold_is_taken_out(format: str, words: str, read_as: str, read: Read) -> None:
    assert abstract(read(document(format, words))) == read_as


@each_format
@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-16", "utf-8"),
        ("utf-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("iso-8859-1", "iso-8859-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_an_encoding_loses_nothing(format: str, declared: str, encoding: str, read: Read) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    body = document(format, "Müller’s “words”." if encoding != "iso-8859-1" else "Müller.", head=head).encode(encoding)
    assert (abstract(read(body)) or "").startswith("Müller")


@each_format
def test_a_character_is_never_cut_between_two_pieces(format: str, read: Read) -> None:
    text = "ä" * 200_001 + "&#228;" * 50_001
    assert abstract(read(document(format, text))) == "ä" * 250_002


@each_format
def test_a_large_document_needs_little_memory_beyond_itself(format: str) -> None:
    """In a process of its own, for what libxml2 holds is seen only in the whole."""
    start, record, end = FORMATS[format]
    program = f"""
import resource
from datetime import datetime
from ingest.parsers import parse
from kb.record import Payload
from kb.vocabulary import load_vocabulary
vocabulary = load_vocabulary()
body = b"".join(({start!r}.encode(), {record.format("Invented words. " * 60)!r}.encode() * 10_000, {end!r}.encode()))
payload = Payload(source="files", key="x", body=body, fetched_at=datetime(2026, 1, 1))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(sum(1 for _ in parse(payload, vocabulary)), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    count, kilobytes = map(int, ran.stdout.split())
    assert count == 10_000
    assert kilobytes < 12_000
