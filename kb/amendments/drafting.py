"""A correction as a curator sends it, held against the publication as it is: refused, or made whole."""

from __future__ import annotations

from typing import Any

import msgspec

from kb.amendments import values
from kb.amendments.fields import FIELDS, IN_ARMS, Field, field_of
from kb.amendments.types import Correction, What
from kb.amendments.values import canonical
from kb.amendments.words import LONGEST, located
from kb.errors import CorrectionError
from kb.extraction import Extraction, Finding, findings
from kb.publication import Publication
from kb.vocabulary import Vocabulary

_NOTE = 500  # characters


def draft(
    publication: Publication,
    vocabulary: Vocabulary,
    *,
    path: str,
    what: What,
    value: str | None = None,
    seen: str | None = None,
    words: str = "",
    document: str = "",
    note: str = "",
) -> Correction:
    """What is to be kept of a person's word on the fact at `path` (as `kb.extraction.findings` names it).

    An `add` names a field (`outcomes`) or, for a fact of a group, the group too (`method.arms.0.n`). `seen` is the
    value (JSON) that the person looked at, where that is known. Raises `CorrectionError`, whose message says what is
    wrong: an unknown path, a value of another type or with ids that the vocabulary does not have, words that do not
    stand in the abstract.
    """
    field, fact = _field(path), place_of(publication.facts, path)
    if what == "add":
        _free(field, fact)
        stated = canonical(values.read(field, value or "", vocabulary))
        if field.many and any(canonical(each.value) == stated for each in _all(publication.facts, field_of(path))):
            raise CorrectionError(f"{field.label}: this is stated already; confirm it.")
    else:
        if fact is None:
            raise CorrectionError(f"This publication has no fact at {path[:80]!r}.")
        stated = canonical(fact.value)
        if seen is not None and seen != stated:
            raise CorrectionError(f"{field.label} was changed while you looked at it. Look at it again.")
        if what == "correct":
            stated = _other(field, canonical(values.read(field, value or "", vocabulary)), stated)
    said = Correction(path=field_of(path), what=what, value=stated, made_on=publication.id, arm=_arm(publication, path))
    about = _subject(publication, fact) if what != "add" else {}
    return msgspec.structs.replace(said, **about, **_evidence(publication, what, words, document, note))


def place_of(facts: Extraction, path: str) -> Finding[Any] | None:
    """The finding at `path`, if there is one."""
    return next((each for where, each in findings(facts) if where == path), None)


def _field(path: str) -> Field:
    field = FIELDS.get(field_of(path))
    if field is None:
        raise CorrectionError(f"There is no fact {path[:80]!r}.")
    return field


def _free(field: Field, fact: Finding[Any] | None) -> None:
    if fact is not None:
        raise CorrectionError(f"{field.label} is stated already; correct it, or confirm it.")


def _all(facts: Extraction, field: str) -> list[Finding[Any]]:
    return [each for where, each in findings(facts) if field_of(where) == field]


def _other(field: Field, stated: str, before: str) -> str:
    if stated == before:
        raise CorrectionError(f"{field.label}: that is what it says already; confirm it instead.")
    return stated


def _subject(publication: Publication, fact: Finding[Any] | None) -> dict[str, Any]:
    """Which fact of its field it is, below all that was said of it so far."""
    last = next((each for each in publication.corrections if fact is not None and each.rule == fact.rule), None)
    if last is not None:
        return {"of": last.of, "start": last.start, "adds": last.adding}
    return {"of": canonical(fact.value), "start": fact.start} if fact is not None else {}


def _arm(publication: Publication, path: str) -> str | None:
    """The name of the group that a fact is of, as it was read; raises `CorrectionError` where there is none."""
    if not field_of(path).startswith(IN_ARMS):
        return None
    arm = place_of(publication.facts, ".".join(path.split(".")[:3]))
    if arm is None:
        raise CorrectionError("This publication has no such group.")
    said = _subject(publication, arm)
    read = said["of"] if said["of"] is not None else canonical(arm.value)
    name: str = msgspec.json.decode(read)["name"]
    return name


def _evidence(publication: Publication, what: What, words: str, document: str, note: str) -> dict[str, str | None]:
    """The words of the abstract, or the document where no abstract is stored; a mere yes or no may leave out both."""
    abstract, said = publication.record.abstract, words.strip()
    place, why = " ".join(document.split()), " ".join(note.split())
    if len(said) > LONGEST or len(place) > _NOTE or len(why) > _NOTE:
        raise CorrectionError(f"Words of the abstract have at most {LONGEST} characters, all else at most {_NOTE}.")
    if not (why + place).isprintable():
        raise CorrectionError("Where it was read, or the reason, holds a character that cannot be shown.")
    if said and located(said, abstract) is None:
        raise CorrectionError("These words do not stand in the stored abstract. Copy them from it, letter by letter.")
    if what in ("correct", "add"):
        if abstract and not said:
            raise CorrectionError("Say which words of the abstract say it.")
        if not abstract and not place:
            raise CorrectionError("No abstract is stored: say in which document you read it.")
    return {"words": said or None, "document": place or None, "note": why or None}
