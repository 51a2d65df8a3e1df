"""MODS, the Library of Congress's record of libraries and repositories: one `mods`, or a `modsCollection`.

Elements: loc.gov/standards/mods/userguide. The journal or book of a part is its `relatedItem type="host"`, whose own
`part` holds volume, issue and pages. Names keep their order and, where a record states one twice, their repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers import fields, safe_xml
from ingest.parsers.abstract_parts import joined
from ingest.parsers.imported import apart, named
from ingest.parsers.safe_xml import Element, all_stated, beginning, plain, stated, without_namespaces
from ingest.parsers.unreadable import Unreadable
from kb.record import Contributor, Identifier, Payload, Record, Scheme, identifier
from kb.vocabulary import Vocabulary

_ROOT = re.compile(r"<(?:\w{1,20}:)?mods(?:Collection)?[\s>]")
# MARC's relators (loc.gov/marc/relators) for those who did not write: who issued, paid, received, performed, helped.
_NO_AUTHORS = frozenset(
    "pbl publisher dst distributor prt printer mfr manufacturer bsl bookseller fnd funder spn sponsor rcp recipient "
    "addressee adressat dte dedicatee own owner fmo rps repository dpt depositor his orm organizer col collector dgg "
    "dgs ths advisor supervisor opn opponent rev reviewer trl translator ill illustrator pht photographer prf "
    "performer nrt narrator act actor drt director pro producer ivr interviewer ctb contributor oth other".split()
) | {"thesis advisor", "degree supervisor", "degree grantor", "host institution", "former owner"}
_AUTHORS = frozenset("aut author cre creator verfasser autor".split())
_EDITORS = frozenset("edt ed editor herausgeber pbd".split())
_SCHEMES: dict[str, Scheme] = {
    "doi": "doi",
    "pmid": "pmid",
    "pubmed": "pmid",
    "medline": "pmid",
    "pmc": "pmcid",
    "pmcid": "pmcid",
}
_DATES = ("dateIssued", "copyrightDate", "dateCreated")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|info:doi/)?\s?(10\.\d{4,9}/\S{1,300})", re.IGNORECASE)
_STOP = re.compile(r"(?<=[a-z]{5})\.$")  # of a library's heading, and not of an abbreviation
_NO_TITLE = "Give the record a <titleInfo> without type, and export it again."


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is MODS, or holds it in an envelope (METS, OAI-PMH)."""
    return text.lstrip().startswith("<") and _ROOT.search(text) is not None


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of a collection in order; one without title as `Unreadable`."""
    return apart(safe_xml.records(payload, ("mods",), _read, kind="MODS"))


def _read(element: Element, place: str) -> Record | Unreadable:
    mods = without_namespaces(element)
    title = fields.title_of(_title(mods) or "")
    if not title:
        return Unreadable(place, "no title", beginning(mods), _NO_TITLE)
    hosts = [each for each in mods.iterfind("relatedItem") if each.get("type") == "host"]
    host = hosts[0] if hosts else None
    parts = [each for whole in (mods, host) if whole is not None for each in whole.iterfind("part")]
    abstract, sections = joined(("", plain(each)) for each in mods.iterfind("abstract"))
    return named(
        Record(
            source="mods",
            key="",
            format="mods",
            title=title,
            identifiers=_identifiers(mods),
            contributors=tuple(_contributors(mods)),
            container=None if host is None else _title(host),
            container_abbreviation=None if host is None else stated(host, "titleInfo[@type='abbreviated']/title"),
            year=_year(mods, host, parts),
            volume=_detail(parts, "volume"),
            issue=_detail(parts, "issue") or _detail(parts, "number"),
            pages=_pages(parts),
            abstract=abstract,
            sections=sections,
            language=_language(mods),
            publication_types=all_stated(mods, "genre"),
            subject_headings=_headings(mods),
            rights=_rights(mods),
        )
    )


def _title(element: Element) -> str | None:
    """The main title (one without type; a host may have none but a uniform one), with its subtitle and part."""
    infos = element.findall("titleInfo")
    infos.sort(key=lambda each: (each.get("type") is not None, each.get("type") == "abbreviated"))
    if not infos:
        return None
    info = infos[0]
    main = " ".join(each for each in (stated(info, "nonSort"), stated(info, "title")) if each)
    subtitle = stated(info, "subTitle")
    whole = f"{main.rstrip(' :/')}: {subtitle}" if main and subtitle else main or subtitle
    rest = [each for path in ("partNumber", "partName") if (each := stated(info, path))]
    return ". ".join([whole.rstrip(". "), *rest] if rest else [whole]) or None if whole else None


def _contributors(mods: Element) -> Iterator[Contributor]:
    """Authors and editors; a name without role, or in one that is not known, is an author."""
    for name in mods.iterfind("name"):
        roles = {
            each.casefold().rstrip(".") for each in all_stated(name, "role/roleTerm") + all_stated(name, "role/text")
        }
        if roles and roles <= _NO_AUTHORS:
            continue
        is_editor = bool(roles & _EDITORS) and not roles & _AUTHORS
        found = _group(name) if name.get("type") in ("corporate", "conference") else _person(name, is_editor)
        if found is not None:
            yield found


def _person(name: Element, is_editor: bool) -> Contributor | None:
    family = stated(name, "namePart[@type='family']")
    given = " ".join(all_stated(name, "namePart[@type='given']"))
    if family is not None:
        return Contributor(family, given or None, "editor" if is_editor else "author")
    whole = next((text for each in name.iterfind("namePart") if not each.get("type") and (text := plain(each))), None)
    return fields.person((whole or given or stated(name, "displayForm") or "").rstrip(","), editor=is_editor)


def _group(name: Element) -> Contributor | None:
    """A body and its departments, from the largest down."""
    parts = [text for each in name.iterfind("namePart") if each.get("type") != "date" and (text := plain(each))]
    return fields.collective(_STOP.sub("", ". ".join([*(each.rstrip(".") for each in parts[:-1]), *parts[-1:]])))


def _identifiers(mods: Element) -> tuple[Identifier, ...]:
    """Ids of the record itself, not those of its host; a DOI may stand among addresses or without a type."""
    found: list[Identifier | None] = []
    for each in mods.iterfind("identifier"):
        kind, text = each.get("type", "").casefold(), plain(each)
        doi = _DOI.fullmatch(text) if kind in ("doi", "uri", "url", "hdl", "local", "") else None
        if doi:
            found.append(identifier("doi", doi[1]))
        elif kind in _SCHEMES and each.get("invalid") != "yes":
            found.append(identifier(_SCHEMES[kind], text))
    for text in all_stated(mods, "location/url"):
        doi = _DOI.fullmatch(text)
        found.append(identifier("doi", doi[1]) if doi else None)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _year(mods: Element, host: Element | None, parts: list[Element]) -> int | None:
    """The year of issue of the record, else of its part, else of its host; a date of capture is none."""
    own = [each for kind in _DATES for each in mods.iterfind(f"originInfo/{kind}")]
    of_part = [each for part in parts for each in part.iterfind("date")]
    of_host = [] if host is None else [each for kind in _DATES for each in host.iterfind(f"originInfo/{kind}")]
    dates = (plain(each) for each in (*own, *of_part, *of_host) if each.get("point") != "end")
    return next((year for each in dates if (year := fields.year_of(each))), None)


def _detail(parts: list[Element], kind: str) -> str | None:
    return next((text for each in parts if (text := stated(each, f"detail[@type='{kind}']/number"))), None)


def _pages(parts: list[Element]) -> str | None:
    for part in parts:
        for extent in part.iterfind("extent"):
            if extent.get("unit", "page").startswith("page") or extent.get("unit") == "pp":
                start, end = stated(extent, "start"), stated(extent, "end")
                whole = f"{start}-{end}" if start and end and start != end else start or stated(extent, "list")
                if whole:
                    return fields.pages_of(whole)
    return _detail(parts, "page") or _detail(parts, "pages")


def _language(mods: Element) -> str | None:
    return stated(mods, "language/languageTerm[@type='code']", "language/languageTerm", "language")


def _headings(mods: Element) -> tuple[str, ...]:
    """Subjects as libraries write them, heading and subdivisions (`Massage--History`)."""
    subjects = (
        "--".join(plain(part) for part in each if plain(part)) or plain(each) for each in mods.iterfind("subject")
    )
    return tuple(dict.fromkeys(each for each in subjects if each))


def _rights(mods: Element) -> str | None:
    said = (each for each in mods.iterfind("accessCondition") if "access" not in each.get("type", "").casefold())
    return " ".join(text for each in said if (text := plain(each))) or None
