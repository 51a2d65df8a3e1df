"""A hit as it is shown: its words marked, the passage that says most, and why it was found."""

from __future__ import annotations

from collections.abc import Iterator

from kb.index.tree import And, Concept, Node, Or, Word
from kb.publication import Publication
from kb.question import Part, Reading, Understood, asked
from kb.search.answers import Chip, Hit, Reason, Where
from kb.search.asking import Asked
from kb.snippet import marked, passage
from kb.text import stems, words
from kb.vocabulary import Concept as VocabularyConcept
from kb.vocabulary import Vocabulary
from kb.wording import other_names

_NAMES = ("authors", "journal")  # texts that name people and places, and no concept


class Shower:
    """Shows the hits of one question. What each has of it is what the index found, and not what is marked."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary, found: Asked, ids: tuple[str, ...]) -> None:
        self._reading, self._vocabulary = reading, vocabulary
        leaves = [node for each in reading.parts for node in _leaves(each.must)]
        asked_with = [node.id for node in leaves if isinstance(node, Concept)]
        self._kinds = {each: vocabulary.narrower(each) for each in (*reading.concepts, *asked_with)}
        self._concepts = frozenset(id for each in self._kinds.values() for id in each)
        self._whole, self._spared = found.whole(ids), found.rung.spared
        self._having = [(part, found.having(part, ids)) for part in asked(reading)]

    def hit(self, publication: Publication) -> Hit:
        """The hit that `publication` is."""
        record, id = publication.record, publication.id
        text, of = (record.abstract, "abstract") if record.abstract else (record.summary, "summary")
        concepts, stems = self._concepts, self._reading.stems
        texts = _texts(publication)
        lacks = [part for part, having in self._having if id not in having and part not in self._spared]
        return Hit(
            publication=publication,
            title=marked(record.title, concepts, stems, self._vocabulary),
            snippet=passage(text, concepts, stems, self._vocabulary) if text else (),
            snippet_of=of if text else None,  # type: ignore[arg-type]
            reasons=tuple(self._reason(part, texts) for part, having in self._having if id in having),
            whole=id in self._whole,
            lacks=tuple(part.text for part in lacks),
            otherwise=tuple(part.text for part in lacks if part.kind == "concept" and _stands(part.text, texts)),
        )

    def _reason(self, part: Part, texts: dict[Where, str]) -> Reason:
        """As which words a publication has a part of the question; none where only its facts or headings have it."""
        forms: dict[Where, tuple[str, ...]] = {}
        for node in _leaves(part.must):
            for place, text in texts.items():
                forms[place] = (*forms.get(place, ()), *self._forms(node, place, text))
        where = tuple(place for place, found in forms.items() if found)
        return Reason(part.text, _different(form for found in forms.values() for form in found), where or ("facts",))

    def _forms(self, node: Node, where: Where, text: str) -> tuple[str, ...]:
        """The words of one of its texts in which a publication has what is asked for."""
        match node:
            case Concept(id):
                return self._names(text).get(id, ()) if where not in _NAMES else ()
            case Word(stem):
                return _forms(text, stem)
        return ()

    def _names(self, text: str) -> dict[str, tuple[str, ...]]:
        """For each concept of the question, the words of `text` that name it, or a kind of it."""
        found: dict[str, dict[str, None]] = {}
        for mention in self._vocabulary.mentions(text):
            instrument = self._vocabulary.instrument(mention.concept)
            for concept, kinds in self._kinds.items():
                if (instrument.outcome if instrument else mention.concept) in kinds:
                    found.setdefault(concept, {})[text[mention.start : mention.end]] = None
        return {concept: _different(forms) for concept, forms in found.items()}


def chips(reading: Reading, spared: tuple[Part, ...], vocabulary: Vocabulary) -> tuple[Chip, ...]:
    """The chips of what was understood, without the words that the answer does not require."""
    words = {word.stem for each in spared for word in _leaves(Or(each.says or (each.must,))) if isinstance(word, Word)}
    required = (e for e in reading.understood if e.kind != "word" or e.excluded or set(stems(e.text)) - words)
    return tuple(_chip(each, vocabulary) for each in required)


def _chip(understood: Understood, vocabulary: Vocabulary) -> Chip:
    if understood.kind == "comparator" and understood.concept and (row := vocabulary.comparator(understood.concept)):
        said = "compared with", row.name, row.name, (), understood.without
        return Chip(*said, excluded=understood.excluded, either=understood.either)
    concept = vocabulary.concept(understood.concept) if understood.concept else None
    design = vocabulary.design(understood.concept) if understood.concept else None
    named = concept or design
    return Chip(
        kind=understood.kind,
        name=named.name if named else understood.text,
        text=understood.text,
        also=(*other_names(concept), *_asked_with(concept, vocabulary)) if concept else (),
        without=understood.without,
        senses=concept.excludes if concept else (),
        excluded=understood.excluded,
        concept=concept.id if concept else None,
        either=understood.either,
        wider=understood.wider,
    )


def _asked_with(concept: VocabularyConcept, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names of the concepts that a question of this one means too."""
    return tuple(each.name for id in concept.asked_with if (each := vocabulary.concept(id)))


def _leaves(node: Node) -> Iterator[Node]:
    """What any of is asked for, and of words that belong together each."""
    if isinstance(node, (Or, And)):
        for each in node.parts:
            yield from _leaves(each)
    else:
        yield node


def _stands(said: str, texts: dict[Where, str]) -> bool:
    """Whether a reader sees these words, one after the other, in what is shown."""
    phrase = stems(said)
    if not phrase:
        return False
    begun = phrase[0][:3]  # no word of this stem stands in a text without these letters, and few texts are analysed
    shown = [stems(text) for where, text in texts.items() if where not in _NAMES and begun in text.casefold()]
    return any(phrase == text[at : at + len(phrase)] for text in shown for at in range(len(text)))


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


def _forms(text: str, stem: str) -> tuple[str, ...]:
    return _different(text[word.start : word.end] for word in words(text) if word.stem == stem)


def _different(forms: object) -> tuple[str, ...]:
    """Each form once, whatever its capitals, as first written."""
    return tuple({form.casefold(): form for form in reversed(list(forms))}.values())[::-1]  # type: ignore[call-overload]
