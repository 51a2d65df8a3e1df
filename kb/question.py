"""Reading a question: which concepts it names, which words are left, what was not understood.

A person types what they would say to a colleague. Concepts of the vocabulary are recognised under all
their names and matched by sense; the words left over must occur; words that only make a sentence of it
("does", "help", "people") are dropped. Nothing a person types is an error: what cannot be used is said
in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.index.tree import All, And, Concept, Maybe, Named, Node, Not, Or, Phrase, Word
from kb.record import identifier
from kb.text import stems, words
from kb.vocabulary import Mention, Vocabulary

LONGEST = 300  # characters of a question that are read; no question is longer, and costs grow with it

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_QUOTED = re.compile(r'(?<!\w)(-?)"([^"]*)"')
_MINUS = re.compile(r"(?<!\S)-(\w[\w'’]*)")
_IDENTIFIER = re.compile(r"^\s*(?:(pmid|doi)\s*:?\s*)?(10\.\d{4,9}/\S+|\d{4,9})\s*$", re.IGNORECASE)
_FILLERS = frozenset(
    stem
    for stem in stems(
        "a about after affect all am an and any are as at be because been best better between but by can could did do "
        "does during effect effective evidence ever find for from get give good had has have having he help her him "
        "his how i if in into is it its like make many may me much my of on or other our patient people person "
        "received receiving research say says science she should show shows so some studies study such than that the "
        "their them there these they this those to trial try treat treatment trials us use used using was way we "
        "well were what when where whether which while who whom why will with work working would you your"
    )
)


class Understood(msgspec.Struct, frozen=True):
    """A concept that the question names, with the words that named it and the question without them."""

    concept: str
    kind: str
    text: str
    without: str


class Reading(msgspec.Struct, frozen=True):
    """A question as read. `stems` are the plain words to mark in a hit; `excluded` what must not occur."""

    concepts: tuple[Understood, ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    stems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(text: str, vocabulary: Vocabulary, *, literal: bool = False) -> Reading:
    """Read `text`; with `literal`, as words alone."""
    question, notes = _tidy(text)
    named = _IDENTIFIER.match(question)
    if named and (found := identifier("doi" if "/" in named[2] else "pmid", named[2])):
        return Reading(required=(Named(f"{found.scheme}:{found.value}"),), notes=tuple(notes))
    plain, phrases, excluded = _marked(question)
    mentions = [] if literal else [each for each in vocabulary.mentions(plain, question=True) if _searchable(each)]
    left = [word.stem for word in words(_blank(plain, mentions)) if word.stem not in _FILLERS]
    if question and not (mentions or left or phrases or excluded):
        notes.append("There is no word in this question to search for, so everything is shown.")
    return Reading(
        concepts=tuple(_understood(mentions, plain, question)),
        required=(*phrases, *(Word(each) for each in dict.fromkeys(left))),
        excluded=excluded,
        stems=tuple(dict.fromkeys((*left, *(stem for phrase in phrases for stem in phrase.stems)))),
        notes=tuple(notes),
    )


def tree(reading: Reading, vocabulary: Vocabulary, *, every_word: bool = True) -> Node:
    """The engine's query: every concept, every word (or, without `every_word`, any), nothing excluded."""
    concepts = tuple(_concept(each.concept, vocabulary) for each in reading.concepts)
    words_left = reading.required
    if every_word or not words_left:
        wanted: Node = And((*concepts, *words_left)) if concepts or words_left else All()
    elif concepts:
        wanted = Maybe(And(concepts), Or(words_left))
    else:
        wanted = Or(words_left)
    return And((wanted, *(Not(each) for each in reading.excluded))) if reading.excluded else wanted


def _concept(id: str, vocabulary: Vocabulary) -> Node:
    concept = vocabulary.concept(id)
    names = (concept.name, *concept.synonyms) if concept else ()
    spelled = tuple(_words(found) for name in names if (found := stems(name)))
    return Maybe(Concept(id), Or(spelled))


def _words(found: tuple[str, ...]) -> Word | Phrase:
    return Word(found[0]) if len(found) == 1 else Phrase(found)


def _tidy(text: str) -> tuple[str, list[str]]:
    question = " ".join(_CONTROL.sub(" ", text).split())
    if len(question) <= LONGEST:
        return question, []
    return question[:LONGEST], [f"Only the first {LONGEST} characters of the question were read."]


def _marked(question: str) -> tuple[str, tuple[Phrase, ...], tuple[Node, ...]]:
    """The question without its "phrases" and -words, and those: (plain, phrases, excluded)."""
    phrases: list[Phrase] = []
    excluded: list[Node] = []
    for minus, quoted in _QUOTED.findall(question):
        if found := stems(quoted):
            if minus:
                excluded.append(Phrase(found))
            else:
                phrases.append(Phrase(found))
    plain = _QUOTED.sub(_spaces, question)
    excluded += [Word(found[0]) for found in map(stems, _MINUS.findall(plain)) if found]
    return _MINUS.sub(_spaces, plain).replace('"', " "), tuple(phrases), tuple(excluded)


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _searchable(mention: Mention) -> bool:
    return mention.kind in ("condition", "technique", "outcome", "population")


def _blank(text: str, mentions: list[Mention]) -> str:
    for each in mentions:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _understood(mentions: list[Mention], plain: str, question: str) -> Iterator[Understood]:
    for concept in dict.fromkeys(each.concept for each in mentions):
        ours = [each for each in mentions if each.concept == concept]
        # `plain` and `question` have the same length, so that the offsets hold in both.
        without = " ".join(_blank(question, ours).split())
        yield Understood(concept, ours[0].kind, plain[ours[0].start : ours[0].end], without)
