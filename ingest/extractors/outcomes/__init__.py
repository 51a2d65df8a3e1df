"""The ledger of outcomes: from the sentences of results to rows with the words that say them.

One row an outcome and claim. Results are read, and of the conclusions only what no result tells of a known
measure, since aims and conclusions repeat in hope or praise what results say in fact. A sentence is cut into
clauses (`phrases`); each word of change in it (`words`) is read in its place (`claims`, from `verbs`, `nouns`
and `effective`; `contrasts` where figures alone speak) with the names that stand there (`places`, `lists`,
`names`). What a name measures and which way is better (`measures`), compared with what (`basis`), whose change
it is (`arms`), when (`times`) and how much (`figures`) make the rows (`rows`, for each sentence in `ledger`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from ingest.extractors.outcomes.ledger import Before, read
from ingest.extractors.outcomes.measures import known_in
from ingest.extractors.outcomes.rows import Reading
from ingest.extractors.outcomes.times import schedule, timepoint
from ingest.extractors.sentences import Sentence
from kb.extraction import Arm, Finding, Outcome
from kb.vocabulary import Mention, Vocabulary

_BRACKETED = re.compile(r"\b[Gg]roup(?: ?[(\[]| - | ?= ?|: )([A-Z]{2,5})\b(?! ?=)")

__all__ = ["outcomes"]


def outcomes(
    abstract: str,
    sentences: tuple[Sentence, ...],
    arms: tuple[Finding[Arm], ...],
    vocabulary: Vocabulary,
    weeks: float | None = None,
    mentions: Sequence[Mention] | None = None,
    alone: bool = False,
) -> tuple[Finding[Outcome], ...]:
    """The rows of the ledger in the order of the text; each quote holds the words of the row's name.

    `weeks` is how long the treatment lasted, by which a time is its end or a follow-up, and `mentions`
    are those of `abstract`, where they have been looked up before. In a study whose design has one group `alone`
    no row is a comparison between groups, whatever words compare.
    """
    rows = _rows(abstract, sentences, arms, vocabulary, weeks, mentions)
    return tuple(_uncompared(each) for each in rows) if alone else rows


def _uncompared(row: Finding[Outcome]) -> Finding[Outcome]:
    if row.value.basis != "between_groups":
        return row
    return msgspec.structs.replace(row, value=msgspec.structs.replace(row.value, basis="unclear", comparator=None))


def _rows(
    abstract: str,
    sentences: tuple[Sentence, ...],
    arms: tuple[Finding[Arm], ...],
    vocabulary: Vocabulary,
    weeks: float | None,
    mentions: Sequence[Mention] | None,
) -> tuple[Finding[Outcome], ...]:
    parts = {
        role: [each for each in sentences if each.section == role] for role in ("methods", "results", "conclusions")
    }
    known, treatments = known_in(vocabulary.mentions(abstract) if mentions is None else mentions, vocabulary)
    plan = schedule((abstract[each.start : each.end] for each in parts["methods"]), weeks)
    reader = Reading(abstract, 0, 0, tuple(each.value for each in arms), known, treatments, plan, plan.usual)
    reader = reader._replace(letters=_short_names(abstract, reader.arms))
    results, before = _read(parts["results"], reader, None)
    if not results:
        return tuple(_read(parts["conclusions"], reader, before)[0])
    concluded, _ = _read(parts["conclusions"], reader._replace(otherwise="not_stated"), before)
    return (*results, *_new(concluded, results))


def _short_names(abstract: str, arms: tuple[Arm, ...]) -> frozenset[str]:
    """Abbreviations that stand for groups ("TG"): arms called so, and what brackets behind "group" hold."""
    called = (each.name for each in arms if " " not in each.name and each.name.isupper())
    return frozenset(each.lower() for each in (*called, *_BRACKETED.findall(abstract)))


def _read(told: list[Sentence], reader: Reading, before: Before | None) -> tuple[list[Finding[Outcome]], Before | None]:
    """The rows of some sentences, and what the next one may refer to; a result without a time takes the last told."""
    found: list[Finding[Outcome]] = []
    for sentence in told:
        reader = reader._replace(start=sentence.start, end=sentence.end)
        fresh, before = read(reader, before)
        found += fresh
        if fresh and reader.plan.told and sentence.section == "results":
            said = timepoint((reader.abstract[sentence.start : sentence.end],), reader.plan)
            reader = reader._replace(otherwise=said or reader.otherwise)
    return found, before


def _new(fresh: list[Finding[Outcome]], found: list[Finding[Outcome]]) -> list[Finding[Outcome]]:
    """Those of `fresh` whose measure is known and told of by no row of `found`, or only as having differed."""
    told = [each.value for each in found if each.value.said or each.value.change != "not_stated"]
    concepts = {each.concept for each in told if each.concept}
    words = {word for each in told for word in each.name.lower().split()}
    return [
        each
        for each in fresh
        if each.value.concept is not None
        and each.value.concept not in concepts
        and words.isdisjoint(each.value.name.lower().split())
    ]
