"""Payloads to records, one module a format. Pure: nothing here fetches, stores or keeps state.

A format is recognised by its content, never by a file's name: PubMed's own ".ris" download is MEDLINE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ingest.errors import UnreadablePayloadError
from ingest.parsers import (
    bibtex,
    citation_text,
    corpus,
    csl_json,
    csv_table,
    endnote_xml,
    enw,
    europe_pmc,
    foreign,
    jats,
    medline,
    mods,
    oai_dc,
    ovid,
    portal_text,
    pubmed_abstract,
    pubmed_summary,
    pubmed_xml,
    refworks,
    retraction_watch,
    ris,
    web_page,
    wos,
    xlsx_table,
)
from ingest.parsers.decoding import LONGEST_LINE, decode, refuse_what_is_no_text
from ingest.parsers.unreadable import Unreadable
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

__all__ = ["PARSERS", "Parser", "Unreadable", "detect", "parse"]

Parse = Callable[[Payload, Vocabulary], Iterator[Record | Unreadable]]


class Parser(NamedTuple):
    """A format: its name for people, how the beginning of its text is told, and its reader.

    A format that is no text is told by `recognises_bytes`, from the whole body.
    """

    name: str
    recognises: Callable[[str], bool]
    parse: Parse
    recognises_bytes: Callable[[bytes], bool] | None = None


def _of_text(
    parse: Callable[[Payload, str, Vocabulary], Iterator[Record | Unreadable]], longest_line: int | None = LONGEST_LINE
) -> Parse:
    return lambda payload, vocabulary: parse(payload, decode(payload.body, payload.key, longest_line), vocabulary)


# Most telling first; last what any prose may resemble.
PARSERS: dict[str, Parser] = {
    "corpus": Parser("curated study (TOML)", corpus.recognises, _of_text(corpus.parse)),
    "pubmed_xml": Parser("PubMed XML", pubmed_xml.recognises, pubmed_xml.parse),
    "endnote_xml": Parser("EndNote XML", endnote_xml.recognises, endnote_xml.parse),
    "jats": Parser("JATS", jats.recognises, jats.parse),
    "mods": Parser("MODS", mods.recognises, mods.parse),
    "oai_dc": Parser("OAI-PMH, Dublin Core", oai_dc.recognises, oai_dc.parse),
    # A page of results is one line.
    "europe_pmc": Parser("Europe PMC results (JSON)", europe_pmc.recognises, _of_text(europe_pmc.parse, None)),
    "csl_json": Parser("CSL-JSON", csl_json.recognises, csl_json.parse),
    "retraction_watch": Parser(
        "Retraction Watch list (CSV)", retraction_watch.recognises, _of_text(retraction_watch.parse)
    ),
    "ovid": Parser("Ovid citations", ovid.recognises, _of_text(ovid.parse)),
    "ris": Parser("RIS", ris.recognises, _of_text(ris.parse)),
    "medline": Parser("MEDLINE (NBIB)", medline.recognises, _of_text(medline.parse)),
    "wos": Parser("Web of Science", wos.recognises, _of_text(wos.parse)),
    "refworks": Parser("RefWorks tagged", refworks.recognises, _of_text(refworks.parse)),
    "enw": Parser("EndNote tagged (ENW)", enw.recognises, _of_text(enw.parse)),
    "bibtex": Parser("BibTeX", bibtex.recognises, _of_text(bibtex.parse)),
    "pubmed_abstract": Parser("PubMed abstract (text)", pubmed_abstract.recognises, _of_text(pubmed_abstract.parse)),
    "pubmed_summary": Parser("PubMed summary (text)", pubmed_summary.recognises, _of_text(pubmed_summary.parse)),
    "web_page": Parser("web page with citations (HTML)", web_page.recognises, web_page.parse),
    "portal_text": Parser("page of a research portal as text", portal_text.recognises, _of_text(portal_text.parse)),
    "xlsx_table": Parser("Excel workbook (XLSX)", lambda _: False, xlsx_table.parse, xlsx_table.recognises),
    "csv_table": Parser("table (CSV, TSV)", csv_table.recognises, _of_text(csv_table.parse)),
    "citation_text": Parser("citation and abstract as text", citation_text.recognises, _of_text(citation_text.parse)),
}

# Enough for a long talk before the first citation, little enough to be looked at in milliseconds.
_SAMPLE = 262_144


def detect(body: bytes, key: str = "input") -> str:
    """The name in `PARSERS` of the format that `body` is in. `key` names it in errors.

    Raises `UnreadablePayloadError` where it is none of them; the message names it where it is known.
    """
    for name, parser in PARSERS.items():
        if parser.recognises_bytes is not None and parser.recognises_bytes(body):
            return name
    sample = decode(body[:_SAMPLE], key)
    for name, parser in PARSERS.items():
        if parser.recognises(sample):
            return name
    refuse_what_is_no_text(body, key)
    known = foreign.name_of(sample)
    reason = f"it is {known.name}, which is not read here" if known else "its format was not recognised"
    formats = ", ".join(parser.name for parser in PARSERS.values())
    remedy = known.remedy if known else "Export the records in one of these formats."
    raise UnreadablePayloadError(key, reason, f"{remedy} Formats read: {formats}.")


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of `payload` in order, and an `Unreadable` in place of each that could not be read.

    The format is the payload's own, or what `detect` finds. Raises `UnreadablePayloadError`, now or at
    the first item, where nothing can be read at all.
    """
    name = payload.format or detect(payload.body, payload.key)
    if name not in PARSERS:
        formats = ", ".join(PARSERS)
        raise UnreadablePayloadError(payload.key, f"there is no format {name!r}", f"Formats read: {formats}.")
    return PARSERS[name].parse(payload, vocabulary)
