"""Marking a question's words in a text, and choosing the passage that shows most of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from kb.text import words
from kb.vocabulary import Vocabulary

_CHOSEN = 200  # marks among which a passage may begin; the rest of a very long text is not looked at
WIDTH = 280  # characters of a passage: about three lines on a page, six on a phone


class Span(msgspec.Struct, frozen=True):
    """A piece of text, marked or not; the pieces of a text joined are the text."""

    text: str
    marked: bool


class _Mark(msgspec.Struct, frozen=True):
    start: int
    end: int
    what: str


def marked(text: str, concepts: Collection[str], stems: Collection[str], vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The whole of `text`, cut at every mention of the concepts and every word of these stems."""
    return _cut(text, 0, len(text), _marks(text, concepts, stems, vocabulary))


def passage(text: str, concepts: Collection[str], stems: Collection[str], vocabulary: Vocabulary) -> tuple[Span, ...]:
    """The passage of at most `WIDTH` characters with the most different marks; the first where none is."""
    marks = _marks(text, concepts, stems, vocabulary)
    start = max(0, _best(marks) - WIDTH // 5)
    start = 0 if start < WIDTH // 5 else _word_start(text, start)
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + WIDTH // 2)
    spans = _cut(text, start, end, marks)
    before = (Span("… ", False),) if start else ()
    after = (Span(" …", False),) if end < len(text) else ()
    return (*before, *spans, *after)


def _marks(text: str, concepts: Collection[str], stems: Collection[str], vocabulary: Vocabulary) -> tuple[_Mark, ...]:
    named = [
        _Mark(each.start, each.end, each.concept) for each in vocabulary.mentions(text) if each.concept in concepts
    ]
    spelled = [_Mark(word.start, word.end, word.stem) for word in words(text) if word.stem in stems]
    kept: list[_Mark] = []
    for mark in sorted((*named, *spelled), key=lambda each: (each.start, -each.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _best(marks: Sequence[_Mark]) -> int:
    """Where the passage with the most different marks begins; of equals the tightest, then the earliest."""

    def shown(first: _Mark) -> tuple[int, int]:
        seen: set[str] = set()
        tight = first.end
        for mark in marks:
            if first.start <= mark.start and mark.end <= first.start + WIDTH * 4 // 5 and mark.what not in seen:
                seen.add(mark.what)
                tight = mark.end
        return len(seen), first.start - tight

    return max(marks[:_CHOSEN], key=shown).start if marks else 0


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 or at


def _cut(text: str, start: int, end: int, marks: Sequence[_Mark]) -> tuple[Span, ...]:
    spans: list[Span] = []
    at = start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            spans += [Span(text[at : mark.start], False), Span(text[mark.start : mark.end], True)]
            at = mark.end
    spans.append(Span(text[at:end], False))
    return tuple(each for each in spans if each.text)
