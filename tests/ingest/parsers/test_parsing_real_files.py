"""Files written by other programs, with what those programs read from them. They lie beside the project, if at all.

A record passes when title, authors' families, year, journal, DOI and abstract agree after folding case,
space, markup and punctuation; the journal only where one is expected, by either of its names.
"""

from __future__ import annotations

import json
import re
import tarfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.record import Record
from tests.ingest.parsers.conftest import Read


def folded(text: str | None) -> str:
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]{1,40}>", "", text or "")).casefold()
    return "".join(each for each in plain if each.isalnum())


def main_name(journal: str | None) -> str:
    return folded(re.split(r"\s*[:=(]", journal or "")[0])


def differences(record: Record, expected: dict[str, Any]) -> set[str]:
    """The fields in which `record` differs; a DOI that is there but was not expected is no difference."""
    families = [[folded(each.family) for each in record.contributors if each.role in roles] for roles in ROLES]
    journals = {main_name(record.container), main_name(record.container_abbreviation)}
    agree = {
        "title": folded(record.title) == folded(expected["title"]),
        "authors": [folded(each) for each in expected["authors"]] in families,
        "year": str(record.year or "") == expected["year"],
        "journal": not expected["journal"] or main_name(expected["journal"]) in journals,
        "doi": expected["doi"].lower() in ("", record.value_of("doi")),
        "abstract": folded(record.abstract) == folded(expected["abstract"]),
    }
    return {name for name, same in agree.items() if not same}


NAMES = ("non-dropping-particle", "family", "literal")
ROLES = (("author", "collective"), ("author", "editor", "collective"))


def pairs(folder: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    for path in sorted(folder.glob("*.norm.json")):
        stem = path.name.removesuffix(".norm.json")
        source = next(
            each
            for each in folder.glob(f"{stem}.*")
            if each.suffix in (".nbib", ".txt", ".xml", ".ris", ".bib", ".enw")
        )
        yield source, json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", ["nbib", "pubmedxml", "endnotexml"])
def test_zoteros_files_are_read_as_zotero_reads_them(folder: str, shared: Path, read: Read) -> None:
    failed: dict[tuple[str, int], set[str]] = {}
    for source, expected in pairs(shared / "cases" / folder):
        if source.name.startswith("zotero"):
            records = [each for each in read(source.read_bytes()) if isinstance(each, Record)]
            assert len(records) == len(expected), source.name
            for place, (record, item) in enumerate(zip(records, expected, strict=True)):
                if found := differences(record, item):
                    failed[source.name, place] = found
    assert failed == {}


# What those programs read otherwise and we do not follow: a title, people or a DOI that stand in the file and that
# they leave out (a statute's name, a letter's subject, a note's DOI), a name taken apart that is an institution's.
OTHERWISE = {
    ("zotero__03.ris", 3): "the series editor of a film before its authors",
    ("zotero__03.ris", 7): "the book's abbreviation for its title",
    ("zotero__03.ris", 8): "the abbreviated name of a case for its name",
    ("zotero__03.ris", 34): "the target audience among the people",
    ("zotero__03.ris", 37): "the year of a citation among the people",
    ("zotero__03.ris", 39): "the attorney among the inventors",
    ("zotero__03.ris", 44): "no name of a statute",
    ("zotero__05.ris", 2): "a note's subsidiary author among the people",
    ("zotero__05.ris", 11): "no editor of a dataset",
    ("zotero__05.ris", 14): "no subject of a message",
    ("zotero__05.ris", 22): "no title of a journal's issue",
    ("zotero__05.ris", 23): "a letter without any title is refused here",
    ("zotero__05.ris", 33): "no name of a statute",
    ("zotero__10.ris", 1): "a title under T2 alone",
    ("zotero__18.bib", 0): "the last word of a corporation for its family name",
}


@pytest.mark.parametrize("folder", ["ris", "bibtex", "enw", "refworks", "ovid", "wos"])
def test_reference_managers_files_are_read_as_zotero_reads_them(folder: str, shared: Path, read: Read) -> None:
    failed: dict[tuple[str, int], set[str]] = {}
    for source, expected in pairs(shared / "cases" / folder):
        if source.name.startswith("zotero"):
            items = read(source.read_bytes())
            assert len(items) == len(expected), source.name
            for place, (item, wanted) in enumerate(zip(items, expected, strict=True)):
                found = differences(item, wanted) if isinstance(item, Record) else {"refused"}
                if found:
                    failed[source.name, place] = found
    assert failed.keys() <= OTHERWISE.keys(), failed


def test_no_reference_of_the_real_exports_is_lost(shared: Path, read: Read) -> None:
    for path in sorted((shared / "cases" / "ris").glob("*.ris")):
        body = path.read_bytes()
        begun = len(re.findall(rb"^\W{0,4}TY", body, re.MULTILINE))
        if begun and "RisImporterTest1" not in path.name:
            assert len(read(body, path.name)) == begun, path.name


def test_no_article_of_the_real_documents_is_lost(shared: Path, read: Read) -> None:
    for path in sorted((shared / "cases" / "pubmedxml").glob("*.xml")):
        body = path.read_bytes()
        got = read(body, path.name)
        assert len(got) == len(re.findall(rb"<Pubmed(?:Book)?Article[\s>]", body))
        for record in got:
            assert isinstance(record, Record) or "MinimalEntry" in path.name


def test_every_record_of_a_real_export_is_read(shared: Path, read: Read) -> None:
    body = (shared / "eval" / "raw_medline.txt").read_bytes()
    records = [each for each in read(body) if isinstance(each, Record)]
    assert len(records) == len(re.findall(rb"^PMID- ", body, re.MULTILINE))
    assert all(each.year and each.container for each in records)
    assert sum(len(each.contributors) for each in records) == len(re.findall(rb"^(?:FAU|CN ) - ", body, re.MULTILINE))
    assert sum(each.abstract is not None for each in records) == len(re.findall(rb"^AB  - ", body, re.MULTILINE))


def test_real_items_of_csl_json_are_read_whole(shared: Path, read: Read) -> None:
    body = (shared / "cases" / "csl" / "domain_items.csl.json").read_bytes()
    items, records = json.loads(body), read(body)
    assert len(records) == len(items)
    for item, record in zip(items, records, strict=True):
        assert isinstance(record, Record)
        assert folded(record.title) == folded(item["title"])
        families = [" ".join(each[part] for part in NAMES if part in each) for each in item["author"]]
        assert [each.family for each in record.contributors] == families
        assert (record.container, record.value_of("pmid")) == (item["container-title"], item.get("PMID"))


def test_real_articles_of_jats_are_read_as_another_reader_reads_them(shared: Path, read: Read) -> None:
    domain = shared / "cases" / "domain"
    expected = {each["file"]: each for each in json.loads((domain / "jats_domain_records.json").read_bytes())}
    wrong = []
    with tarfile.open(domain / "jats_evidence_inference.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None:
                continue
            (record,), item = read(file.read(), member.name), expected[Path(member.name).name]
            assert isinstance(record, Record)
            parts = "".join(f"{label or ''}{body}" for label, body in item["sections"])
            same = (
                folded(record.title) == folded(item["title"]),
                [folded(each.family) for each in record.contributors] == [folded(each) for each in item["authors"]],
                (record.value_of("doi") or "") == (item["doi"] or "").lower(),
                (record.value_of("pmid") or "") == (item["pmid"] or ""),
                folded(record.abstract) == folded(parts),
            )
            wrong += [member.name] if not all(same) else []
    assert len(wrong) <= 1  # the other reader counts the heading "Abstract" of one as its first label
