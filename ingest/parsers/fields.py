"""Fields that several formats write alike: titles, years, pages, names, notices, trial registrations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ingest.parsers.decoding import normalise
from kb.record import Contributor, Identifier, Notice, NoticeKind, identifier

# NLM's data banks that are trial registries; the others (GenBank, PDB, ...) hold no trials.
# Source: nlm.nih.gov/bsd/medline_databank_source.html.
TRIAL_REGISTRIES = frozenset(
    "anzctr,chictr,clinicaltrials.gov,cris,ctis,ctri,drks,eu ctr,eudract,irct,isrctn,jprn,kct,lbctr,"
    "ntr,pactr,rebec,repec,rpcec,slctr,tctr,umin ctr,umin-ctr".split(",")
)

_NOTICE_TYPES: Mapping[str, NoticeKind] = {
    "Retracted Publication": "retracted",
    "Retraction of Publication": "retraction_notice",
    "Retraction Notice": "retraction_notice",
}
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?=(?:\d{4})?(?!\d))")
_PLACE_OR_YEAR = re.compile(r"\s\((?=[^()]{0,80}(?:,|\bed\.|\d{4}))[^()]{1,90}\)$")
_DASH = re.compile(r"\s?[-‐‑–—]{1,2}\s?")
_SHORT_RANGE = re.compile(r"(\d{2,7})-(\d{1,6})")
_LONGEST_ARTICLE = 1_000  # pages
_ABBREVIATION_AT_END = re.compile(r"(?:\.\.|\b[A-Z]\.[A-Z]\.)$")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{1,8}")
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_INITIALS_LAST = re.compile(
    rf"(\S.{{0,80}}?)\s+({_CAPITAL}(?:{_CAPITAL}|-){{0,4}}(?:\s(?:Jr|Sr|II|III|IV|\d(?:st|nd|rd|th)))?)"
)


def title_of(text: str) -> str:
    """A title without the full stop that MEDLINE puts behind it; an abbreviation keeps its own."""
    title = normalise(text)
    return title[:-1].rstrip() if title.endswith(".") and not _ABBREVIATION_AT_END.search(title) else title


def journal_of(name: str) -> str:
    """A journal's name without the place, edition or year by which NLM tells namesakes apart.

    `Arthritis & rheumatology (Hoboken, N.J.)`, `BMJ (Clinical research ed.)`.
    """
    return _PLACE_OR_YEAR.sub("", name)


def year_of(text: str) -> int | None:
    """The first year in a date as written: `2002 May`, `Summer 1998`, `1999-2000`, `20020503`."""
    found = _YEAR.search(text)
    return int(found.group()) if found else None


def pages_of(text: str) -> str | None:
    """Pages with a hyphen and a full end: MEDLINE's `537-43` is 537-543. Several ranges keep their ends.

    What would be no range of pages stays as it is: `50193-2021` is the number of an article.
    """
    pages = _DASH.sub("-", normalise(text))
    found = _SHORT_RANGE.fullmatch(pages)
    if found:
        first, last = found.groups()
        end = f"{first[: max(0, len(first) - len(last))]}{last}"
        if int(first) <= int(end) < int(first) + _LONGEST_ARTICLE:
            pages = f"{first}-{end}"
    return pages or None


def article_number(text: str) -> str | None:
    """A publisher's item number where it is short enough to stand in for pages (`e0149`, `1042`)."""
    return text if _ARTICLE_NUMBER.fullmatch(text) else None


def person(name: str, *, editor: bool = False) -> Contributor | None:
    """A contributor from `Family, Given` or MEDLINE's `Family AB Jr`; None from an empty name."""
    family, comma, given = (each.strip() for each in normalise(name).partition(","))
    if not comma:
        found = _INITIALS_LAST.fullmatch(family)
        if found:
            family, given = found.groups()
    return Contributor(family, given or None, "editor" if editor else "author") if family else None


def collective(name: str) -> Contributor | None:
    """A group that signs as author; None from an empty name."""
    group = normalise(name)
    return Contributor(group, None, "collective") if group else None


def registration(databank: str, accession: str) -> Identifier | None:
    """A trial's registration number, or None where the data bank registers no trials."""
    return identifier("registration", accession) if databank.strip().casefold() in TRIAL_REGISTRIES else None


def with_types(notices: Iterable[Notice], publication_types: Iterable[str]) -> tuple[Notice, ...]:
    """`notices`, and one more where only the publication type says that it is retracted or retracts."""
    known = list(dict.fromkeys(notices))
    for name in publication_types:
        kind = _NOTICE_TYPES.get(name)
        if kind is not None and all(each.kind != kind for each in known):
            known.append(Notice(kind, name))
    return tuple(known)
