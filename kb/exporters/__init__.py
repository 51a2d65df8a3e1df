"""Publications to the formats that other people's programs read, one file a format. Pure, and streaming.

What may leave is decided once, in `reference`; a format's writer sees nothing else. What is written here, the parser
of the same format reads back: what a format has no field for stands in `notes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.exporters import bibtex, csl_json, csv, markdown, nbib, ris
from kb.exporters.reference import Reference, reference
from kb.publication import Publication
from kb.rights import Policy
from kb.vocabulary import Vocabulary

__all__ = ["EXPORTERS", "Exporter", "export"]


class Exporter(NamedTuple):
    """A format: its name for people, its media type, the ending of its files, and its writer."""

    name: str
    media_type: str
    ending: str
    write: Callable[[Iterable[Reference], Vocabulary], Iterator[str]]


EXPORTERS: Mapping[str, Exporter] = {
    "ris": Exporter("RIS", "application/x-research-info-systems", "ris", ris.write),
    "bibtex": Exporter("BibTeX", "application/x-bibtex", "bib", bibtex.write),
    "csl_json": Exporter("CSL-JSON", "application/vnd.citationstyles.csl+json", "json", csl_json.write),
    "csv": Exporter("CSV", "text/csv; charset=utf-8", "csv", csv.write),
    "nbib": Exporter("MEDLINE (NBIB)", "application/nbib", "nbib", nbib.write),
    "markdown": Exporter("reading list (Markdown)", "text/markdown; charset=utf-8", "md", markdown.write),
}


def export(
    publications: Iterable[Publication], exporter: Exporter, rights: Mapping[str, Policy], vocabulary: Vocabulary
) -> Iterator[bytes]:
    """`publications` in the format of `exporter`, in UTF-8, piece by piece; abstracts as far as `rights` allow."""
    released = (reference(each, rights) for each in publications)
    return (piece.encode() for piece in exporter.write(released, vocabulary))
