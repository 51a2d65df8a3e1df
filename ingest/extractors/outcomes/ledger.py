"""One sentence of results: which of its claims are results, of which measures, and on which ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.extractors.outcomes.basis import Ground, Told, ground
from ingest.extractors.outcomes.claims import claims, continues
from ingest.extractors.outcomes.contrasts import contrast
from ingest.extractors.outcomes.doubts import no_comparison, only_differs, told_in_doubt, unproven
from ingest.extractors.outcomes.phrases import Clause, Token, clauses
from ingest.extractors.outcomes.places import Claim
from ingest.extractors.outcomes.rows import Name, Reading, rows
from ingest.extractors.stems import may_match
from kb.extraction import Finding, Outcome

# Who the people were, what went with what, who left, what is still to do: no outcomes.
_NO_RESULT = re.compile(
    r"\bbaseline (?:characteristics|data|values|demographic\w*|differences?)\b|\bdemographic|\bcorrelat"
    r"|\bpredict(?:ed|or|ive)|\bdefined (?:as|in)\b|\boutcomes?(?: measures?)? (?:included|comprised|consisted)\b"
    r"|\b(?:is|are|were|was) (?:needed|warranted|required)\b|\bat the (?:beginning|outset)\b|\bfuture research\b"
    r"|\bfailed to complete\b|\b(?:was|were) (?:considered|classified)\b"
    r"|\bdrop(?:ped)?[- ]?outs?\b|\bwithdr[ae]w|\b(?:differences?|similar|comparable) at (?:baseline|entry)\b|\?$",
    re.IGNORECASE,
)
# A difference in favour of the treatment is better for the patient, whichever way the measure goes.
_FAVOURS = re.compile(
    r"\bfavou?r(?:s|ed|ing|\sof)\s(?!(?:the\s)?(?:control|placebo|sham|usual|standard|waiting|wait))", re.IGNORECASE
)
_BASELINE = re.compile(
    r"\bbaselines?\b|\bdemograph|\b(?:before|prior to) (?:the )?(?:treatment|intervention)\b", re.IGNORECASE
)
_FROM_BASELINE = re.compile(
    r"\b(?:from|with|to|than|over|versus|adjust\w+ for) (?:the |\w+ at )?(?:baseline|before)", re.IGNORECASE
)


class Before(NamedTuple):
    """The measures last told of, for "there was no difference between the groups", where, and on which ground."""

    names: tuple[Name, ...]
    sentence: int
    ground: Ground
    claim: Claim


def read(reading: Reading, before: Before | None) -> tuple[list[Finding[Outcome]], Before | None]:
    """The rows of a sentence, and what the next one may refer to."""
    text = reading.abstract[reading.start : reading.end]
    found: list[Finding[Outcome]] = []
    if may_match(_NO_RESULT, text.lower()) and _NO_RESULT.search(text):
        return found, before
    spans = [(each.start, each.end) for each in reading.known if reading.start < each.end and each.start < reading.end]
    for clause in clauses(reading.abstract, reading.start, reading.end, spans, reading.letters):
        for claim, since, until in _spans(clause, reading.abstract):
            names = _names(reading, clause, claim, before)
            if names and not _alike_at_start(text, claim):
                if told_in_doubt(text):
                    return found, before
                on = _ground(reading, clause, claim, (since, until), before)
                if unproven(claim, text, since - reading.start, until - reading.start):
                    claim = claim._replace(sense="none")
                if on.basis == "between_groups" and no_comparison(claim, text):
                    continue
                if on.basis == "between_groups" and only_differs(
                    claim, text[since - reading.start : until - reading.start]
                ):
                    claim = claim._replace(sense="differs")
                if claim.sense == "differs" and _FAVOURS.search(text, since - reading.start, until - reading.start):
                    claim = claim._replace(sense="improved")
                said = {_says(each.value) for each in found}
                fresh = rows(reading, clause, claim, names, (since, until), on)
                found += (each for each in fresh if _says(each.value) not in said)
                before = Before(names, reading.start, on, claim)
    return found, before


def _says(row: Outcome) -> tuple[object, ...]:
    """What a row says, without its figures: said twice in a sentence it is one row."""
    return (row.name, row.change, row.said, row.basis, row.arm, row.timepoint)


def _spans(clause: Clause, abstract: str) -> Iterator[tuple[Claim, int, int]]:
    """The claims of a clause, each with the offsets between which it is told: up to where the next begins."""
    told = list(claims(clause))
    figures = None if any(each.names for each in told) else contrast(clause, abstract[clause.start : clause.end])
    told = told if figures is None else [figures]
    since = clause.start
    for claim, following in zip(told, [*told[1:], None], strict=False):
        first = None if following is None else min([following.at, *(name.words[0] for name in following.names)])
        until = clause.end if first is None or first <= claim.at else clause.tokens[first].start
        yield claim, since, until
        since = until


def _names(reading: Reading, clause: Clause, claim: Claim, before: Before | None) -> tuple[Name, ...]:
    """The claim's names without those of treatments; where it has none, those told before, if it may mean them."""
    if claim.names:
        names = (tuple(clause.tokens[k] for k in name.words) for name in claim.names)
        return tuple(name for name in names if not _treatment(reading, name))
    inside = _in_brackets(reading, clause, claim)
    if inside or not continues(clause, claim):
        return inside
    named = claim.cue.part == "noun" and claim.sense not in ("none", "differs")
    if before is not None and before.sentence == reading.start and not named:
        return before.names
    here = _named_before(reading, clause.tokens[claim.at].start)
    if here or named or before is None:
        return here if claim.compares or claim.sense in ("none", "differs") else ()
    return () if any(reading.start <= each.start < reading.end for each in reading.known) else before.names


def _named_before(reading: Reading, at: int) -> tuple[Name, ...]:
    """The known measures of the sentence before `at`, each once: "as to pain and sleep, the gain was greater"."""
    found: dict[str, Name] = {}
    for each in reading.known:
        if reading.start <= each.start < at:
            word = reading.abstract[each.start : each.end].lower()
            found.setdefault(word, (Token(word, each.start, each.end),))
    return tuple(found.values())


def _in_brackets(reading: Reading, clause: Clause, claim: Claim) -> tuple[Name, ...]:
    """The known measures in brackets behind a nameless claim: "differences were found (pain, p = .01; sleep ...)"."""
    start = clause.tokens[claim.at].end
    words = {each.start for each in clause.tokens}
    inside = (each for each in reading.known if start <= each.start < clause.end and each.start not in words)
    return tuple((Token(reading.abstract[each.start : each.end].lower(), each.start, each.end),) for each in inside)


def _treatment(reading: Reading, name: Name) -> bool:
    """Whether a treatment's name is the name's end: "soy", "Swedish massage"; not "massage satisfaction"."""
    head = name[-1]
    return any(start <= head.start < end for start, end in reading.treatments)


def _alike_at_start(text: str, claim: Claim) -> bool:
    """Groups alike before treatment: no outcome."""
    alike = claim.sense == "none" and (claim.cue.sense == "differs" or claim.cue.part == "same")
    return alike and _BASELINE.search(text) is not None and _FROM_BASELINE.search(text) is None


def _ground(reading: Reading, clause: Clause, claim: Claim, span: tuple[int, int], before: Before | None) -> Ground:
    text = reading.abstract
    told = Told(
        own=text[span[0] : span[1]],
        clause=text[clause.start : clause.end],
        sentence=text[reading.start : reading.end],
        groups=bool(clause.groups),
        single=len(reading.arms) == 1,
    )
    carried = before is not None and (claim.cue.word == "but_not" or before.claim.sense in ("none", "differs"))
    return ground(claim, told, before.ground if before is not None and carried else None)
