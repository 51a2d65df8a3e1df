"""What a page hands out as a file: a list, an edition, a search or one record, in a format and a style."""

from __future__ import annotations

from time import monotonic
from typing import Any

import msgspec
from flask import Response, make_response, render_template, request, url_for

from kb.citing import NAMES, Piece, csl
from kb.errors import StyleError
from kb.exporters.collection import Collection
from kb.exporters.document import Citing
from kb.exporters.handouts import HANDOUTS, STYLE, citing, hand_out
from kb.exporters.reference import Reference
from kb.vocabulary import Vocabulary

ENDINGS = f"any({', '.join(HANDOUTS)})"  # for a route
MOST = 500  # references of a search; `touchstone export` writes all
SECONDS = 10.0  # of citing in a style of others: some take a hundred times as long as ours


class File(msgspec.Struct, frozen=True):
    """A file that a page offers: its format, its address, and for whom it is."""

    name: str
    url: str
    hint: str


_HINTS = {"ris": "Zotero, EndNote, Mendeley", "bib": "LaTeX", "docx": "APA 7", "html": "APA 7", "md": "APA 7"}


def files(endpoint: str, **values: Any) -> tuple[File, ...]:
    """The files that `endpoint`, which has an `ending` beside `values`, hands out."""
    return tuple(
        File(each.name, url_for(endpoint, ending=ending, **values), _HINTS.get(ending, ""))
        for ending, each in HANDOUTS.items()
    )


def in_styles(endpoint: str, **values: Any) -> tuple[File, ...]:
    """The same as Word documents in the other styles that are always here."""
    others = {each: name for each, name in NAMES.items() if each != STYLE} | {csl.HARVARD: "Harvard"}
    return tuple(
        File(f"Word, {name}", url_for(endpoint, ending="docx", **values, style=style), "")
        for style, name in others.items()
    )


def handed(
    collection: Collection, ending: str, name: str, vocabulary: Vocabulary, *, any_style: bool = True
) -> Response:
    """`collection` as a file called `name`; `?style=` names a style, and a page says so where there is none.

    `any_style`: not only those that are always here. Some take seconds for what anybody may ask for.
    """
    handout = HANDOUTS[ending]
    style = request.args.get("style", STYLE) if handout.styled else STYLE
    try:
        if not any_style and style not in (*NAMES, csl.HARVARD):
            raise StyleError(f"there is no style {style[:120]!r} for this")
        cite = _in_time(citing(style))
        body = hand_out(collection, ending, vocabulary, cite)
    except StyleError as error:
        text = f"{str(error).capitalize()}. Leave the style out, or choose {', '.join((*NAMES, csl.HARVARD))}."
        page = render_template("error.html", status=400, title="It cannot be cited in this style", text=text)
        return make_response(page, 400)
    answer = Response(body, content_type=handout.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    return answer


def _in_time(cite: Citing) -> Citing:
    """`cite`, which gives up where all of it together takes too long."""
    end = monotonic() + SECONDS

    def cited(reference: Reference) -> tuple[Piece, ...]:
        if monotonic() > end:
            raise StyleError("this style takes too long for so many references")
        return cite(reference)

    return cited
