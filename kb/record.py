"""What arrives: a payload of bytes, and the bibliographic record that a parser reads from it.

A `Record` is what *one* source says of *one* publication. Text is normalised once, in the parser
(Unicode NFC, no control characters, single spaces); from then on every offset into `Record.abstract`
holds, which is what lets a fact be pinned to the words that say it. `None` means "not stated": there
is no "unknown" and no empty string.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

from kb.extraction import Extraction

Scheme = Literal["pmid", "pmcid", "doi", "registration"]


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes as received from `source`, where they are called `key`. `format` is what they proved to be."""

    source: str
    key: str
    body: bytes
    fetched_at: datetime
    format: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the body: the payload's name in the store."""
        return hashlib.sha256(self.body).hexdigest()


class Identifier(msgspec.Struct, frozen=True, order=True):
    """A public identifier of a publication. Build it with `identifier()`, which knows the shapes."""

    scheme: Scheme
    value: str

    @property
    def url(self) -> str | None:
        """Where a reader finds the publication under this identifier."""
        return {
            "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{self.value}/",
            "pmcid": f"https://pmc.ncbi.nlm.nih.gov/articles/{self.value}/",
            "doi": f"https://doi.org/{self.value}",
        }.get(self.scheme)


_SHAPES: dict[Scheme, re.Pattern[str]] = {
    "pmid": re.compile(r"[1-9]\d{0,8}"),
    "pmcid": re.compile(r"PMC[1-9]\d{0,8}"),
    "doi": re.compile(r"10\.\d{4,9}/\S{1,300}"),
    "registration": re.compile(r"[A-Za-z0-9][\w./-]{3,60}"),
}


def identifier(scheme: Scheme, text: str) -> Identifier | None:
    """`text` as an `Identifier`, or None where it has not the scheme's shape.

    DOIs are compared without case (DOI Handbook 3.4), so they are kept in lower case, without resolver.
    """
    value = text.strip()
    if scheme == "doi":
        value = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value, flags=re.IGNORECASE).lower()
        value = value.rstrip(".,;")
    elif scheme == "pmcid":
        value = value.upper() if value.upper().startswith("PMC") else f"PMC{value}"
    elif scheme == "pmid":
        value = value.lstrip("0")
    return Identifier(scheme, value) if _SHAPES[scheme].fullmatch(value) else None


class Contributor(msgspec.Struct, frozen=True):
    """A person (family name and what is given of the rest) or, with `given` None, perhaps a group."""

    family: str
    given: str | None = None
    role: Literal["author", "editor", "collective"] = "author"


class Section(msgspec.Struct, frozen=True):
    """A labelled part of an abstract: `abstract[start:end]` is its body, without the label."""

    label: str
    start: int
    end: int


NoticeKind = Literal[
    "correction",
    "expression_of_concern",
    "retracted",
    "retracted_and_replaced",
    "withdrawn",
    "reinstated",
    "retraction_notice",
]


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A correction, retraction or the like that a source attaches to a publication.

    `text` is the source's own reference or reason; `link` leads to the notice; `dated` is the notice's day and
    `listed_by` who says so, where that is another than the record's source.
    """

    kind: NoticeKind
    text: str
    link: str | None = None
    dated: date | None = None
    listed_by: str | None = None


def is_retracted(notices: Iterable[Notice]) -> bool:
    """Whether a publication with these notices counts as retracted: the latest dated of them decides.

    Without dates one retraction is enough, unless a reinstatement stands beside it.
    """
    last = sorted((each for each in notices if each.kind in _STANDING), key=lambda each: each.dated or date.min)
    undone = any(each.kind == "reinstated" for each in last if each.dated is None)
    return bool(last) and last[-1].kind != "reinstated" and not undone


_EMPTY = b',"references":[],"includes":[]}'
_STANDING = ("retracted", "retracted_and_replaced", "withdrawn", "reinstated")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of one publication.

    `source` and `key` name it for good: the same pair arriving again is an update, not a second record.
    `curated` holds facts that a person read in the document; `commentary` is talk around a citation,
    shown apart and never counted as evidence; `summary` is ours, never the authors'. A record that is
    `annotation` only adds to a publication known from elsewhere, and founds none. `references` is what it cites, as
    far as the source says so by identifiers, a cited work often by several; `includes` is what a person says that a
    review counts among its studies.
    """

    source: str
    key: str
    format: str
    title: str
    identifiers: tuple[Identifier, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    container: str | None = None
    container_abbreviation: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    abstract: str | None = None
    sections: tuple[Section, ...] = ()
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    subject_headings: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    commentary: tuple[str, ...] = ()
    summary: str | None = None
    rights: str | None = None
    curated: Extraction | None = None
    annotation: bool = False
    references: tuple[Identifier, ...] = ()
    includes: tuple[Identifier, ...] = ()

    @property
    def canonical(self) -> bytes:
        """The record's canonical JSON, as it is stored.

        The fields that came after the first stores (the last ones) are left out while they are empty: a record without
        references is the same today as it was then, so that nothing is told to have changed.
        """
        whole = msgspec.json.encode(self, order="deterministic")
        return whole.removesuffix(_EMPTY) + b"}" if whole.endswith(_EMPTY) else whole

    @property
    def digest(self) -> str:
        """SHA-256 of the record's canonical JSON: equal content, equal digest."""
        return hashlib.sha256(self.canonical).hexdigest()

    def value_of(self, scheme: Scheme) -> str | None:
        """The record's first identifier of `scheme`."""
        return next((each.value for each in self.identifiers if each.scheme == scheme), None)
