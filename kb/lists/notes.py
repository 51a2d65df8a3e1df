"""A curator's note as data: a little Markdown, read once for all who show it.

Pages, editions and files are made of these passages and never of the note's own mark-up, so that no text becomes
markup anywhere (OWASP ASVS 5.0, 1.3.1). Headings, pictures and HTML are words like others: a page has its own order,
and loads nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.characters import in_xml

PassageKind = Literal["plain", "bullets", "numbers", "quote"]

_KINDS: dict[str, PassageKind] = {"bullet_list": "bullets", "ordered_list": "numbers", "blockquote": "quote"}
_READER = MarkdownIt("commonmark", {"html": False}).disable(["heading", "lheading", "image", "hr", "code"])
_OPENED = frozenset(("https", "http", "mailto"))


class Run(msgspec.Struct, frozen=True):
    """Words of one kind; a line break within them is one. `link` is where they lead, on this web or to a mailbox."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str | None = None


class Passage(msgspec.Struct, frozen=True):
    """Paragraphs, the items of a list (what an item lists itself stands below its words), or what is quoted."""

    kind: PassageKind
    paragraphs: tuple[tuple[Run, ...], ...]


@lru_cache(maxsize=4096)
def passages(note: str | None) -> tuple[Passage, ...]:
    """`note` as it is to be shown; empty where there is none. No note is an error."""
    found: list[tuple[PassageKind, int, list[tuple[Run, ...]]]] = []
    for kind, block, before, runs in _paragraphs(_READER.parse(in_xml(note or ""))):
        if not found or (found[-1][:2] != (kind, block) and not found[-1][0] == kind == "plain"):
            found.append((kind, block, [runs]))
        elif before is None:
            found[-1][2].append(runs)
        else:
            found[-1][2][-1] += (Run(before), *runs)
    return tuple(Passage(kind, tuple(paragraphs)) for kind, _, paragraphs in found)


def gist(note: str | None) -> str:
    """The first paragraph of `note`, without what marks its words."""
    first = next(iter(passages(note)), None)
    return "".join(each.text for each in first.paragraphs[0]) if first else ""


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[PassageKind, int, str | None, tuple[Run, ...]]]:
    """Each paragraph: the kind of its outermost block, which block that is, what parts it from the item that it goes
    on with (None: it begins a paragraph or an item), and its words."""
    around: list[str] = []
    block, before = 0, None
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in _KINDS:
            around = [*around, name] if token.nesting > 0 else around[:-1]
            block += len(around) == (token.nesting > 0)  # the outermost begins or ends
        elif token.type == "list_item_open":
            before = None if len(around) == 1 else "\n– "
        elif token.type in ("inline", "fence"):
            runs = tuple(_runs(token.children or (token,)))
            if any(each.text.strip() for each in runs):
                kind = _KINDS[around[0]] if around else "plain"
                yield kind, block, before if kind in ("bullets", "numbers") else None, runs
                before = "\n"


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    strong = emphasis = 0
    link: str | None = None
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type == "link_open":
            link = _opened(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            link = None
        else:
            said = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content.rstrip("\n"))
            if said:
                yield Run(said, strong > 0, emphasis > 0, token.type in ("code_inline", "fence"), link)


def _opened(address: str) -> str | None:
    try:
        return address if urlsplit(address).scheme in _OPENED else None
    except ValueError:
        return None
