"""Find the spin: the abstract, its conclusion, questions to it, and what our rules ask, hidden.

Spin is a conclusion that says more than the results carry. There may be none: the exercise says so, so that nobody
learns to find what is not there. The questions are those of `kb.conclusion_check`, turned to a reader. It needs the
authors' words, so it is there only where an abstract is stored and all of it may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from kb.conclusion_check import prompts
from kb.extraction import Extraction
from kb.marking import Block, Stretch, blocks
from kb.publication import Publication
from kb.rights import Policy
from kb.teaching.head import head
from kb.teaching.questions import form
from kb.teaching.types import Blank, Filled, Part, Passage, Sheet
from kb.teaching.worksheet import NO_PROMPT, readers, results
from kb.vocabulary import Vocabulary
from kb.votes import ONE_GROUP

INTRO = (
    "Spin is a conclusion that says more than the results carry. There may be none here. Read the abstract, then "
    "answer with its own words."
)
NO_ABSTRACT = "No abstract is held here, and this exercise needs the authors’ words."
MAY_NOT = "The abstract belongs to its publisher and may not be shown here, and this exercise needs the authors’ words."
LINKS = "The links in the head of this sheet lead to the document: the journal-club sheet can be used with it."
PLAN = "A protocol has no results yet, so that its conclusion cannot say more than they carry."
_STOPS = ".!?)”’"
ASKED = (
    "Which words of the conclusion claim something of the treatment? Mark them.",
    "For each claim: is there a result that compares groups, and compared with whom?",
    "Which results showed no difference, and does the conclusion name them?",
    "Does the conclusion name an outcome of which no result is given?",
    "Does it speak of people who were not studied?",
    "Does it say that no harm is to be feared? Which harms were looked for?",
    "Does it tell others what to do? On which result does that rest?",
    "Write the conclusion anew, so that each word of it rests on a result.",
)


def no_spin(publication: Publication, policy: Policy) -> str | None:
    """Why there is no exercise."""
    if form(publication) == "protocol":
        return PLAN
    if not publication.record.abstract:
        return NO_ABSTRACT
    return None if policy == "full" else MAY_NOT


def spin(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The exercise, or why there is none. `policy` is that of the abstract."""
    blank = Sheet(name="spin", title="Find the spin", head=head(publication))
    if unfit := no_spin(publication, policy):
        links = LINKS if unfit != PLAN and publication.record.identifiers else None
        return msgspec.structs.replace(blank, unfit=unfit, instead=links)
    asked = tuple(Blank(ask=each, lines=2 if each is ASKED[-1] else 1) for each in ASKED)
    return msgspec.structs.replace(
        blank,
        intro=(INTRO,),
        passages=tuple(_passages(publication)),
        parts=(Part(None, asked),),
        key=tuple(_key(publication, vocabulary, policy)),
        key_intro=readers(publication.facts),
    )


def _passages(publication: Publication) -> Iterator[Passage]:
    """The abstract in its paragraphs, cut where the conclusion begins and ends."""
    abstract = publication.record.abstract or ""
    found = publication.facts.conclusion
    said = _whole(abstract, found.stretch) if found and found.stretch else None
    for block in blocks(abstract, publication.record.sections):
        label = block.label
        for start, end in _cut(block, said):
            text = abstract[start:end].strip()
            if text:
                yield Passage(label, text, said is not None and said[0] <= start < said[1])
                label = None


def _whole(abstract: str, said: Stretch) -> Stretch:
    """`said` with the stop behind it, which no finding has."""
    end = said[1]
    while end < len(abstract) and abstract[end] in _STOPS:
        end += 1
    return said[0], end


def _cut(block: Block, said: Stretch | None) -> Iterator[Stretch]:
    inside = [each for each in said or () if block.start < each < block.end]
    cuts = [block.start, *inside, block.end]
    yield from pairwise(cuts)


def _key(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Iterator[Filled]:
    facts = publication.facts
    asked = tuple(each.question for each in prompts(publication.record.abstract, facts, vocabulary))
    none = NO_PROMPT if facts.conclusion else "No conclusion was found in this abstract."
    yield Filled(ask="What our rules ask of the conclusion", notes=asked or (none,))
    yield Filled(
        ask="What was read of the results",
        results=results(publication, vocabulary, policy),
        notes=tuple(_counted(facts)),
    )


def _counted(facts: Extraction) -> Iterator[str]:
    """How many results compare groups: what a claim can rest on."""
    alone = facts.design is not None and facts.design.value in ONE_GROUP
    compared = [each.value for each in facts.outcomes if each.value.basis == "between_groups" and not alone]
    total, between = len(facts.outcomes), len(compared)
    if not total:
        yield "No outcome was read from this abstract."
        return
    same = sum(each.benefit == "no_difference" for each in compared)
    yield f"Results that compare groups: {between} of {total}; of these {same} found no difference."
    yield "These are questions and counts, and no verdict: the full text may answer them."
