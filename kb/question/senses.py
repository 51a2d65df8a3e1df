"""Which stretches of a question name something of the vocabulary, in which sense, and which are alternatives.

An abstract is read by its names alone. A question is shorter and says more by where a word stands: what stands behind
"compared with" is what treatments were compared with, "swedish or thai" means either of them, whatever they are
(`kb.question.alternatives`), and harm is asked for in many words (`kb.question.harm`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.question.alternatives import alternatives, treatments
from kb.question.fillers import FILLERS, HINTS
from kb.question.harm import ADVERSE_EVENTS, harms
from kb.question.sense import Sense
from kb.text import words
from kb.vocabulary import Mention, Vocabulary

_KINDS = ("condition", "technique", "outcome", "population", "design")
_COMPARING = re.compile(
    r"(?<!\w)(?:compar(?:ed|ing|ison)\s+(?:with|to|against|and)|versus|vs\.?|than|rather\s+than|against|instead\s+of)\s+"
    r"(?:(?:a|an|the|just|only|some|doing|having|getting|using|to|with)\s+){0,3}",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s*,?\s+or\s+(?:(?:a|an|the|just|only|some|with|to)\s+){0,3}", re.IGNORECASE)


def senses(text: str, vocabulary: Vocabulary) -> tuple[tuple[Sense, ...], ...]:
    """What `text` names, left to right, none overlapping; each with its alternatives, where it has any."""
    mentions = (*_mentions(text, vocabulary), *vocabulary.design_mentions(text))
    said = [*_compared(text, mentions, vocabulary), *map(_sense, harms(text, mentions))]
    said += [each for each in treatments(text, mentions, vocabulary) if _apart(each, said)]
    kept: list[Sense] = []
    for each in (*said, *map(_sense, sorted(mentions, key=lambda each: each.start - each.end))):
        if (each in said or each.kind in _KINDS) and _apart(each, kept):
            kept.append(each)
    return tuple(alternatives(text, sorted(kept, key=lambda each: each.start), vocabulary))


def _mentions(text: str, vocabulary: Vocabulary) -> tuple[Mention, ...]:
    """The mentions of a question. Names that only questions give to harm do not count where something else is meant.

    So it is where no treatment is named and words are left: "is it safe in pregnancy" asks of harm by massage,
    "are avocados safe" and "food safety authority" do not.
    """
    mentions = vocabulary.mentions(text, question=True)
    if ADVERSE_EVENTS not in {each.concept for each in mentions} or any(each.kind == "technique" for each in mentions):
        return mentions
    named = [range(each.start, each.end) for each in mentions]
    left = [each for each in words(text) if not any(each.start in one for one in named)]
    if all(each.stem in FILLERS | HINTS for each in left):
        return mentions
    known = {each.start for each in vocabulary.mentions(text)}
    return tuple(each for each in mentions if each.concept != ADVERSE_EVENTS or each.start in known)


def _sense(mention: Mention) -> Sense:
    return Sense(mention.concept, mention.kind, mention.start, mention.end, mention.start)


def _apart(sense: Sense, others: Sequence[Sense]) -> bool:
    return all(sense.end <= other.start or other.end <= sense.start for other in others)


def _compared(text: str, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Sense]:
    """The classes of comparators that stand behind a word of comparing.

    A technique is one where its name is nearly always a sham's ("light pressure massage"); others stay what they are.
    """
    comparing = list(_COMPARING.finditer(text))
    found = vocabulary.comparator_mentions(text) if comparing else ()
    named = {each.start: (each.concept, each.end) for each in found}
    for each in mentions:
        concept = vocabulary.concept(each.concept) if each.kind == "technique" else None
        row = vocabulary.comparator(concept.comparator) if concept and concept.comparator else None
        if row is not None and row.group == "attention_or_sham":
            named[each.start] = str(row.id), each.end
    for word in comparing:
        start, at = word.span()
        while at in named:  # "than rest or music"
            id, end = named[at]
            yield Sense(id, "comparator", start, end, at)
            following = _NEXT.match(text, end)
            start = at = following.end() if following else -1
