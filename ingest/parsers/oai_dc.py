"""Answers of OAI-PMH providers with Dublin Core metadata (`oai_dc`), as repositories and journals send them.

OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html); Dublin Core says little and each provider says it its
own way, so the abstract is the longest description, and what the journal's name holds beside the name is left in it.
DOI and PMID are taken from `identifier`, in whatever words; `relation` names other works (the data, the journal, the
paper that is answered), but for what OpenAIRE's guidelines mark there as the work's own other identifiers. A deleted
record is passed over: nothing here is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.errors import UnreadablePayloadError
from ingest.parsers import fields, hidden_identifiers
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Contributor, Identifier, Payload, Record
from kb.vocabulary import Vocabulary

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_BEGINNING = re.compile(r"<(?:\w+:)?OAI-PMH[\s>]")
_INFO = re.compile(r"\Ainfo:(?:eu-repo/semantics/altIdentifier/)?(doi|pmid)/", re.IGNORECASE)
_OWN_TOO = "info:eu-repo/semantics/altidentifier/"
_SHORTEST_ABSTRACT = 80  # characters; what is shorter is a note on the file


def recognises(text: str) -> bool:
    """Whether `text`, the beginning of a document, is an answer of an OAI-PMH provider."""
    return text.lstrip().startswith("<") and bool(_BEGINNING.search(text[:4_096])) and _DC[1:-1] in text


def parse(payload: Payload, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """The records of a ListRecords or GetRecord answer in order; one without title or metadata as `Unreadable`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(payload.body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePayloadError(payload.key, f"the XML breaks: {error.msg}", "Harvest it again.") from error
    for number, element in enumerate(root.iter(f"{_OAI}record"), 1):
        header = element.find(f"{_OAI}header")
        if header is None or header.get("status") != "deleted":
            yield _record(element, f"{payload.key}, record {number}")


def _record(element: etree._Element, place: str) -> Record | Unreadable:
    said: dict[str, list[str]] = {}
    for each in element.iter():
        if (
            isinstance(each.tag, str)
            and each.tag.startswith(_DC)
            and (text := normalise("".join(map(str, each.itertext()))))
        ):
            said.setdefault(each.tag.removeprefix(_DC), []).append(text)
    key = normalise(element.findtext(f"{_OAI}header/{_OAI}identifier") or "")
    title = fields.title_of(next(iter(said.get("title", ())), ""))
    if not title or not key:
        missing = "no title" if key else "no identifier"
        return Unreadable(place, missing, excerpt(" ".join(map(" ".join, said.values()))), "Ask the provider.")
    longest = max(said.get("description", [""]), key=len)
    return Record(
        source="oai",
        key=key,
        format="oai_dc",
        title=title,
        identifiers=_identifiers(said),
        contributors=_contributors(said),
        container=next(iter(said.get("source", ())), None),
        year=next((year for date in said.get("date", ()) if (year := fields.year_of(date))), None),
        abstract=longest if len(longest) >= _SHORTEST_ABSTRACT else None,
        language=next(iter(said.get("language", ())), None),
        publication_types=tuple(said.get("type", ())),
        subject_headings=tuple(said.get("subject", ())),
        rights="; ".join(said.get("rights", ())) or None,
    )


def _identifiers(said: dict[str, list[str]]) -> tuple[Identifier, ...]:
    own = [*said.get("identifier", ()), *(each for each in said.get("relation", ()) if _is_own(each))]
    told = [_INFO.sub(r"\1:", each) for each in own]
    return hidden_identifiers.identifiers(dois=told, places=told)


def _is_own(relation: str) -> bool:
    return relation.casefold().startswith(_OWN_TOO)


def _contributors(said: dict[str, list[str]]) -> tuple[Contributor, ...]:
    people = [fields.person(each) for each in said.get("creator", ())]
    return tuple(each for each in people if each is not None)
