"""The abstract in the body of a publisher's page: what the page labels so, its headings turned into labels."""

from __future__ import annotations

import re
from itertools import islice

from bs4 import BeautifulSoup, Tag

from ingest.parsers.decoding import normalise
from ingest.parsers.markup import blocks, tree

_ABSTRACT = re.compile(r"\s*(?i:(?:the\s)?(?:abstract|summary))(?:\s*[:.]\s*|\s+(?=[A-Z])|\s*$)")
_ABSTRACT_NAME = re.compile(
    r"(?:^|[\s_-])abstract(?:s|[\s_-]?(?:text|content|section|body|inFull|full|\d{1,3}))?(?=\s|$)", re.IGNORECASE
)
_OTHER_ABSTRACT = re.compile(r"graphic|visual|video|teaser|author-highlights|list|toc|link|button|tab\b", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"(?:background|introduction|objectives?|aims?|purpose|(?:study )?design|setting|participants|subjects|patients"
    r"|methods?|materials? and methods|interventions?|measures|main outcome measures?|results?|findings|conclusions?"
    r"|discussion|interpretation|trial registration|registration|funding|context|significance|implications)\s*[:.]?",
    re.IGNORECASE,
)
_MOST = 8  # places that look like the abstract's; a page has two or three
_MOST_SIBLINGS = 60
LEAST = 80  # characters of an abstract


def without_heading(text: str) -> str:
    """`text` without the word Abstract in front of it."""
    found = _ABSTRACT.match(text)
    return text[found.end() :] if found else text


def find(page: BeautifulSoup) -> str | None:
    """The text that the page labels as abstract: an element of that name, or what stands under such a heading."""
    named = (each for each in page.find_all(["section", "div", "article", "p", "blockquote"]) if _is_named(each))
    headings = (each for each in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6", "strong", "b"]) if _heads(each))
    found = (
        *map(_structured, islice(named, _MOST)),
        *map(_structured_after, islice(headings, _MOST)),
    )
    return next(filter(None, found), None)


def _is_named(element: Tag) -> bool:
    name = f"{element.get('id') or ''} {' '.join(element.get('class') or [])} {element.get('role') or ''}"
    return bool(_ABSTRACT_NAME.search(name)) and not _OTHER_ABSTRACT.search(name)


def _heads(heading: Tag) -> bool:
    text = heading.get_text()[:40]
    return text.strip().lower().startswith("abs") and _ABSTRACT.fullmatch(text) is not None


def _structured(element: Tag) -> str | None:
    """The words of an element; its headings become labels (`METHODS: ...`), that of the whole goes."""
    return _joined([(each.text, each.is_heading) for each in blocks(tree(str(element)))])


def _structured_after(heading: Tag) -> str | None:
    """What follows a heading up to the next that is no part of an abstract's structure."""
    found: list[tuple[str, bool]] = []
    top = heading if heading.name not in ("b", "strong") else heading.parent or heading
    for sibling in islice(top.next_siblings, _MOST_SIBLINGS):
        if not isinstance(sibling, Tag):
            continue
        for each in blocks(tree(str(sibling))):
            if each.is_heading and not _STRUCTURE.fullmatch(each.text):
                return _joined(found)
            found.append((each.text, each.is_heading))
    return _joined(found)


def _joined(parts: list[tuple[str, bool]]) -> str | None:
    words: list[str] = []
    for text, is_heading in parts:
        said = normalise(text)
        if not words:
            said = without_heading(said)
        if said and _STRUCTURE.fullmatch(said) and (is_heading or len(said) < 40):
            words.append(f"{said.rstrip(': .').upper()}:")
        elif said and not is_heading:
            words.append(said)
    whole = " ".join(words)
    return whole if len(whole) >= LEAST else None
