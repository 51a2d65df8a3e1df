"""A hit as it is shown: its words marked, the passage that says most, and why it was found."""

from __future__ import annotations

from kb.index.document import facets
from kb.publication import Publication
from kb.question import Reading, Understood
from kb.search.answers import Chip, Hit, Reason, Where
from kb.snippet import marked, passage
from kb.text import words
from kb.vocabulary import Vocabulary


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
        reasons, lacks = self._reasons(publication)
        return Hit(
            publication=publication,
            title=marked(record.title, concepts, stems, self._vocabulary),
            snippet=passage(text, concepts, stems, self._vocabulary) if text else (),
            snippet_of=of if text else None,  # type: ignore[arg-type]
            reasons=reasons,
            whole=whole,
            lacks=() if whole else lacks,
        )

    def _reasons(self, publication: Publication) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
        """By what it is found, and what of the question it is not found by."""
        texts = _texts(publication)
        named = {where: self._names(text) for where, text in texts.items() if where not in ("authors", "journal")}
        facts = _facts(publication, self._vocabulary)
        reasons: list[Reason] = []
        lacks: list[str] = []
        for each in self._reading.understood:
            if each.concept and not each.excluded:
                forms = {where: found.get(each.concept, ()) for where, found in named.items()}
                known = any(forms.values()) or facts & {*self._kinds[each.concept], each.concept}
                _note(each.text, forms, reasons, lacks, found=bool(known))
        for stem, word in self._words().items():
            forms = {where: _forms(text, stem) for where, text in texts.items()}
            _note(word, forms, reasons, lacks, found=any(forms.values()))
        return tuple(reasons), tuple(lacks)

    def _words(self) -> dict[str, str]:
        """The plain words of the question as typed, by stem."""
        question = self._reading.question
        typed = {word.stem: question[word.start : word.end] for word in words(question)}
        return {stem: typed.get(stem, stem) for stem in self._reading.stems}

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
        senses=concept.excludes if concept else (),
        excluded=understood.excluded,
    )


def _texts(publication: Publication) -> dict[Where, str]:
    record = publication.record
    texts: dict[Where, str | None] = {
        "title": record.title,
        "abstract": record.abstract,
        "summary": record.summary,
        "authors": " ".join(each.family for each in record.contributors),
        "journal": record.container,
    }
    return {where: text for where, text in texts.items() if text}


def _facts(publication: Publication, vocabulary: Vocabulary) -> frozenset[str]:
    """What the index holds as facts of a publication: values of its facets."""
    return frozenset(value for values in facets(publication, vocabulary).values() for value in values)


def _note(
    asked: str, forms: dict[Where, tuple[str, ...]], reasons: list[Reason], lacks: list[str], *, found: bool
) -> None:
    """What was asked is a reason, or lacking."""
    where = tuple(place for place, written in forms.items() if written)
    if found:
        reasons.append(Reason(asked, _different(form for each in forms.values() for form in each), where or ("facts",)))
    else:
        lacks.append(asked)


def _forms(text: str, stem: str) -> tuple[str, ...]:
    return _different(text[word.start : word.end] for word in words(text) if word.stem == stem)


def _different(forms: object) -> tuple[str, ...]:
    """Each form once, whatever its capitals, as first written."""
    return tuple({form.casefold(): form for form in reversed(list(forms))}.values())[::-1]  # type: ignore[call-overload]
