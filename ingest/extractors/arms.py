"""The groups of a study: name as written, role, comparator class and size.

A group whose name the vocabulary knows as a comparator is one (light touch and sham TENS are controls,
product map 5.9). Of a plain "control group" the sentence that tells what it received decides; where that
is silent the class is not stated. The same treatment without the massage makes an add-on comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from ingest.extractors.arm_names import Name, allocated, called_groups
from ingest.extractors.arm_sizes import named_with_sizes, sizes
from ingest.extractors.reading import Reading
from kb.extraction import Arm, ComparatorClass, DesignKind, Finding
from kb.vocabulary import Mention, Vocabulary

_CONTROL = re.compile(
    r"\b(?:controls?|placebo|sham|usual|waiting|wait[ -]?list|no[ -]treatment|untreated|comparison|attention)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:experimental|intervention|treatment|study|massage|treated|manual|therapy|real|active|verum)\b", re.IGNORECASE
)
_ADDED = re.compile(r"\b(?:and|plus|combined|with|in addition|additional|as well as)\b|\+", re.IGNORECASE)
_RECEIVED = (
    r"(?:patients |participants |subjects |infants |women )?(?:only )?(?:received|was given"
    r"|were given|had|underwent|continued|got|was treated|performed|rested|read|listened|did not"
    r"|was subjected)"
)
_UNDIVIDED: frozenset[DesignKind] = frozenset(
    (
        "systematic_review",
        "overview_or_evidence_map",
        "narrative_review",
        "survey",
        "qualitative",
        "cross_sectional",
        "cohort",
        "case_report",
        "case_series",
    )
)


def arms(reading: Reading, kind: DesignKind | None, vocabulary: Vocabulary) -> tuple[Finding[Arm], ...]:
    """The groups in the order of the text; none in designs that divide nobody."""
    if kind in _UNDIVIDED:
        return ()
    names: Sequence[Name] = allocated(reading)
    rule = "arms:allocated"
    sized = () if names else named_with_sizes(reading)
    if len(sized) >= 2:
        names, rule = [name for name, _ in sized], "arms:named_with_size"
    called = [] if names else [each for each in called_groups(reading) if _is_group(reading, each, vocabulary)]
    if len(called) >= 2:
        names, rule = called, "arms:called_group"
    if not names:
        return ()
    sized_by_place = (
        dict(enumerate(size for _, size in sized)) if rule == "arms:named_with_size" else sizes(reading, names)
    )
    made = [_arm(reading, each, vocabulary) for each in names]
    made = _roles(made, names, reading)
    return tuple(
        Finding(msgspec.structs.replace(arm, n=sized_by_place.get(i)), name.start, name.end, rule=rule)
        for i, (arm, name) in enumerate(zip(made, names, strict=True))
    )


def single(reading: Reading, kind: Finding[DesignKind] | None) -> tuple[Finding[Arm], ...]:
    """The one group of a study without comparison, called by the first technique that its methods name."""
    if kind is None or kind.value != "single_group_pre_post":
        return ()
    for each in reading.mentions:
        if each.kind == "technique" and reading.section_at(each.start) in ("objective", "methods"):
            written = reading.abstract[each.start : each.end]
            return (Finding(Arm(name=written, role="intervention"), each.start, each.end, rule="arms:single_group"),)
    return ()


def _is_group(reading: Reading, name: Name, vocabulary: Vocabulary) -> bool:
    """Whether "the ... group" is a group of the study, not "inter group" or "focus group"."""
    written = reading.abstract[name.start : name.end]
    known = any(each.kind in ("technique", "comparator") for each in vocabulary.mentions(written))
    return known or bool(_CONTROL.search(written) or _TREATED.search(written)) or written.split()[0].isupper()


def _arm(reading: Reading, name: Name, vocabulary: Vocabulary) -> Arm:
    written = reading.abstract[name.start : name.end]
    said = f"{written} {name.alias}"
    comparator = _class_of(vocabulary.mentions(said), vocabulary)
    if _CONTROL.search(said) and comparator is None:
        comparator = _class_of(vocabulary.mentions(_told_of_control(reading)), vocabulary)
    treated = any(each.kind == "technique" for each in vocabulary.mentions(written))
    role: Literal["intervention", "comparator"] | None = None
    if (comparator is not None and not (treated and _ADDED.search(written))) or _CONTROL.search(said):
        role = "comparator"
    elif treated or _TREATED.search(said):
        role, comparator = "intervention", None
    return Arm(name=written, role=role, comparator=comparator if role == "comparator" else None)


def _class_of(mentions: Sequence[Mention], vocabulary: Vocabulary) -> ComparatorClass | None:
    for each in mentions:
        known = vocabulary.comparator(each.concept) if each.kind == "comparator" else None
        concept = vocabulary.concept(each.concept) if each.kind == "technique" else None
        if known is not None:
            return known.id
        if concept is not None and concept.comparator == "light_touch_or_sham_massage":
            return concept.comparator
    return None


def _told_of_control(reading: Reading) -> str:
    """What a sentence says the control group received, or nothing."""
    told = re.search(
        rf"\b(?:control|comparison|placebo)(?: group| arm)?s? {_RECEIVED}([^.;]{{0,120}})",
        reading.abstract,
        re.IGNORECASE,
    )
    return told[0] if told else ""


def _roles(made: list[Arm], names: Sequence[Name], reading: Reading) -> list[Arm]:
    """Roles that only the company of the other groups tells: the first treatment is tested against the rest."""
    if not any(each.role == "intervention" for each in made):
        open_places = [i for i, each in enumerate(made) if each.role is None]
        if open_places:
            made[open_places[0]] = msgspec.structs.replace(made[open_places[0]], role="intervention")
    main = next((each for each in made if each.role == "intervention"), None)
    for i, each in enumerate(made):
        if main is not None and each is not main and _adds(main.name, each.name):
            made[i] = msgspec.structs.replace(each, role="comparator", comparator="same_plus_massage")
    return made


def _adds(more: str, less: str) -> bool:
    """Whether `more` is `less` and something added to it."""
    small = set(re.findall(r"\w+", less.lower())) - {"alone", "only", "group", "the", "general"}
    large = set(re.findall(r"\w+", more.lower()))
    return bool(small) and small < large and bool(_ADDED.search(more))
