"""What is wrong with a page's HTML, by a parser that forgives nothing; it needs neither Java nor a browser.

tinyhtml5 (html5lib's algorithm, kept by CourtBouillon) names every parse error of the HTML standard. It knows nothing
of what may stand in what: that, and the stylesheet, is for `benchmarks/pages.py`, which asks the Nu validator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FIELDS = ("input", "select", "textarea")


def problems(page: str) -> list[str]:
    """All that is wrong with a page, in words; empty where it is sound."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(page)
    found = [f"line {at[0]}: {code}" for at, code, _ in parser.errors]
    return [*found, *_ids(root), *_headings(root), *_names(root)]


def _ids(root: Element) -> Iterator[str]:
    ids = Counter(each.attrib["id"] for each in root.iter() if "id" in each.attrib)
    yield from (f"id {id!r} stands {number} times" for id, number in ids.items() if number > 1)
    for each in root.iter():
        for name in POINTING:
            wanted = each.attrib.get(name, "").split()
            yield from (f"{name} of {each.tag} leads nowhere: {id!r}" for id in wanted if id not in ids)
        link = each.attrib.get("href", "")
        if link.startswith("#") and link[1:] not in ids:
            yield f"a link within the page leads nowhere: {link!r}"


def _headings(root: Element) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in root.iter() if each.tag in HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    yield from (f"h{low} after h{high}" for high, low in pairwise([0, *levels]) if low > high + 1)


def _names(root: Element) -> Iterator[str]:
    """What nobody could be told of: a picture without words for it, a field, link or button without a name."""
    labelled = {each.attrib.get("for") for each in root.iter("label")}
    within = {field for label in root.iter("label") for field in label.iter() if field.tag in FIELDS}
    yield from (f"img without alt: {each.attrib.get('src')}" for each in root.iter("img") if "alt" not in each.attrib)
    for each in root.iter():
        if "aria-label" in each.attrib or "aria-labelledby" in each.attrib or each.attrib.get("type") == "hidden":
            continue
        if each.tag in FIELDS and each not in within and each.attrib.get("id") not in labelled:
            yield f"{each.tag} without a label: {each.attrib.get('name')}"
        if each.tag in ("a", "button", "summary", "legend", *HEADINGS) and not _said(each):
            yield f"{each.tag} without words"


def _said(part: Element) -> str:
    pictures = (each.attrib.get("alt", "") for each in part.iter("img"))
    return "".join((*part.itertext(), *pictures)).strip()
