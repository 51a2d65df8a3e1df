"""How it was studied: allocation, blinding, groups, dose, techniques, and the classes compared with."""

from __future__ import annotations

import re

import msgspec

from ingest.extractors.allocation import allocation
from ingest.extractors.arm_dose import by_arm
from ingest.extractors.arms import arms as groups
from ingest.extractors.arms import single
from ingest.extractors.blinding import blinding
from ingest.extractors.design import randomised
from ingest.extractors.dose import parts
from ingest.extractors.dose_refusals import GIVING
from ingest.extractors.provider import provider
from ingest.extractors.reading import Reading
from ingest.extractors.sample import pinned
from ingest.extractors.setting import setting
from kb.extraction import Arm, ComparatorClass, DesignKind, Dose, Finding, Method
from kb.vocabulary import Mention, Vocabulary

_ASKED: frozenset[DesignKind] = frozenset(("survey", "cross_sectional"))  # nobody is given anything
_REVIEWS: frozenset[DesignKind] = frozenset(("systematic_review", "overview_or_evidence_map", "narrative_review"))

_ALLOCATED: frozenset[DesignKind] = frozenset(
    ("rct", "crossover_rct", "cluster_rct", "quasi_randomised", "controlled_allocation_unclear", "protocol")
)
# A trade or a place ("chiropractic students", "osteopathy clinics"), and what people had besides or before.
_TRADE = re.compile(
    r"(?:,? (?:and|or) [\w-]+)? (?:practices?|clinics?|students?|colleges?|schools?|physicians?|radiologists?"
    r"|practitioners?|profession\w*|researchers?|associations?|journals?)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:use of other (?:therap|treat)\w*\b[^;]{0,70}"
    r"|(?:previous|prior|history of|concurrent|concomitant) (?:\w+ )?)$",
    re.IGNORECASE,
)


def method(reading: Reading, kind: Finding[DesignKind] | None, vocabulary: Vocabulary) -> Method:
    """The method as the abstract tells it. Reviews pool many trials: no dose or blinding is their own."""
    review = kind is not None and kind.value in _REVIEWS
    arms = groups(reading, kind.value if kind else None, vocabulary)
    asked = kind is not None and kind.value in _ASKED
    doses, arms = (Dose(), arms) if review or asked else by_arm(reading, parts(reading), arms)
    return Method(
        randomised=randomised(reading, kind),
        allocation=allocation(reading) if kind and kind.value in _ALLOCATED else None,
        blinding=None if review else blinding(reading),
        provider=provider(reading),
        setting=setting(reading),
        arms=arms or single(reading, kind),
        dose=doses,
        techniques=_techniques(reading, arms),
        comparators=_comparators(arms, kind),
    )


def with_size(method: Method, n: Finding[int] | None) -> Method:
    """`method` with `n`, who entered, as the size of its group where it has but one."""
    if n is None or len(method.arms) != 1:
        return method
    (arm,) = method.arms
    sized = msgspec.structs.replace(arm, value=msgspec.structs.replace(arm.value, n=n))
    return msgspec.structs.replace(method, arms=(sized,))


def _techniques(reading: Reading, arms: tuple[Finding[Arm], ...]) -> tuple[Finding[str], ...]:
    """What was studied: named in the title, the aim or the methods, and not as what a control group had."""
    controls = [
        (each.start or 0, each.end or 0) for each in arms if each.value.role == "comparator" and each.value.comparator
    ]
    in_title = [each.concept for each in reading.title_mentions if each.kind == "technique"]
    said = [
        each
        for each in reading.mentions
        if each.kind == "technique"
        and not any(start <= each.start < end for start, end in controls)
        and not _of_others(reading, each)
    ]
    in_text = [each.concept for each in said if reading.section_at(each.start) in ("objective", "methods")]
    # Where neither names any, and all is told under one label: what the sentence says was given.
    given = [each.concept for each in said if _given(reading, each)] if not in_title and not in_text else []
    return pinned(reading, [*in_title, *in_text, *given], "technique", "method:technique")


def _of_others(reading: Reading, mention: Mention) -> bool:
    text = reading.abstract
    return bool(_TRADE.match(text, mention.end) or _ELSEWHERE.search(text, max(0, mention.start - 100), mention.start))


def _given(reading: Reading, mention: Mention) -> bool:
    sentence = reading.sentence_at(mention.start)
    return bool(sentence and GIVING.search(reading.abstract, sentence.start, sentence.end))


def _comparators(
    arms: tuple[Finding[Arm], ...], kind: Finding[DesignKind] | None
) -> tuple[Finding[ComparatorClass], ...]:
    found: dict[ComparatorClass, Finding[ComparatorClass]] = {}
    for each in arms:
        if each.value.comparator is not None:
            said = Finding(each.value.comparator, each.start, each.end, rule="method:comparator_arm")
            found.setdefault(each.value.comparator, said)
    if not found and kind is not None and kind.value == "single_group_pre_post":
        none: ComparatorClass = "none"
        return (Finding(none, kind.start, kind.end, rule="method:single_group"),)
    return tuple(found.values())
