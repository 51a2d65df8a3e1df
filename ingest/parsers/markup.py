"""HTML made safe to read, and its text as a reader sees it: a block a paragraph, without menus and scripts.

Pages are written by anyone. How large, how deep and how full of tags one is, is counted before it is parsed; what
goes beyond all measure is refused, since a tree of a million nested tags costs memory without end.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from ingest.errors import UnreadablePayloadError
from ingest.parsers.decoding import decode, normalise

LARGEST = 8_000_000  # characters
MOST_TAGS = 200_000
DEEPEST = 200

_OPENS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# What holds nothing, and what the next of its kind ends, so that it never nests.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option font".split()
)
_UNSEEN = "script style noscript template nav header footer aside form button select svg iframe head".split()
_BLOCKS = frozenset(
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure h1 h2 h3 h4"
    " h5 h6 hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 legend caption".split())
_BOLD = frozenset(("b", "strong"))
_LONGEST_HEADING = 100
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
_IDENTIFIER = re.compile(r"doi\.org/(10\.\d{4,9}/\S{1,200})|(?:pubmed\.ncbi\.nlm\.nih\.gov|nih\.gov/pubmed)/(\d{1,9})")
_LONGEST_LINK_NAME = 24  # characters: "DOI", "Full text", "PubMed abstract"


class Block(NamedTuple):
    """A paragraph, or a heading over those that follow."""

    text: str
    is_heading: bool


def text_of(body: bytes, key: str) -> str:
    """`body` as text. What is no UTF-8 is read in the encoding that the page declares, if that is a known one."""
    declared = _CHARSET.search(body[:4_096])
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        if declared is not None:
            with suppress(LookupError, UnicodeError):  # no encoding that is known
                body = body.decode(declared[1].decode("ascii"), "replace").encode()
    return decode(body, key)


def parsed(text: str, key: str) -> BeautifulSoup:
    """The page as a tree. Raises `UnreadablePayloadError` where it is beyond all measure."""
    refused = None
    if len(text) > LARGEST:
        refused = f"it is a page of more than {LARGEST:,} characters"
    elif text.count("<") > MOST_TAGS:
        refused = f"it is a page of more than {MOST_TAGS:,} tags"
    elif _depth(text) > DEEPEST:
        refused = f"it is a page whose tags are nested more than {DEEPEST} deep"
    if refused:
        raise UnreadablePayloadError(key, refused, "Copy the citations from the page as plain text.")
    return tree(text)


def tree(text: str) -> BeautifulSoup:
    """What has been counted, as a tree."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it may be XML, or the name of a file
        return BeautifulSoup(text, "lxml")


def blocks(root: Tag) -> list[Block]:
    """What a reader sees of `root`. A short link to a DOI or to PubMed says what it leads to."""
    for each in root.find_all(_UNSEEN):
        each.decompose()
    found: list[Block] = []
    for owner, pieces in _grouped(root):
        lines = (normalise(line) for line in "".join(pieces).split("\v"))
        text = "\n".join(line for line in lines if line)
        if text:
            found.append(Block(text, _is_heading(owner, text)))
    return found


def _depth(text: str) -> int:
    depth = deepest = 0
    for closes, name in _OPENS.findall(text):
        if name.lower() not in _FLAT:
            depth = max(0, depth - 1) if closes else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _grouped(root: Tag) -> Iterator[tuple[Tag, list[str]]]:
    """The strings that belong to one block, with it; `\\v` stands for a line break."""
    owner, pieces = root, list[str]()
    for each in root.find_all("a"):
        if leads := _identifier(each):
            each.string = f" {leads} "
    for node in root.descendants:
        if isinstance(node, Tag) and node.name == "br":
            pieces.append("\v")
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            continue
        block = _block(node, root)
        if block is not owner:
            if pieces:
                yield owner, pieces
            owner, pieces = block, []
        pieces.append(node.replace("\n", "\v") if block.name == "pre" else str(node))
    yield owner, pieces


def _block(node: NavigableString, root: Tag) -> Tag:
    for parent in node.parents:
        if parent is root or parent.name in _BLOCKS:
            return parent
    return root


def _is_heading(block: Tag, text: str) -> bool:
    """Whether a block heads others: by its tag, or because all of it is bold and short."""
    if len(text) > _LONGEST_HEADING:
        return False
    bold = [each for each in block.find_all(_BOLD) if normalise(each.get_text()) == text]
    return block.name in _HEADINGS or bool(bold)


def _identifier(link: Tag) -> str | None:
    """The DOI or PMID that a link leads to, where its words are few and do not say it."""
    found = _IDENTIFIER.search(str(link.get("href", "")))
    if found is None or len(name := link.get_text()) > _LONGEST_LINK_NAME or "10." in name:
        return None
    return f"doi: {found[1]}" if found[1] else f"PMID: {found[2]}"
