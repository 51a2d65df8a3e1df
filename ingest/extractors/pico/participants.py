"""The phrase of an abstract that says who the participants were, as written.

The first span of words about participants that names people and tells something of them, from the sentences that
say what was done, else from those that say what was asked. A background speaks of people in general, a span
without people ("low back pain") is a condition, and "360 women" is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.extractors.people import PEOPLE
from ingest.extractors.pico.tagger import Label, load
from ingest.extractors.pico.words import WORD
from ingest.extractors.reading import Reading
from kb.extraction import Finding

_NAMES_PEOPLE = re.compile(rf"\b{PEOPLE}\b", re.IGNORECASE)
# What hangs loose at either end of a phrase and says nothing of who they were.
_LOOSE = re.compile(
    r"[\W_]+|of|in|with|and|or|the|a|an|for|by|were|was|are|is|will|be|who|from|to|on|at|that|which|whose|total|"
    r"included?|enrolled|recruited|eligible|treated|receiving|participated|this|study|trial|than|no|not|either|"
    r"whom|them|n|all|among|altogether|comprised|aged?|years?",
    re.IGNORECASE,
)
# Where the sentence goes on to say what was done with them, unless a relative clause does.
_DONE = frozenset("will were was are is participated underwent received took completed attended volunteered".split())
_RELATIVE = frozenset("who that which whom and not".split())
_COUNTED = re.compile(
    r"\d.*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|hundred|thousand"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)",
    re.IGNORECASE,
)
_LEAST, _MOST = 2, 40  # words of a phrase, those that say something and all
_Words = Sequence[re.Match[str]]


def people(reading: Reading) -> Finding[str] | None:
    """The phrase, pinned to its characters in the abstract; None where no sentence has a good one."""
    studied = [each for each in reading.sentences if each.section in ("methods", "objective")]
    if not studied:
        return None
    cut = [list(WORD.finditer(reading.abstract, each.start, each.end)) for each in studied]
    words = [WORD.findall(reading.title), *([each.group() for each in sentence] for sentence in cut)]
    labels = load().labels(words, [None, *(each.section for each in studied)])[1:]
    for section in ("methods", "objective"):
        for sentence, matches, said in zip(studied, cut, labels, strict=True):
            for phrase in _phrases(matches, said) if sentence.section == section else ():
                start, end = phrase[0].start(), phrase[-1].end()
                if _tells(phrase) and _names_people(phrase):
                    return Finding(reading.abstract[start:end], start, end, rule="sample:people")
    return None


def _phrases(words: _Words, labels: Sequence[Label]) -> Iterator[_Words]:
    """The runs of words about participants, without what hangs loose at their ends."""
    here = [label == "I-PAR" for label in labels]
    for i in range(1, len(here) - 1):  # a joining word between two such words belongs to both
        here[i] = here[i] or (here[i - 1] and here[i + 1] and bool(_LOOSE.fullmatch(words[i].group())))
    bounds = [i for i, (before, now) in enumerate(pairwise([False, *here, False])) if before != now]
    for first, behind in zip(bounds[::2], bounds[1::2], strict=True):
        while first < behind and _LOOSE.fullmatch(words[first].group()):
            first += 1
        behind = _until_done(words, first, behind)
        while first < behind and words[behind - 1].group() != ")" and _LOOSE.fullmatch(words[behind - 1].group()):
            behind -= 1
        while first and all(_COUNTED.fullmatch(each.group()) for each in words[first - 1 : first + 1]):
            first -= 1  # "two hundred" is one number
        if first < behind <= first + _MOST:
            yield _counted(words[first:behind])


def _until_done(words: _Words, first: int, behind: int) -> int:
    """Where the phrase ends: before a verb of what was done, and before a bracket that does not close."""
    depth = opened = 0
    for i in range(first, behind):
        word = words[i].group().lower()
        if word == "(":
            depth, opened = depth + 1, i if depth == 0 else opened
        elif word == ")":
            if depth == 0:
                return i
            depth -= 1
        elif depth == 0 and word in _DONE and i > first and words[i - 1].group().lower() not in _RELATIVE:
            return i
    return opened if depth else behind


def _counted(phrase: _Words) -> _Words:
    """The phrase from the count behind a comma on, where what stands before it names no people or is said again."""
    for i in range(1, len(phrase) - 1):
        head, tail = phrase[:i], phrase[i + 1 :]
        apart = phrase[i].group() == "," and phrase[i].end() < tail[0].start()  # not the comma of 1,024
        if apart and _COUNTED.fullmatch(tail[0].group()) and _names_people(tail):
            again = {each.group().lower() for each in tail}
            if not _names_people(head) or all(each.group().lower() in again for each in head):
                return tail
    return phrase


def _names_people(phrase: _Words) -> bool:
    return any(_NAMES_PEOPLE.search(each.group()) for each in phrase)


def _tells(phrase: _Words) -> bool:
    """Whether more is said than how many people they were."""
    said = [
        each.group() for each in phrase if not _LOOSE.fullmatch(each.group()) and not _COUNTED.fullmatch(each.group())
    ]
    return len(said) >= _LEAST
