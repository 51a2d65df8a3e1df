"""A hit as it is shown: its words marked, the passage that says most, and why it was found."""

from __future__ import annotations

from kb.publication import Publication
from kb.question import Reading, Understood
from kb.search.answers import Chip, Hit, Reason, Where
from kb.snippet import marked, passage
from kb.text import words
from kb.vocabulary import Vocabulary

_SENSES = 4  # excluded senses that a chip names


class Shower:
    """Shows the hits of one question."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self._reading, self._vocabulary = reading, vocabulary
        self._kinds = {each: vocabulary.narrower(each) for each in reading.concepts}
        self._concepts = frozenset(id for each in self._kinds.values() for id in each)

    def hit(self, publication: Publication, *, whole: bool) -> Hit:
        """The hit that `publication` is."""
        record = publication.record
        text, of = (record.abstract, "abstract") if record.abstract else (record.summary, "summary")
        concepts, stems = self._concepts, self._reading.stems
        return Hit(
            publication=publication,
            title=marked(record.title, concepts, stems, self._vocabulary),
            snippet=passage(text, concepts, stems, self._vocabulary) if text else (),
            snippet_of=of if text else None,  # type: ignore[arg-type]
            reasons=self._reasons(publication),
            whole=whole,
        )

    def _reasons(self, publication: Publication) -> tuple[Reason, ...]:
        record = publication.record
        texts: dict[Where, str | None] = {"title": record.title, "abstract": record.abstract, "summary": record.summary}
        spoken = {where: text for where, text in texts.items() if text}
        named = {where: self._names(text) for where, text in spoken.items()}
        reasons = [
            _reason(each.text, {where: found.get(each.concept, ()) for where, found in named.items()})
            for each in self._reading.understood
            if each.concept and not each.excluded
        ]
        for stem in self._reading.stems:
            forms = {where: _forms(text, stem) for where, text in spoken.items()}
            if any(forms.values()):
                reasons.append(_reason(next(form for found in forms.values() for form in found), forms))
        return tuple(reasons)

    def _names(self, text: str) -> dict[str, tuple[str, ...]]:
        """For each concept of the question, the words of `text` that name it, or a kind of it."""
        found: dict[str, dict[str, None]] = {}
        for mention in self._vocabulary.mentions(text):
            for concept, kinds in self._kinds.items():
                if mention.concept in kinds:
                    found.setdefault(concept, {})[text[mention.start : mention.end]] = None
        return {concept: _different(forms) for concept, forms in found.items()}


def chips(reading: Reading, vocabulary: Vocabulary) -> tuple[Chip, ...]:
    """The chips of what was understood."""
    return tuple(_chip(each, vocabulary) for each in reading.understood)


def _chip(understood: Understood, vocabulary: Vocabulary) -> Chip:
    concept = vocabulary.concept(understood.concept) if understood.concept else None
    design = vocabulary.design(understood.concept) if understood.concept else None
    named = concept or design
    return Chip(
        kind=understood.kind,
        name=named.name if named else understood.text,
        text=understood.text,
        also=concept.synonyms if concept else (),
        without=understood.without,
        senses=concept.excludes[:_SENSES] if concept else (),
        excluded=understood.excluded,
    )


def _reason(asked: str, forms: dict[Where, tuple[str, ...]]) -> Reason:
    where = tuple(place for place, found in forms.items() if found)
    return Reason(asked, _different(form for found in forms.values() for form in found), where or ("facts",))


def _forms(text: str, stem: str) -> tuple[str, ...]:
    return _different(text[word.start : word.end] for word in words(text) if word.stem == stem)


def _different(forms: object) -> tuple[str, ...]:
    """Each form once, whatever its capitals, as first written."""
    return tuple({form.casefold(): form for form in reversed(list(forms))}.values())[::-1]  # type: ignore[call-overload]
