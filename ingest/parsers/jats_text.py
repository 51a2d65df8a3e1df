"""Text of JATS: what of an element's mark-up is words, and the parts of an abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.safe_xml import Element, tidy

# No words of the text: a formula's second form, notes and the signs that call them, numbers of objects.
_SILENT = frozenset(
    "tex-math annotation annotation-xml fn table-wrap-foot object-id contrib-id label graphic inline-graphic media "
    "alt-text long-desc processing-meta related-article related-object aff contrib-group".split()
)
# Where one ends, a word ends.
_BLOCKS = frozenset(
    "p sec title list list-item def-list def-item disp-formula disp-quote break title-group subtitle verse-line td th "
    "tr caption article-title".split()
)
_NOTE_CALLS = frozenset(("fn", "corresp", "author-notes", "aff", "table-fn"))
_EMPHASIS = frozenset(("bold", "italic", "underline", "sc"))
_LABEL = re.compile(r"[^\W\d_][^:.;,]{2,60}")
_LONGEST_LABEL = 5  # words


def words(element: Element | None) -> str:
    """The words of an element, mark-up resolved: a space where a block ends, none where an index begins."""
    return "" if element is None else tidy("".join(_pieces(element, (), inside=True)))


def parts(abstract: Element) -> Iterator[tuple[str, str]]:
    """The abstract's parts in order, (label or nothing, body). Labels are titles of sections or bold beginnings."""
    for child in abstract:
        if child.tag == "sec":
            yield from _section(child)
        elif child.tag not in ("title", "label", "object-id"):
            yield _paragraph(child)
    if not len(abstract):
        yield "", words(abstract)


def _section(section: Element) -> Iterator[tuple[str, str]]:
    """A section as one part; sections within it follow as parts of their own."""
    label = words(section.find("title"))
    own = [each for each in section if each.tag not in ("title", "sec")]
    body = " ".join(words(each) for each in own)
    if label:
        yield label, body
    else:
        yield from (_paragraph(each) for each in own)
    for each in section.iterfind("sec"):
        yield from _section(each)


def _paragraph(element: Element) -> tuple[str, str]:
    """A paragraph; where it begins with a few words in bold, or in italics with a colon, these are its label."""
    first = element[0] if len(element) else None
    if first is None or first.tag not in _EMPHASIS or tidy(element.text or ""):
        return "", words(element)
    label, tail = words(first), tidy(first.tail or "")
    colon = label.endswith(":") or tail.startswith(":")
    bare = label.rstrip(":. ")
    if not _LABEL.fullmatch(bare) or bare.count(" ") >= _LONGEST_LABEL or not (colon or first.tag == "bold"):
        return "", words(element)
    body = tidy("".join(_pieces(element, (first,), inside=True))).lstrip(":.–— ")
    if not colon and not (label.endswith(".") or body[:1].isupper()):
        return "", words(element)
    return bare, body


def _pieces(element: Element, without: tuple[Element, ...], *, inside: bool) -> Iterator[str]:
    if element.tag in _SILENT and not inside:
        return
    if element.tag == "xref" and _is_sign(element):
        return
    edge = " " if element.tag in _BLOCKS else ""
    yield edge
    yield element.text or ""
    for child in element:
        if not any(child is each for each in without):
            yield from _pieces(child, (), inside=False)
        yield child.tail or ""
    yield edge


def _is_sign(xref: Element) -> bool:
    """Whether a reference is a sign only: of a note, or the raised number of a source, which would grow onto a word."""
    if xref.get("ref-type") in _NOTE_CALLS:
        return True
    raised = xref.find("sup") is not None or xref.getparent().tag == "sup"
    return bool(raised) and xref.get("ref-type") == "bibr"
