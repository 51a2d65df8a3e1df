"""An abstract read once: the views that the extractors share, so that each looks and none reads again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from ingest.extractors.numbers import Number, numbers
from ingest.extractors.sentences import Role, Sentence, sentences
from kb.record import Section
from kb.vocabulary import Mention, Vocabulary

# The longest abstracts of PubMed run to some 10,000 characters; what lies beyond is not read.
LONGEST = 20_000
# One character for one, so that every offset holds; some fonts' hyphens are among them.
_PLAIN_SPACES = str.maketrans(
    dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u2010\u2011", "-")
)


class Reading(msgspec.Struct, frozen=True, eq=False):
    """The text, its odd spaces made plain, with its sentences, numbers and mentions of concepts, each in order.

    Two readings are the same only if they are one object: so what is worked out of one can be kept by it cheaply.
    """

    abstract: str
    title: str
    sentences: tuple[Sentence, ...]
    numbers: tuple[Number, ...]
    mentions: tuple[Mention, ...]
    title_mentions: tuple[Mention, ...]

    def sentence_at(self, at: int) -> Sentence | None:
        """The sentence that holds the character at `at`; None within a label."""
        i = bisect_right(self.sentences, at, key=lambda each: each.start) - 1
        return self.sentences[i] if i >= 0 and at < self.sentences[i].end else None

    def numbers_in(self, start: int, end: int) -> tuple[Number, ...]:
        """The numbers that begin in `abstract[start:end]`."""
        first = bisect_left(self.numbers, start, key=lambda each: each.start)
        return self.numbers[first : bisect_left(self.numbers, end, key=lambda each: each.start)]

    def section_at(self, at: int) -> Role | None:
        """The role of the sentence at `at`."""
        sentence = self.sentence_at(at)
        return sentence.section if sentence else None


def read(abstract: str, title: str, sections: tuple[Section, ...], vocabulary: Vocabulary) -> Reading:
    """Read `abstract` (its first `LONGEST` characters) and `title` with the concepts of `vocabulary`."""
    kept = abstract[:LONGEST]
    text = kept.translate(_PLAIN_SPACES)
    return Reading(
        abstract=text,
        title=title,
        sentences=sentences(text, sections),
        numbers=numbers(kept),
        mentions=vocabulary.mentions(text) if text else (),
        title_mentions=vocabulary.mentions(title[:LONGEST]),
    )
