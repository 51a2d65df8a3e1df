"""PubMed's "Abstract (text)": citation, title, authors, their addresses and the abstract, each a paragraph.

    1. J Touch. 2002 Apr;8(2):72-6. doi: 10.5555/1.

    Title of one paragraph.

    Family A(1), Other BC(2).

    Author information: ...

    METHODS: ... RESULTS: ...

    DOI: 10.5555/1
    PMID: 990000001 [Indexed for MEDLINE]

As PubMed's "Save" writes it. A record ends with its PMID. Paragraphs that PubMed itself heads (author information,
copyright, conflicts, comments and corrections) are told by their heads; what is left between authors and PMID is
the abstract, whose paragraphs in other languages ("Publisher: ...", "[Article in German]") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from ingest.parsers import fields, pubmed_summary
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.summary_authors import contributors
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Identifier, Notice, NoticeKind, Payload, Record, identifier
from kb.vocabulary import Vocabulary

LONGEST_RECORD = 500_000  # characters

_BEGINS = re.compile(r"^ {0,3}\d{1,6}\. (?=[^\n]{2,200})", re.MULTILINE)
_IDS = re.compile(r"^(?:DOI|PMCID|PMID): \S", re.MULTILINE)
_PMID = re.compile(r"^PMID: (\d{1,9})\b", re.MULTILINE)
_PMCID = re.compile(r"^PMCID: (PMC\d{1,9})", re.MULTILINE)
_DOI = re.compile(r"^DOI: (10\.\d{4,9}/\S{1,300})", re.MULTILINE)
_EMPTY = re.compile(r"\n[ \t]*\n\s*")
_HEADED = re.compile(
    r"(?:Author information:|Collaborators:|Conflict of interest|Competing interests|Comment (?:in|on)\b"
    r"|Update (?:in|of)\b|Erratum (?:in|for)\b|Republished|Original report|Summary for patients|Retract(?:ion|ed)\b"
    r"|Publisher:|Plain language|DOI: |PMID: |PMCID: |\[?Article in |Free |Trial registration: https?)"
)
_RIGHTS = re.compile(r"(?:Copyright\b|©|\(c\) ?\d{4}|\(C\) ?\d{4}|Published by |This article is protected)")
_MARKS = re.compile(r"(?:\(\d{1,3}\)|\(#\)|\[\d{1,3}\]){1,12}")
_NOTICES: dict[str, NoticeKind] = {
    "erratum in": "correction",
    "retraction in": "retracted",
    "retraction of": "retraction_notice",
    "expression of concern in": "expression_of_concern",
}
_NOTICE = re.compile(r"(Erratum in|Retraction in|Retraction of|Expression of concern in)\s{1,20}", re.IGNORECASE)


def recognises(text: str) -> bool:
    """Whether the first paragraph of `text` is a numbered citation without PMID, which stands on a line of its own."""
    first, _, rest = text.lstrip("\n ").partition("\n\n")
    cited = pubmed_summary.cited(normalise(first)) if _BEGINS.match(first) and len(first) < 2_000 else None
    return cited is not None and "PMID:" not in first and _PMID.search(rest) is not None


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records in order; one of which not even citation and title can be told as `Unreadable`."""
    for number, record in enumerate(_split(text), start=1):
        yield _record(record, f"{payload.key}, record {number}")


def _split(text: str) -> Iterator[str]:
    """The records. One begins with a number after the identifiers of the one before."""
    start = 0
    for found in _BEGINS.finditer(text):
        before = text[start : found.start()]
        if before.strip() and _IDS.search(before[-2_000:]) and before.endswith("\n\n"):
            yield before
            start = found.start()
    if text[start:].strip():
        yield text[start:]


def _record(text: str, place: str) -> Record | Unreadable:
    remedy = "Save the record from PubMed again, or as PubMed/NBIB."
    if len(text) > LONGEST_RECORD:
        return Unreadable(place, f"a record of more than {LONGEST_RECORD:,} characters", excerpt(text), remedy)
    first, *paragraphs = [each for each in _EMPTY.split(text.strip()) if each.strip()]
    cited = pubmed_summary.cited(normalise(_BEGINS.sub("", first, count=1)))
    title = fields.title_of(pubmed_summary.joined(paragraphs[0])) if paragraphs else ""
    if cited is None or not title:
        reason = "no title below the citation" if cited else "no citation with a date in its first paragraph"
        return Unreadable(place, reason, excerpt(text), remedy)
    rest = paragraphs[1:]
    own = [each for each in rest if not _HEADED.match(each)]
    people = contributors(f"{_MARKS.sub('', normalise(own[0]))} x")[0] if own else ()
    identifiers = _identifiers(text)
    known = {each.scheme for each in identifiers}
    made = msgspec.structs.replace(
        cited,
        source="pubmed_abstract",
        format="pubmed_abstract",
        key=place,
        title=title,
        identifiers=(*identifiers, *(each for each in cited.identifiers if each.scheme not in known)),
        contributors=people,
        abstract=_abstract(own[1:] if people else own),
        notices=tuple(_notices(rest)),
        rights=next((normalise(each) for each in rest if _RIGHTS.match(each)), None),
    )
    return named(made) if made.title else Unreadable(place, "no title below the citation", excerpt(text), remedy)


def _identifiers(text: str) -> tuple[Identifier, ...]:
    pmid, pmcid, doi = _PMID.search(text), _PMCID.search(text), _DOI.search(text)
    found = (
        identifier("pmid", pmid[1]) if pmid else None,
        identifier("pmcid", pmcid[1]) if pmcid else None,
        identifier("doi", doi[1]) if doi else None,
    )
    return tuple(each for each in found if each is not None)


def _abstract(paragraphs: Sequence[str]) -> str | None:
    words = [pubmed_summary.joined(each) for each in paragraphs if not _RIGHTS.match(each)]
    return normalise(" ".join(words)) or None


def _notices(paragraphs: Sequence[str]) -> Iterator[Notice]:
    for each in paragraphs:
        if found := _NOTICE.match(each):
            yield Notice(_NOTICES[found[1].lower()], normalise(each[found.end() :]))
