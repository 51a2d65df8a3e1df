"""Reading a question: which concepts it names, which words are left, what was not understood.

Concepts of the vocabulary are recognised under all their names and matched by sense; what is left is words, of
which those that only make a sentence of it ("does") are dropped, and those that say little ("help", "sessions") never
required. What is required is understood, so that a reader is shown it: concepts, words, phrases. Nothing a
person types is an error: what cannot be used is said in a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Literal

import msgspec

from kb.index.tree import And, Best, Concept, Has, Named, Node, Not, Or, Phrase, Prefix, Word
from kb.question.alternatives import spoken
from kb.question.fields import FIELDS
from kb.question.fillers import FILLERS, HINTS, UNITS
from kb.question.gathered import Gathered
from kb.question.parts import Part, Reading, Understood
from kb.question.sense import Sense
from kb.question.senses import senses
from kb.question.syntax import Both, Either, Expression, Fielded, Plain, Prefixed, Quoted, Without, parse
from kb.record import identifier
from kb.text import fold, stem, stems, words
from kb.vocabulary import Vocabulary

LONGEST = 1_000  # characters of a question that are read; no question is longer, and costs grow with it
SHORTEST = 3  # letters that a word which is only begun must have

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_IDENTIFIER = re.compile(r"(?:pmid|doi)\s*:?\s*(10\.\d{4,9}/\S+|\d{4,9})|(10\.\d{4,9}/\S+|\d{6,9})", re.IGNORECASE)

Mend = Callable[[str], str | None]


def read(text: str, vocabulary: Vocabulary, *, literal: bool = False, mend: Mend | None = None) -> Reading:
    """Read `text`; with `literal`, as words alone. `mend` gives the right spelling of a word, if it knows it."""
    question, notes = _tidy(text)
    named = None if literal else _IDENTIFIER.fullmatch(question)
    if named is not None:
        number = named[1] or named[2]
        scheme: Literal["doi", "pmid"] = "doi" if "/" in number else "pmid"
        if (found := identifier(scheme, number)) is not None:
            chip = Understood(scheme, None, number, question, ((0, len(question)),))
            return Reading(question, (Part("filter", Named(f"{scheme}:{found.value}")),), (chip,))
    if mend is not None and not literal:
        question = _mended(question, mend, notes)
    reader = _Reader(question, vocabulary, literal=literal, notes=notes)
    said: dict[tuple[str, Node, tuple[Node, ...]], Part] = {}
    for part in (part for each in parse(question).parts for part in reader.parts(each)):
        key = part.kind, part.must, part.says
        said[key] = msgspec.structs.replace(said[key], times=said[key].times + 1) if key in said else part
    parts = tuple(said.values())
    if question and not parts:
        notes.append("There is no word in this question to search for, so everything is shown.")
    stems_, pairs = dict.fromkeys(reader.stems), dict.fromkeys(reader.pairs)
    return Reading(
        question,
        parts,
        () if literal else tuple(reader.named.understood(vocabulary)),
        tuple(stems_),
        tuple(pairs),
        tuple(notes),
        literal,
    )


class _Reader:
    """Gathers what is understood on the way through a question's form."""

    def __init__(self, question: str, vocabulary: Vocabulary, *, literal: bool, notes: list[str]) -> None:
        self._question, self._vocabulary, self._literal, self._notes = question, vocabulary, literal, notes
        self.named = Gathered(question)
        self.stems: list[str] = []
        self.pairs: list[tuple[str, str]] = []

    def parts(self, expression: Expression) -> Iterator[Part]:
        """What an expression asks for, each thing by itself."""
        match expression:
            case Plain(start, end):
                yield from self._plain(start, end)
            case Quoted(_, _, text):
                if found := stems(text):
                    self.stems += found
                    self.named.add("phrase" if len(found) > 1 else "word", text, expression.start, expression.end)
                    yield Part("quoted", Word(found[0]) if len(found) == 1 else Phrase(found), text=text)
            case Prefixed():
                yield from self._prefix(expression)
            case Fielded():
                yield from self._field(expression)
            case Both(parts):
                if inner := self._all(parts):
                    yield Part("group", inner, text=self._text(expression))
            case Either(parts):
                if sides := list(self._sides(parts)):
                    yield Part("group", Or(tuple(sides)), text=self._text(expression))
            case Without(part):
                before, pairs = len(self.stems), len(self.pairs)
                self.named.excluding = not self.named.excluding
                inner = self._all((part,))
                self.named.excluding = not self.named.excluding
                del self.stems[before:], self.pairs[pairs:]  # what must not occur can be neither marked nor scored
                if inner:
                    yield Part("filter", Not(inner))

    def _sides(self, parts: tuple[Expression, ...]) -> Iterator[Node]:
        for number, each in enumerate(parts):
            self.named.either = number > 0
            if (side := self._all((each,))) is not None:
                yield side
        self.named.either = False

    def _text(self, expression: Both | Either) -> str:
        """How a group is written in the question, without its brackets."""
        stretches = list(_stretches(expression))
        return self._question[min(start for start, _ in stretches) : max(end for _, end in stretches)]

    def _all(self, expressions: tuple[Expression, ...]) -> Node | None:
        found = [part.strict for each in expressions for part in self.parts(each)]
        return found[0] if len(found) == 1 else And(tuple(found)) if found else None

    def _plain(self, start: int, end: int) -> Iterator[Part]:
        text = self._question[start:end]
        named = () if self._literal else senses(text, self._vocabulary)
        for alternatives in named:
            for number, each in enumerate(alternatives):
                said = each.concept or text[each.start : each.end].casefold()
                self.named.add(each.kind, said, start + each.start, start + each.end, either=number > 0)
            yield self._meant(text, alternatives)
        left = _blank(text, [(each.start, each.end) for alternatives in named for each in alternatives])
        yield from self._words(text, left, start)

    def _meant(self, text: str, alternatives: Sequence[Sense]) -> Part:
        """What is named, or any of several; each of these scores as it would by itself."""
        said: dict[Node, tuple[Word, ...]] = {}
        for one in alternatives:
            stems_ = spoken(text[one.at : one.end])
            self.stems += stems_ if one.kind == "word" else ()
            said[self._node(one, stems_)] = tuple(map(Word, stems_))
        kinds = {each.kind for each in alternatives}
        kind: Literal["comparator", "concept", "word"] = "concept"
        if kinds in ({"comparator"}, {"word"}):
            kind = "comparator" if kinds == {"comparator"} else "word"
        stretch = text[alternatives[0].start : alternatives[-1].end]
        if len(said) == 1:
            ((node, spoken_),) = said.items()
            return Part(kind, node, spoken_, stretch)
        says = tuple(each for node, words_ in said.items() for each in _says(node, words_))
        return Part(kind, Or(tuple(said)), says, stretch)

    def _words(self, text: str, left: str, at: int) -> Iterator[Part]:
        """What is left of `text`, which begins at `at`, where nothing was named. A literal search requires it all."""
        found = list(words(left))
        for word, following in zip(found, [*(each.stem for each in found[1:]), ""], strict=False):
            dose = following in UNITS and left[word.start : word.end].isdigit()
            kind: Literal["hint", "word"] = "hint" if dose or word.stem in HINTS else "word"
            if word.stem in FILLERS:
                continue
            if kind == "word" or self._literal:
                kind = "word"
                self.stems.append(word.stem)
                self.named.add("word", word.stem, at + word.start, at + word.end)
            yield Part(kind, Word(word.stem), text=text[word.start : word.end])
        self.pairs += _pairs(stems(text))

    def _node(self, sense: Sense, stems_: tuple[str, ...]) -> Node:
        if sense.kind == "word":
            return Word(stems_[0]) if len(stems_) == 1 else And(tuple(map(Word, stems_)))
        if sense.kind == "comparator":
            return Has("comparator", sense.concept)
        if sense.kind == "design":
            return Or(tuple(Has("design", each) for each in self._vocabulary.designs_within(sense.concept)))
        concept = self._vocabulary.concept(sense.concept)
        alike = concept.asked_with if concept else ()
        return Or(tuple(map(Concept, (sense.concept, *alike)))) if alike else Concept(sense.concept)

    def _prefix(self, begun: Prefixed) -> Iterator[Part]:
        if len(begun.text) < SHORTEST:
            self._notes.append(f"“{begun.text}*” is too short: give {SHORTEST} letters before the asterisk.")
        else:
            # An index holds stems, and a stem may end otherwise than the word: "therapy" is "therapi".
            folded = fold(begun.text)
            letters = takewhile(lambda pair: pair[0] == pair[1], zip(folded, stem(begun.text), strict=False))
            common = "".join(letter for letter, _ in letters)
            self.named.add("word", begun.text, begun.start, begun.end)
            yield Part("quoted", Prefix(common if len(common) >= SHORTEST else folded), text=f"{begun.text}*")

    def _field(self, said: Fielded) -> Iterator[Part]:
        word = FIELDS.get(said.name)
        if word is None:
            yield from self._plain(said.start, said.end)
        elif node := word(said.value, self._vocabulary):
            self.named.add(said.name, said.value, said.start, said.end, field=True)
            yield Part("filter", node)
        else:
            self._notes.append(f"“{said.name}:{said.value}” was not understood, and is searched as words.")
            yield from self._plain(said.at, said.at + len(said.value))


def _says(node: Node, said: tuple[Word, ...]) -> tuple[Node, ...]:
    """What an alternative scores by: its words each, or a concept under all its names where that is more."""
    return said if isinstance(node, (Word, And)) else (Best((node, Or(said))),)


def _stretches(expression: Expression) -> Iterator[tuple[int, int]]:
    match expression:
        case Both(parts) | Either(parts):
            yield from (stretch for part in parts for stretch in _stretches(part))
        case Without(part):
            yield from _stretches(part)
        case Plain() | Quoted() | Prefixed() | Fielded():
            yield expression.start, expression.end


def _pairs(stems: Sequence[str]) -> list[tuple[str, str]]:
    """Different words side by side, of which neither is a filler."""
    both = pairwise(stems)
    return [(first, second) for first, second in both if first != second and not {first, second} & FILLERS]


def _tidy(text: str) -> tuple[str, list[str]]:
    question = " ".join(_CONTROL.sub(" ", text).encode(errors="replace").decode().split())
    if len(question) <= LONGEST:
        return question, []
    return question[:LONGEST], [f"Only the first {LONGEST} characters of the question were read."]


def _mended(question: str, mend: Mend, notes: list[str]) -> str:
    """The question with its misspelt words put right, each with a note; not in quotation marks, brackets or fields."""
    plain = [each for each in parse(question).parts if isinstance(each, Plain)]
    stretches = [(at.start + w.start, at.start + w.end) for at in plain for w in words(question[at.start : at.end])]
    found = [(start, end, right) for start, end in stretches if (right := mend(question[start:end]))]
    notes += [f"“{question[start:end]}” was read as “{right}”." for start, end, right in found]
    for start, end, right in reversed(found):
        question = question[:start] + right + question[end:]
    return question


def _blank(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    for start, end in stretches:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
