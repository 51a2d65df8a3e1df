"""The conclusion held against the ledger: questions that a careful reader would ask.

Conclusions spin, and readers believe them: the same null result read with spin was rated 6.1 of 10 beneficial
and without it 4.3 (a randomised trial with 128 physiotherapists). So what a conclusion claims is compared with
what the same abstract reports. It asks and never judges, and says what was read of the abstract and not
what the abstract says: a comparison may have been overlooked, and the full text may hold what the abstract leaves
out. It is worked out whenever a page is shown, so that a person's correction of a row counts at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from kb.extraction import Extraction, Outcome
from kb.overlay import standing
from kb.vocabulary import Vocabulary

Rule = Literal["superiority", "effect", "null", "unreported", "recommendation", "generalisation", "harms"]

CHECK = "Look in the full text."
_UNCHECKED = ("protocol", "qualitative", "survey", "narrative_review", "overview_or_evidence_map")
_REVIEWS = ("systematic_review", "overview_or_evidence_map", "narrative_review")
_UNCONTROLLED = ("single_group_pre_post", "case_report", "case_series")


class Prompt(msgspec.Struct, frozen=True):
    """A question to the conclusion. `abstract[start:end]` are the words that raise it, `words` as written."""

    rule: Rule
    words: str
    question: str
    start: int
    end: int


class _Claim(msgspec.Struct, frozen=True):
    words: str
    start: int
    end: int


_SUPERIOR = re.compile(
    r"\b(?:(?:most|more|significantly more) (?:effective|efficacious|beneficial|useful|helpful)(?: than)?"
    r"|superior(?:ity)?\b(?: to)?|better than|(?:greater|larger) (?:effect|benefit|improvement|reduction)s?\b)",
    re.IGNORECASE,
)
_ACTS = r"(?:reduce|decrease|improve|relieve|alleviate|enhance|increase)"
_EFFECT = re.compile(
    r"\b(?:(?<!cost-)(?<!cost )effective(?:ly|ness)?|efficacious|efficacy|beneficial|benefits?|helpful"
    rf"|successful(?:ly)?|(?:can|could|does|did|may|might|will) (?:\w+ly )?{_ACTS}|{_ACTS}[sd])\b",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:should (?:be|consider|use|receive|include)|(?:is|are|can be|be) recommended|we recommend"
    r"|can be (?:used|considered|applied)|clinicians (?:can|may|should))\b",
    re.IGNORECASE,
)
_SAFE = re.compile(r"\b(?:safe(?:ly|ty)?|well[- ]tolerated|without (?:risk|side effects)|no risk)\b", re.IGNORECASE)
# Words of a denial, a question, a wish or a tie: no claim that could be held against results.
_NO_CLAIM = re.compile(
    r"\b(?:no|not|neither|nor|cannot|without|lack(?:s|ed|ing)?|insufficient|unclear|unknown|uncertain|whether|if"
    r"|caution\w*|careful\w*|avoid\w*|only after|contraindicated|equally|equivalent|similar(?:ly)?"
    r"|comparabl[ey]|as \w+ as"
    r"|(?:further|future|more|larger|additional) (?:\w+ ){0,3}(?:research|stud(?:y|ies)|trials?|work|investigation)"
    r"|(?:future|further) development|development of|(?:needed|required|warranted|necessary))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*")


def prompts(abstract: str | None, facts: Extraction, vocabulary: Vocabulary) -> tuple[Prompt, ...]:
    """The questions that the conclusion raises, in the order of the text; none where there is no conclusion.

    `abstract` is the stored text into which the findings of `facts` point. Designs that compare nothing and
    claim no effect (protocols, surveys, qualitative work) are not asked.
    """
    facts = standing(facts)
    found = facts.conclusion
    kind = facts.design.value if facts.design else None
    if not abstract or found is None or found.start is None or found.end is None or kind in _UNCHECKED:
        return ()
    asked: dict[Rule, Prompt] = {}
    for start, end in _sentences(abstract, found.start, found.end):
        for prompt in (*_comparisons(abstract, start, end, facts), *_reach(abstract, start, end, facts, vocabulary)):
            asked.setdefault(prompt.rule, prompt)
    return tuple(sorted(asked.values(), key=lambda each: each.start))


def _comparisons(abstract: str, start: int, end: int, facts: Extraction) -> Iterator[Prompt]:
    """What is claimed of an effect, against what the ledger compares."""
    rows = [each.value for each in facts.outcomes]
    between = [each for each in rows if each.basis == "between_groups"]
    reviews = facts.design is not None and facts.design.value in _REVIEWS
    superior = _claim(_SUPERIOR, abstract, start, end)
    claim = superior or _claim(_EFFECT, abstract, start, end)
    if claim is None or reviews:
        return
    if not between:
        rule: Rule = "superiority" if superior else "effect"
        yield _prompt(rule, claim, "Compared with whom?", "No comparison between groups was read in this abstract.")
    elif all(each.benefit == "no_difference" for each in between):
        yield _prompt("null", claim, "On which comparison?", _no_difference(len(between)))


def _reach(abstract: str, start: int, end: int, facts: Extraction, vocabulary: Vocabulary) -> Iterator[Prompt]:
    """What a claim reaches for beyond what was measured, whom was studied, and how."""
    claim = _claim(_EFFECT, abstract, start, end) or _claim(_SUPERIOR, abstract, start, end)
    if claim is not None:
        yield from _unreported(abstract, start, end, facts, vocabulary)
        yield from _others(abstract, start, end, facts, vocabulary)
    advice = _claim(_RECOMMENDS, abstract, start, end)
    if advice and facts.design and facts.design.value in _UNCONTROLLED:
        yield _prompt(
            "recommendation",
            advice,
            "From people who were compared with nobody?",
            "The study was read as one of a single group.",
        )
    safe = _claim(_SAFE, abstract, start, end)
    if safe and facts.harms is None:
        yield _prompt("harms", safe, "Which harms were looked for?", "No word on harms was read in this abstract.")


def _unreported(abstract: str, start: int, end: int, facts: Extraction, vocabulary: Vocabulary) -> Iterator[Prompt]:
    rows = [each.value for each in facts.outcomes]
    if not rows or any(each.concept is None for each in rows):
        return  # a row that the vocabulary does not know may be the one meant
    measured = {id for each in rows for id in _family(each, vocabulary)}
    for mention in vocabulary.mentions(abstract[start:end]):
        concept = vocabulary.concept(mention.concept) if mention.kind == "outcome" else None
        if concept is None or concept.id in measured or concept.broader in measured:
            continue
        words = _Claim(
            abstract[start + mention.start : start + mention.end], start + mention.start, start + mention.end
        )
        yield _prompt("unreported", words, "What was found of it?", "No result on it was read in this abstract.")


def _family(outcome: Outcome, vocabulary: Vocabulary) -> Iterator[str]:
    """The concept of a row, the wider ones, and the narrower ones."""
    at = outcome.concept
    if at is not None:
        yield from vocabulary.narrower(at)
    while at is not None:
        yield at
        concept = vocabulary.concept(at)
        at = concept.broader if concept else None


def _others(abstract: str, start: int, end: int, facts: Extraction, vocabulary: Vocabulary) -> Iterator[Prompt]:
    studied = {id for each in facts.sample.conditions for id in vocabulary.narrower(each.value)}
    if not studied:
        return
    told = (
        {each.concept for each in vocabulary.mentions(abstract[: facts.conclusion.start])} if facts.conclusion else ()
    )
    for mention in vocabulary.mentions(abstract[start:end]):
        concept = vocabulary.concept(mention.concept) if mention.kind == "condition" else None
        if concept is None or concept.id in studied or concept.id in told or concept.measured_as is not None:
            continue
        names = ", ".join(found.name for each in facts.sample.conditions if (found := vocabulary.concept(each.value)))
        words = _Claim(
            abstract[start + mention.start : start + mention.end], start + mention.start, start + mention.end
        )
        yield _prompt("generalisation", words, "Were such people studied?", f"The sample was: {names}.")


def _no_difference(comparisons: int) -> str:
    read = "The one comparison" if comparisons == 1 else f"All {comparisons} comparisons"
    return (
        f"{read} between groups that {'was' if comparisons == 1 else 'were'} read in this abstract found no difference."
    )


def _claim(pattern: re.Pattern[str], abstract: str, start: int, end: int) -> _Claim | None:
    """The first match in a sentence that claims."""
    match = None if _NO_CLAIM.search(abstract, start, end) else pattern.search(abstract, start, end)
    return _Claim(match.group(), *match.span()) if match else None


def _prompt(rule: Rule, claim: _Claim, question: str, reported: str) -> Prompt:
    said = f"The conclusion says “{claim.words}”. {question} {reported} {CHECK}"
    return Prompt(rule, claim.words, said, claim.start, claim.end)


def _sentences(abstract: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return (each.span() for each in _SENTENCE.finditer(abstract, start, end))
