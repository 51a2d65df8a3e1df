"""The groups of a study: name as written, role, comparator class and size.

A group whose name the vocabulary knows as a comparator is one (light touch and sham TENS are controls). Of a plain
"control group" the sentence that tells what it received decides; where that is silent the class is not stated. The
same treatment without the massage makes an add-on comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from ingest.extractors.arm_lists import counted_groups, listed_with_sizes, named_with_sizes
from ingest.extractors.arm_match import Groups, matched
from ingest.extractors.arm_names import Name, allocated, called_groups
from ingest.extractors.arm_sizes import sizes
from ingest.extractors.reading import Reading
from kb.extraction import Arm, ComparatorClass, DesignKind, Finding
from kb.vocabulary import Mention, Vocabulary

_CONTROL = re.compile(
    r"\b(?:controls?|placebo|sham|usual|waiting|wait[ -]?list|no[ -]treatment|untreated|comparison|attention"
    r"|(?:without|no) (?:any |further |additional )?(?:treatment|intervention|therapy))\b",
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
        "case_report",
        "case_series",
    )
)
# Treatments that are the control of massage and are tested themselves in other studies.
_ACTIVE: frozenset[ComparatorClass | None] = frozenset(
    ("tens", "exercise_or_stretching", "acupuncture_or_other_manual", "other_massage_style", "drug", "relaxation")
)


def arms(reading: Reading, kind: DesignKind | None, vocabulary: Vocabulary) -> tuple[Finding[Arm], ...]:
    """The groups in the order of the text; none in designs that divide nobody."""
    if kind in _UNDIVIDED:
        return ()
    groups = matched(reading, _found(reading, vocabulary))
    names = groups.names
    if len(names) < 2:
        return ()
    made = [_arm(reading, each, vocabulary) for each in names]
    if not any(each.kind == "technique" for each in reading.title_mentions):
        made = _tested(made)
    made = _in_company(made, vocabulary)
    return tuple(
        Finding(msgspec.structs.replace(arm, n=groups.sizes.get(i)), name.start, name.end, rule=groups.rule)
        for i, (arm, name) in enumerate(zip(made, names, strict=True))
    )


def _found(reading: Reading, vocabulary: Vocabulary) -> Groups:
    """The names of the groups, their sizes by position, and the rule that found them; the surest wording first."""
    if len(sized := listed_with_sizes(reading)) >= 2:
        return Groups(*_apart(sized), "arms:listed_with_size")
    names = allocated(reading)
    known = sizes(reading, names)
    if len(known) < 2 and len(sized := counted_groups(reading)) >= 2:
        return Groups(*_apart(sized), "arms:counted_group")
    if names:
        return Groups(names, known, "arms:allocated")
    if len(sized := named_with_sizes(reading)) >= 2:
        return Groups(*_apart(sized), "arms:named_with_size")
    called = [each for each in called_groups(reading) if _is_group(reading, each, vocabulary)]
    return Groups(called, sizes(reading, called), "arms:called_group")


def _apart(sized: Sequence[tuple[Name, Finding[int]]]) -> tuple[list[Name], dict[int, Finding[int]]]:
    return [name for name, _ in sized], dict(enumerate(size for _, size in sized))


def single(reading: Reading, kind: Finding[DesignKind] | None) -> tuple[Finding[Arm], ...]:
    """The one group of a study without comparison, called by the first treatment that its aim or methods name."""
    if kind is None or kind.value not in ("single_group_pre_post", "case_report"):
        return ()
    told = [each for each in reading.mentions if reading.section_at(each.start) in ("objective", "methods")]
    of_kind = ([each for each in told if each.kind == kind_] for kind_ in ("technique", "comparator"))
    each = next((found[0] for found in of_kind if found), None)
    if each is None:
        return ()
    arm = Arm(name=reading.abstract[each.start : each.end], role="intervention")
    return (Finding(arm, each.start, each.end, rule="arms:single_group"),)


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


def _in_company(made: list[Arm], vocabulary: Vocabulary) -> list[Arm]:
    """`made` with what only the company of the other groups tells.

    Where no group is plainly the treatment, the first without a role is tested against the rest; a group
    that has all the treatment has but the massage is its add-on comparison.
    """
    roles = [each.role for each in made]
    if "intervention" not in roles and None in roles:
        first = roles.index(None)
        made[first] = msgspec.structs.replace(made[first], role="intervention")
    main = next((each for each in made if each.role == "intervention"), None)
    if main is None or not any(each.kind == "technique" for each in vocabulary.mentions(main.name)):
        return made
    return [
        msgspec.structs.replace(each, role="comparator", comparator="same_plus_massage")
        if each is not main and _adds(main.name, each.name)
        else each
        for each in made
    ]


def _tested(made: list[Arm]) -> list[Arm]:
    """`made` of a study that is not of massage: what elsewhere is compared with may here be what is tested.

    In a trial of acupuncture against sham nobody is the treated group but that of the acupuncture, and usual care
    with something added is not the usual care.
    """
    if any(each.role == "intervention" for each in made):
        return made
    return [
        msgspec.structs.replace(each, role=None, comparator=None) if _may_be_tested(each, made) else each
        for each in made
    ]


def _may_be_tested(arm: Arm, made: list[Arm]) -> bool:
    others = [each for each in made if each is not arm]
    if any(_adds(arm.name, each.name) for each in others):
        return True
    less = any(_adds(each.name, arm.name) for each in others)
    return arm.comparator in _ACTIVE and not less and not _CONTROL.search(arm.name)


def _adds(more: str, less: str) -> bool:
    """Whether `more` is `less` and something added to it."""
    small = set(re.findall(r"\w+", less.lower())) - {"alone", "only", "group", "the", "general"}
    large = set(re.findall(r"\w+", more.lower()))
    return bool(small) and small < large and bool(_ADDED.search(more))
