"""What of an abstract may leave the installation. Facts and short quotes may; the text belongs to its publisher.

NLM holds no copyright of abstracts and gives no permission (nlm.nih.gov/databases/download.html), so the default
is `link_only`: citation, facts and a link. Whoever runs an installation may say otherwise for a source in
`touchstone.toml`; text under a Creative Commons licence may leave whole. Exports and, where `public = true`, pages
obey; people inside read the stored text, for that is how a fact is checked.

A fact may itself be a sentence of the abstract (the conclusion is), and so may the quote behind it: outside, neither
is longer than a short quote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

import msgspec

from kb.extraction import Finding
from kb.publication import Publication
from kb.record import Record

Policy = Literal["full", "excerpt", "link_only"]

EXCERPT = 300  # characters: two or three sentences
QUOTE = 80  # characters: a dozen words

_S = TypeVar("_S", bound=msgspec.Struct)

# A licence by its name or address; "Creative Commons" alone names none.
_LICENCE = re.compile(
    r"\bCC[ -]?(?:BY|0|Zero)\b|\bcreativecommons\.org/(?:licenses/by|publicdomain/zero)\b"
    r"|\bcreative[ -]commons[ -](?:attribution|zero|CC[ -]?(?:BY|0)|public domain dedication)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;]\s|\n")
_BEFORE = re.compile(
    r"\b(?:no|non|not|never|neither|nor|cannot|without|unlike|than|except\w*|exclud\w*|unless|until|once|after|if|only"
    r"|formerly|metadata|data|figures?|images?|tables?|supplement\w*)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:metadata|(?:data|figures?|images?|tables?|supplement\w*) only|only (?:to|for|the)|except\w*|exclud\w*"
    r"|embargo\w*|until|not (?:apply|applied|applicable|cover\w*|extend\w*|granted|given|available))\b"
    r"|n['\u2019]t (?:apply|cover|extend)\b",
    re.IGNORECASE,
)
_RESERVED = re.compile(
    r"\ball rights (?:are )?reserved\b|\b(?:closed|restricted|embargoed)[ -]?access\b"
    r"|\babstracts? (?:is|are|was|were) (?:not|excluded)\b",
    re.IGNORECASE,
)


def policy(publication: Publication, rights: Mapping[str, Policy]) -> Policy:
    """The policy for the abstract of `publication`, by the source it came from; `rights` may name a `default`.

    The licence is that of the record which gave the abstract (`kb.publication.merge`): what another source allows of
    its own text frees nobody else's.
    """
    if is_open(publication.record.rights):
        return "full"
    source = next((each.source for each in publication.sources if each.field == "abstract"), "")
    return rights.get(source, rights.get("default", "link_only"))


def full_text(record: Record) -> str | None:
    """Where the full text is known to be free: in PubMed Central, or at its DOI under a Creative Commons licence."""
    places = {each.scheme: each.url for each in record.identifiers}
    return places.get("pmcid") or (places.get("doi") if is_open(record.rights) else None)


def is_open(statement: str | None) -> bool:
    """Whether a statement of rights puts the text under a Creative Commons licence, named, without an "except".

    In doubt it does not: a statement may name a licence to deny it, or to give it to the metadata alone.
    """
    if not statement or _RESERVED.search(statement):
        return False
    return any(_grants(clause) for clause in _CLAUSE.split(statement))


def _grants(clause: str) -> bool:
    named = _LICENCE.search(clause)
    return named is not None and not _BEFORE.search(clause[: named.start()]) and not _BEHIND.search(clause, named.end())


def outside(abstract: str | None, allowed: Policy) -> str | None:
    """As much of `abstract` as may leave: all, its first sentences, or nothing."""
    if abstract is None or allowed == "link_only":
        return None
    if allowed == "full" or len(abstract) <= EXCERPT:
        return abstract
    return abstract[: max(abstract.rfind(" ", 0, EXCERPT), EXCERPT // 2)] + " …"


def quotation(words: str, allowed: Policy) -> str:
    """Words of the text as they may leave: as they are, or their beginning."""
    return words if allowed == "full" or len(words) <= QUOTE else words[:QUOTE].rsplit(" ", 1)[0] + " …"


def repeats(text: str, abstract: str | None) -> bool:
    """Whether `text` holds more than a short quote of `abstract` on end."""
    half = QUOTE // 2  # a stretch of QUOTE characters has a whole one of these pieces in it, wherever it begins
    pieces = (text[at : at + half] for at in range(0, len(text) - half + 1, half))
    return abstract is not None and any(each in abstract for each in pieces)


def told(facts: _S, allowed: Policy) -> _S:
    """`facts` as they may leave: what they say in the words of the text is no longer than a short quote."""
    if allowed == "full":
        return facts
    shortened: _S = _told(facts, allowed, said=False)
    return shortened


def _told(value: Any, allowed: Policy, *, said: bool) -> Any:
    """`value` with its words shortened; `said`: it is (part of) the value of a finding."""
    if isinstance(value, Finding):
        return msgspec.structs.replace(value, value=_told(value.value, allowed, said=True))
    if isinstance(value, msgspec.Struct):
        changes = {name: _told(getattr(value, name), allowed, said=said) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(_told(each, allowed, said=said) for each in value)
    return quotation(value, allowed) if said and isinstance(value, str) else value
