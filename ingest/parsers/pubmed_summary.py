"""PubMed's "Summary (text)": `1: Family AB, Other CD. Title. J Name. 2020 Dec;12(3):45-50. doi: ... PMID: ...`

The form is the National Library of Medicine's (Citing Medicine, 2nd ed., chapter 1, as PubMed's "Save" and "Cite"
write it), wrapped at 80 columns or a citation a line, numbered or not. It is read backwards: what stands behind the
date (DOI, Epub, errata, PMID) is unmistakable, the date parts serial numbers from names, the journal is the last
sentence before it, the authors are the first if they look like names. Articles ahead of print have a date and pages
without volume (`2020 Dec 7:S0748-7983(20)30001-2.`); some have no authors, or a group.

A summary says less than PubMed's other formats, so it is a source of its own and joins the full record by its PMID
rather than replacing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

import msgspec

from ingest.parsers import fields
from ingest.parsers.decoding import normalise
from ingest.parsers.imported import named
from ingest.parsers.languages import is_language, language_of
from ingest.parsers.summary_authors import contributors
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Identifier, Notice, NoticeKind, Payload, Record, identifier
from kb.vocabulary import Vocabulary

LONGEST_CITATION = 50_000  # characters; one with 3,000 authors has about 40,000

_NUMBER = re.compile(r"\s{0,9}\d{1,6}[:.]\s{1,9}(?=\S)")
_MONTH = (
    "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter"
    "|Quarter|First|Second|Third|Fourth)"
)
_DATE = re.compile(
    r"(?<=[.?!\]\"”’')] )(?P<date>(?:1[89]|20)\d\d"
    rf"(?:[ /-] ?(?:{_MONTH}[a-z]{{0,7}}|\d{{1,2}}(?:st|nd|rd|th)?|(?:1[89]|20)\d\d)(?![\w(])){{0,7}})(?=[;:.])"
)
_SERIAL = re.compile(
    r"(?:;(?P<volume>[^():;.]{0,40}?) ?(?:\((?P<issue>[^()]{1,60}(?:\([^()]{0,40}\)[^()]{0,20})?)\))?)?"
    r"(?: ?: ?(?P<pages>[^\s][^;]{0,60}?))?(?:; (?:discussion|quiz|author reply|e)[^.]{0,60})?\.(?: |\Z)"
)
# What stands behind the serial numbers; nothing in front of them looks like this.
_TAIL = re.compile(
    r"(?<![^. ])(?:doi: ?10\.|PMID: ?\d|Epub |(?P<notice>Erratum in|Retraction (?:in|of)|Expression of [cC]oncern in"
    r"|Corrected and republished in|Erratum for|Comment (?:in|on)|Update (?:in|of)|Republished"
    r" (?:in|from))[:. ])"
)
_NOTICES: dict[str, NoticeKind] = {
    "erratum in": "correction",
    "corrected and republished in": "correction",
    "retraction in": "retracted",
    "retraction of": "retraction_notice",
    "expression of concern in": "expression_of_concern",
}
_DOI = re.compile(r"doi: ?(10\.\d{4,9}/(?:\S{1,200}- )?\S{1,300})", re.IGNORECASE)
_PMID = re.compile(r"PMID: ?(\d{1,9})")
_PMCID = re.compile(r"PMCID: ?(PMC\d{1,9})")
_END = re.compile(r"PMID: ?\d{1,9}(?:[.;] PMCID: PMC\d{1,9})?\.?(?: \[[^\]]{3,60}\]| Free [^.]{3,30})?\.?\Z")
_BOOK = re.compile(r"(?:In: (?P<book>[^.]{3,300})\. )?[^.:]{2,80}: [^.;]{2,120}; (?P<year>(?:1[89]|20)\d\d)")
_MARKUP = re.compile(r"</?(?:i|b|u|em|sub|sup|strong)>", re.IGNORECASE)
_TITLE_END = re.compile(r"[.?!][\"”’')\]]{0,2} ")
_BROKEN_WORD = re.compile(r"(?<=[\w)])-\n[ \t]{0,9}(?!(?:and|or|to|und|et)\b)(?=[\w(])")
_LANGUAGE = re.compile(r"\A(?:\[Article in )?([A-Z][a-z]{2,11})(?:, [A-Z][a-z]{2,11}){0,5}\]?\.")


def recognises(text: str) -> bool:
    """Whether the first paragraph of `text` is one such citation and no more: it has a date, and ends in its PMID."""
    first = next(_citations(text[: 2 * LONGEST_CITATION]), "")
    end = _END.search(first)
    return bool(end and _DATE.search(first, 0, end.start())) and len(first) <= LONGEST_CITATION and "\t" not in first


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """A record for each citation in `text`, in order; one that is none as `Unreadable`."""
    for number, citation in enumerate(_citations(text), start=1):
        yield _record(citation, f"{payload.key}, citation {number}")


def _citations(text: str) -> Iterator[str]:
    """The citations, each on one line. One begins with its number, or after an empty line."""
    lines: list[str] = []
    numbered = bool(_NUMBER.match(text.lstrip("\n")))
    for line in text.split("\n"):
        begins = _NUMBER.match(line) if numbered else not line.strip()
        if begins and lines and (not numbered or not lines[-1].strip() or _PMID.search(" ".join(lines[-2:]))):
            yield from _joined(lines)
            lines = []
        lines.append(line)
    yield from _joined(lines)


def _joined(lines: list[str]) -> Iterator[str]:
    whole = joined("\n".join(lines))
    if whole:
        yield _NUMBER.sub("", whole, count=1) if _NUMBER.match(whole) else whole


def joined(paragraph: str) -> str:
    """A paragraph that was wrapped, also behind hyphens, as one line without mark-up."""
    return normalise(_MARKUP.sub("", _BROKEN_WORD.sub("-", paragraph)))


def cited(citation: str) -> Record | None:
    """A record of `J Name. 2020 Dec;12(3):45-50. doi: ...`, the title yet to come; None where no date is found."""
    found = _dated(citation)
    if found is None:
        return None
    date, serial = found
    return _built(citation, date, serial, journal=normalise(citation[: date.start()].rstrip(". ")))


def _record(citation: str, place: str) -> Record | Unreadable:
    if len(citation) > LONGEST_CITATION:
        reason = f"a citation of more than {LONGEST_CITATION:,} characters"
        return Unreadable(place, reason, excerpt(citation), "Check that citations are parted by empty lines.")
    found = _dated(citation)
    if found is None:
        return _book(citation, place)
    date, serial = found
    head, journal = _parted(citation[: date.start()].rstrip())
    people, stated = contributors(head)
    if not (title := fields.title_of(stated)):
        return Unreadable(place, "a citation without a title", excerpt(citation), "Add the title before the journal.")
    read = _built(citation, date, serial, journal=journal)
    return named(msgspec.structs.replace(read, key=place, title=title, contributors=people))


def _dated(citation: str) -> tuple[re.Match[str], re.Match[str]] | None:
    """The last date in front of what only stands behind it, and the numbers that follow it."""
    dates = list(_DATE.finditer(citation, 0, _tail(citation))) or list(_DATE.finditer(citation))[:1]
    found = ((date, _SERIAL.match(citation, date.end())) for date in reversed(dates))
    return next(((date, serial) for date, serial in found if serial is not None), None)


def _tail(citation: str) -> int:
    found = _TAIL.search(citation)
    return found.start() if found else len(citation)


def _built(citation: str, date: re.Match[str], serial: re.Match[str], *, journal: str | None) -> Record:
    """All but title and authors."""
    tail = citation[serial.end() :]
    language = _LANGUAGE.match(tail)
    return Record(
        source="pubmed_summary",
        key="",
        format="pubmed_summary",
        title="",
        identifiers=_identifiers(tail),
        container=journal,
        container_abbreviation=journal,
        year=fields.year_of(date["date"]),
        volume=(serial["volume"] or "").strip() or None,
        issue=(serial["issue"] or "").strip() or None,
        pages=fields.pages_of(serial["pages"] or ""),
        language=language_of(language[1]) if language and is_language(language[1]) else None,
        notices=_notices(tail),
    )


def _parted(head: str) -> tuple[str, str | None]:
    """Authors and title, and the journal: the last sentence of what stands before the date."""
    ends = [each.end() for each in _TITLE_END.finditer(head)]
    if not ends:
        return head, None
    return head[: ends[-1]].rstrip(), normalise(head[ends[-1] :].rstrip(". ")) or None


def _book(citation: str, place: str) -> Record | Unreadable:
    """A book or its chapter: `Title. In: Book. Place: Publisher; 2020 Jan–.`"""
    found = next(iter(_BOOK.finditer(citation, 0, _tail(citation))), None)
    people, stated = contributors(citation[: found.start()].rstrip() if found else "")
    title = fields.title_of(stated)
    if found is None or not title:
        reason = "no date of publication was found between journal and volume"
        return Unreadable(place, reason, excerpt(citation), "Save the citation from PubMed again, or as PubMed/NBIB.")
    return named(
        Record(
            source="pubmed_summary",
            key=place,
            format="pubmed_summary",
            title=title,
            identifiers=_identifiers(citation[found.end() :]),
            contributors=people,
            container=normalise(found["book"]) if found["book"] else None,
            year=int(found["year"]),
        )
    )


def _identifiers(tail: str) -> tuple[Identifier, ...]:
    """PMID, PMCID and DOI. An erratum may have its own behind it: the DOI is before any notice, the PMID the last."""
    notice = next((each.start() for each in _TAIL.finditer(tail) if each["notice"]), len(tail))
    pmids, pmcid, doi = _PMID.findall(tail), _PMCID.search(tail), _DOI.search(tail, 0, notice)
    found = [
        identifier("pmid", pmids[-1]) if pmids else None,
        identifier("pmcid", pmcid[1]) if pmcid else None,
        identifier("doi", doi[1].replace("- ", "-")) if doi else None,
    ]
    return tuple(each for each in found if each is not None)


def _notices(tail: str) -> tuple[Notice, ...]:
    markers = [each for each in _TAIL.finditer(tail) if each["notice"] or each.group().startswith("PMID")]
    found = []
    for marker, following in zip_longest(markers, markers[1:]):
        kind = _NOTICES.get((marker["notice"] or "").lower())
        if kind:
            said = normalise(tail[marker.end("notice") + 1 : following.start() if following else len(tail)])
            found.append(Notice(kind, said or marker["notice"]))
    return tuple(dict.fromkeys(found))
