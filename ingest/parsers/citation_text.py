"""Citation and abstract as running text, as the Touch Research Institute and pages that quote it write them.

A citation (see `apa`), then the abstract, often without a space between them, with or without METHOD: and
RESULTS: labels, on a page of its own or in the middle of somebody's post. What the post says around the
citation is talk: it is kept as commentary, a string a paragraph, and never becomes part of an abstract.

Such text has no identifier, so the key is the document's name and a digest of the folded citation
(families, year, title): the same citation arriving again in that document is an update, and in another one
it is a second record of the same publication, which loses neither's abstract nor talk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

from ingest.errors import UnreadablePayloadError
from ingest.parsers import apa, foreign
from ingest.parsers.apa import Citation
from ingest.parsers.decoding import normalise
from ingest.parsers.unreadable import Unreadable, excerpt
from kb.record import Payload, Record
from kb.vocabulary import Vocabulary

LONGEST_TEXT = 5_000_000  # characters; the largest page of such citations is far below a tenth of it
_WRAPPED_WIDTH = 120  # a text whose lines all stay below is wrapped: only empty lines part its paragraphs
_SHORTEST_ABSTRACT = 60  # characters; below, without a label, it is a heading or a remark

_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_ABSTRACT_HEADING = re.compile(r"\A\s*(?:ABSTRACT\b|Abstract(?=\s*[:.\n]))[\s:.]*")
_TOPIC = re.compile(r"(?:\d{1,3}[.)]\s|[^\W\d_a-z][^.:\n]{1,60}?(?::\s| [-–—] ))\S")
_GOES_ON = re.compile(r"[)\],;]|[a-z]+\s")  # the sentence that the citation stands in
_WORD = re.compile(r"[^\W\d_]{3}")
# A person speaking to others, as abstracts do not.
_TALK = re.compile(
    r"\bI(?:[’']\w+| (?:am|do|found|had|have|hope|know|think|use|was|will|work|would))\b"
    r"|\b(?:[Mm]y|[Tt]hanks|[Yy]our?)\b|!"
)


class _Found(NamedTuple):
    """A citation with what belongs to it: the talk around it and its abstract."""

    citation: Citation
    commentary: tuple[str, ...]
    abstract: str | None


def recognises(text: str) -> bool:
    """Whether `text` holds a citation and is not some other format that may quote one."""
    return foreign.name_of(text) is None and next(apa.find(text), None) is not None


def parse(payload: Payload, text: str, vocabulary: Vocabulary) -> Iterator[Record | Unreadable]:
    """A record for each citation in `text`, in order; one without year or title as `Unreadable`.

    A citation that stands there twice is one record, with its abstract if either has one.
    """
    return records(text, payload)


def records(text: str, payload: Payload, *, only_labelled: bool = False) -> Iterator[Record | Unreadable]:
    """As `parse`. With `only_labelled` a text behind a citation is its abstract only where it is called so."""
    if len(text) > LONGEST_TEXT:
        reason = f"it has more than {LONGEST_TEXT:,} characters of running text"
        raise UnreadablePayloadError(payload.key, reason, "Split it into several files.")
    arrived: dict[str, bool] = {}
    for place, found in enumerate(_found(text, only_labelled), start=1):
        read = _record(found, text, payload, f"{payload.key}, citation {place}")
        if isinstance(read, Record):
            if arrived.get(read.key) and read.abstract is None:
                continue
            arrived[read.key] = read.abstract is not None
        yield read


def _found(text: str, only_labelled: bool) -> Iterator[_Found]:
    """The citations with the text between them shared out."""
    citations = list(apa.find(text))
    wrapped = max(map(len, text.split("\n"))) < _WRAPPED_WIDTH
    before = _paragraphs(text[: citations[0].start], wrapped) if citations else []
    leads = _summaries_lead(citations, text, before, wrapped)
    for place, citation in enumerate(citations):
        is_last = place + 1 == len(citations)
        between = text[citation.end : len(text) if is_last else citations[place + 1].start]
        between, named = _ABSTRACT_HEADING.subn("", between)
        paragraphs = _paragraphs(between, wrapped)
        if leads and not named:
            labelled = [each for each in paragraphs if apa.label_in(each) is not None]
            next_before = [each for each in paragraphs if each not in labelled]
            abstract: str | None = " ".join(labelled) or None
            after: list[str] = []
        else:
            abstract, after, next_before = _share(paragraphs, between, is_last)
            if abstract and only_labelled and not named and apa.label_in(abstract) is None:
                after = [abstract, *after]
                abstract = None
        yield _Found(citation, _talk(before + after), abstract)
        before = next_before


def _summaries_lead(citations: list[Citation], text: str, before: list[str], wrapped: bool) -> bool:
    """Whether summaries stand before their citations: a topic before each (`Pain: ...`, `2. Sleep. ...`), no end."""
    if not before or not _TOPIC.match(before[-1]) or len(citations) < 2:
        return False
    if any(len(each) >= _SHORTEST_ABSTRACT for each in _paragraphs(text[citations[-1].end :], wrapped)):
        return False
    gaps = (_paragraphs(text[one.end : other.start], wrapped) for one, other in pairwise(citations))
    return all(_TOPIC.match(gap[-1]) and apa.label_in(gap[-1][:40]) is None for gap in gaps if gap and _talk(gap))


def _paragraphs(text: str, wrapped: bool) -> list[str]:
    parts = _EMPTY_LINES.split(text) if wrapped else text.split("\n")
    return [normalise(each) for each in parts if each.strip()]


def _share(paragraphs: list[str], between: str, is_last: bool) -> tuple[str | None, list[str], list[str]]:
    """The text behind a citation as its abstract, talk about it, and talk that leads to the next citation.

    The abstract is the first paragraph that can be one, and labelled ones behind it. What the next
    citation's own paragraph begins with, and headings before it, lead to that citation.
    """
    leading: list[str] = []
    if not is_last and paragraphs and not between.rstrip(" \t").endswith("\n"):
        behind = len(paragraphs) == 1 and not between.lstrip(" \t").startswith("\n")
        if not behind and apa.label_in(paragraphs[-1]) is None:
            leading.append(paragraphs.pop())
    while not is_last and paragraphs and _is_heading(paragraphs[-1]):
        leading.insert(0, paragraphs.pop())
    abstract: list[str] = []
    talk: list[str] = []
    for each in paragraphs:
        labelled = apa.label_in(each) is not None
        begins = not abstract and len(each) >= _SHORTEST_ABSTRACT and not _GOES_ON.match(each)
        if labelled or (begins and not _TALK.search(each)):
            abstract.append(each)
        else:
            talk.append(each)
    return " ".join(abstract) or None, talk, leading


def _is_heading(paragraph: str) -> bool:
    return len(paragraph) < _SHORTEST_ABSTRACT and not paragraph.endswith((".", "!", "?"))


def _talk(paragraphs: list[str]) -> tuple[str, ...]:
    """What is said in `paragraphs`; bare numbers and bullets of a list say nothing."""
    return tuple(each.lstrip(")];,. ").rstrip("([ ") for each in paragraphs if _WORD.search(each))


def _record(found: _Found, text: str, payload: Payload, place: str) -> Record | Unreadable:
    citation = found.citation
    begins = excerpt(text[citation.start : citation.end + 200])
    if citation.year is None:
        return Unreadable(place, "a citation without a year", begins, "Add the year in parentheses after the authors.")
    if citation.title is None:
        return Unreadable(place, "a citation without a title", begins, "Add the title after the year.")
    families = " ".join(each.family for each in citation.contributors)
    folded = [_folded(each) for each in (families, str(citation.year), citation.title)]
    return Record(
        source="citation",
        key=f"{PurePath(payload.key).name}#{sha256('|'.join(folded).encode()).hexdigest()[:12]}",
        format="citation_text",
        title=citation.title,
        identifiers=citation.identifiers,
        contributors=citation.contributors,
        container=citation.container,
        year=citation.year,
        volume=citation.volume,
        issue=citation.issue,
        pages=citation.pages,
        abstract=found.abstract,
        commentary=found.commentary,
    )


def _folded(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())
