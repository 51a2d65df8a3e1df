"""The ledger of outcomes: from the sentences of results to rows with the words that say them.

One row an outcome and claim. Only results are read (conclusions where an abstract has no results), since
aims and conclusions repeat in hope or praise what results say in fact. A sentence is cut into clauses
(`phrases`); each word of change in it (`words`) is read in its place (`claims`, from `verbs` and `nouns`)
with the names that stand there (`places`, `names`). What a name measures and which way is better
(`measures`), compared with what (`basis`), whose change it is (`arms`), when and how much (`figures`) make
the rows (`rows`, for each sentence in `ledger`).
"""

from __future__ import annotations

from ingest.extractors.outcomes.ledger import Before, read
from ingest.extractors.outcomes.measures import known_in
from ingest.extractors.outcomes.rows import Reading
from ingest.extractors.outcomes.times import schedule, timepoint
from ingest.extractors.sentences import Sentence
from kb.extraction import Arm, Finding, Outcome
from kb.vocabulary import Vocabulary

__all__ = ["outcomes"]


def outcomes(
    abstract: str,
    sentences: tuple[Sentence, ...],
    arms: tuple[Finding[Arm], ...],
    vocabulary: Vocabulary,
    weeks: float | None = None,
) -> tuple[Finding[Outcome], ...]:
    """The rows of the ledger in the order of the text; each quote holds the words of the row's name.

    `weeks` is how long the treatment lasted, by which a time is its end or a follow-up.
    """
    told = [each for each in sentences if each.section == "results"]
    told = told or [each for each in sentences if each.section == "conclusions"]
    known, treatments = known_in(abstract, vocabulary)
    groups = tuple(each.value for each in arms)
    planned = (abstract[each.start : each.end] for each in sentences if each.section == "methods")
    plan = schedule(planned, weeks)
    found: list[Finding[Outcome]] = []
    before: Before | None = None
    usual = plan.usual
    for sentence in told:
        reading = Reading(abstract, sentence.start, sentence.end, groups, known, treatments, plan, usual)
        fresh, before = read(reading, before)
        found += fresh
        if fresh and plan.told:
            usual = timepoint((abstract[sentence.start : sentence.end],), plan) or usual
    return tuple(found)
