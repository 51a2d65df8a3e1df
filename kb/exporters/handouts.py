"""A list, an edition, a search or a record as one file: for a reference manager, a spreadsheet, or people.

Those for people cite in a style: one of our own three, or any other of the Citation Style Language by its name.
Reference formats hold what is held here; a spreadsheet and a document also name what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kb.citing import NAMES, STYLES, Piece, csl
from kb.exporters import bibtex, csl_json, csv, docx_file, html_file, markdown_file, ris
from kb.exporters.collection import Collection, noted
from kb.exporters.document import Citing, Document, document
from kb.exporters.reference import Reference
from kb.vocabulary import Vocabulary

STYLE = "apa"  # where none is asked for


class Handout(NamedTuple):
    """A format: its name for people, its media type, and whether it cites in a style."""

    name: str
    media_type: str
    styled: bool = False


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HANDOUTS: Mapping[str, Handout] = {
    "ris": Handout("RIS", "application/x-research-info-systems"),
    "bib": Handout("BibTeX", "application/x-bibtex"),
    "json": Handout("CSL-JSON", "application/vnd.citationstyles.csl+json"),
    "csv": Handout("CSV", "text/csv; charset=utf-8"),
    "md": Handout("Markdown", "text/markdown; charset=utf-8", styled=True),
    "html": Handout("HTML", "text/html; charset=utf-8", styled=True),
    "docx": Handout("Word (DOCX)", _DOCX, styled=True),
}
_DOCUMENTS: Mapping[str, Callable[[Document], bytes]] = {
    "md": markdown_file.write,
    "html": html_file.write,
    "docx": docx_file.write,
}
_WRITERS = {"ris": ris.write, "bib": bibtex.write, "json": csl_json.write, "csv": csv.write}


def hand_out(collection: Collection, ending: str, vocabulary: Vocabulary, cite: Citing) -> bytes:
    """`collection` in the format of this ending (a key of `HANDOUTS`); `cite` cites where it has a style."""
    if ending in _DOCUMENTS:
        return _DOCUMENTS[ending](document(collection, vocabulary, cite))
    if ending == "csv" and any(each.item for each in collection.entries):
        return "".join(csv.write_list(collection, vocabulary)).encode()
    return "".join(_WRITERS[ending](noted(collection), vocabulary)).encode()


def citing(style: str) -> Citing:
    """What cites a reference in `style`; for one thread. Raises `StyleError`."""
    if style in NAMES:
        own = STYLES[NAMES[style]]
        return lambda reference: tuple(each for each in own(reference.record) if each.text)
    return of_csl(csl.named(style))


def of_csl(cite: csl.Cite) -> Citing:
    """What cites a reference in a style of the Citation Style Language."""

    def cited(reference: Reference) -> tuple[Piece, ...]:
        return cite(csl_json.item(reference))

    return cited
