"""What a publication says, as facts: method, sample, outcomes, harms, conclusion.

Every fact is a `Finding`: a value and the characters of the stored text that say it. A finding that a
person took from a document whose words are not stored here names that document instead. `None` and
the empty tuple mean "not stated", which is a value of its own: nothing is ever filled in.

The benefit of an outcome is derived, from the direction of change and the polarity of the measure, or
taken from the text where it says "improved" without a direction. It is never guessed from the word
"increase": an increased pain threshold is better, a decreased substance P is a marker and no relief.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")

State = Literal["machine", "checked", "corrected", "disputed"]
Place = Literal["abstract", "title"]
DesignKind = Literal[
    "overview_or_evidence_map",
    "systematic_review",
    "protocol",
    "crossover_rct",
    "cluster_rct",
    "rct",
    "controlled_allocation_unclear",
    "quasi_randomised",
    "single_group_pre_post",
    "case_series",
    "case_report",
    "cohort",
    "case_control",
    "cross_sectional",
    "survey",
    "qualitative",
    "narrative_review",
]
DesignFlag = Literal["pilot", "feasibility", "secondary_analysis", "conference_abstract"]
ComparatorClass = Literal[
    "no_treatment",
    "waiting_list",
    "usual_care",
    "attention_or_education",
    "relaxation",
    "rest_or_reading_or_music",
    "light_touch_or_sham_massage",
    "sham_device",
    "tens",
    "exercise_or_stretching",
    "acupuncture_or_other_manual",
    "other_massage_style",
    "drug",
    "same_plus_massage",
    "none",
]
Change = Literal["up", "down", "none", "mixed", "not_stated"]
Basis = Literal["between_groups", "within_group", "unclear"]
Timepoint = Literal["immediate", "end", "follow_up", "not_stated"]
Polarity = Literal["low", "high", "context"]
Benefit = Literal["better", "worse", "no_difference", "mixed", "contextual", "not_stated"]
HarmState = Literal["reported", "none_serious", "none_occurred"]


class Finding(msgspec.Struct, Generic[T], frozen=True, omit_defaults=True):
    """A fact and its evidence: `text[start:end]` is the quote, `rule` what read it.

    `document` names the source in which a person read the fact; where its words are not stored here,
    `start` and `end` are None. `derived` marks a value computed from stated ones (sessions from times a
    week and weeks); its quote covers the parts.
    """

    value: T
    start: int | None = None
    end: int | None = None
    rule: str = "person"
    state: State = "machine"
    place: Place = "abstract"
    derived: bool = False
    document: str | None = None

    @property
    def stretch(self) -> tuple[int, int] | None:
        """The place in the abstract, where the words that say it are stored there."""
        if self.place != "abstract" or self.start is None or self.end is None:
            return None
        return self.start, self.end

    def quote(self, abstract: str | None, title: str) -> str | None:
        """The words that say it, or None where they are not stored."""
        text = abstract if self.place == "abstract" else title
        if text is None or self.start is None or self.end is None:
            return None
        return text[self.start : self.end]


class Dose(msgspec.Struct, frozen=True, omit_defaults=True):
    """How much: minutes a session, sessions a week, weeks; totals only as stated or derived."""

    minutes: Finding[float] | None = None
    per_week: Finding[float] | None = None
    weeks: Finding[float] | None = None
    sessions: Finding[float] | None = None
    contact_minutes: Finding[float] | None = None


class Arm(msgspec.Struct, frozen=True, omit_defaults=True):
    """A group of a study. `comparator` is its class where the arm is a comparator.

    `dose` is its own, where the text gives the groups different ones.
    """

    name: str
    role: Literal["intervention", "comparator"] | None = None
    comparator: ComparatorClass | None = None
    n: Finding[int] | None = None
    dose: Dose = Dose()


class Method(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it was studied. `techniques` are concept ids; `comparators` the classes compared with.

    `allocation` is how the order was made or kept from those who enrolled, `provider` who gave the treatment
    and `setting` where, each as written.
    """

    randomised: Finding[bool] | None = None
    allocation: Finding[str] | None = None
    blinding: Finding[str] | None = None
    provider: Finding[str] | None = None
    setting: Finding[str] | None = None
    arms: tuple[Finding[Arm], ...] = ()
    dose: Dose = Dose()
    techniques: tuple[Finding[str], ...] = ()
    comparators: tuple[Finding[ComparatorClass], ...] = ()


class Sample(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who was studied. `n` is who entered (randomised in a trial, pooled in a review of `trials`).

    `age` and `sex` are as written; ages are in years, `female` is a share of 1. `people` is the phrase that
    says who they were.
    """

    n: Finding[int] | None = None
    n_analysed: Finding[int] | None = None
    n_completed: Finding[int] | None = None
    trials: Finding[int] | None = None
    conditions: tuple[Finding[str], ...] = ()
    populations: tuple[Finding[str], ...] = ()
    people: Finding[str] | None = None
    age: Finding[str] | None = None
    age_mean: Finding[float] | None = None
    age_sd: Finding[float] | None = None
    age_range: Finding[tuple[float, float]] | None = None
    sex: Finding[str] | None = None
    female: Finding[float] | None = None


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the ledger: what changed, which way, in whom, compared with what.

    `name` is as written; `concept` and `instrument` are ids of the vocabulary. `change` is the direction
    of the measure; `said` what the text says of the patient where it gives no direction. `arm` is whose
    change it is and `versus` whom it was compared with. A basis of `between_groups` is given only where
    the sentence itself compares arms: a change of one group against its own start is `within_group`
    (Bland & Altman 2011, doi 10.1186/1745-6215-12-264). `means` (with what scatter is given), `p`,
    `interval` and `effect` are as written.
    """

    name: str
    change: Change
    basis: Basis
    concept: str | None = None
    instrument: str | None = None
    polarity: Polarity | None = None
    said: Literal["improved", "worsened"] | None = None
    arm: str | None = None
    versus: str | None = None
    comparator: ComparatorClass | None = None
    timepoint: Timepoint = "not_stated"
    means: str | None = None
    p: str | None = None
    interval: str | None = None
    effect: str | None = None

    @property
    def benefit(self) -> Benefit:
        """Better or worse for the patient, derived from change and polarity; a marker is contextual.

        Where the text says the one and the measure's direction the other, nothing is stated that we may show.
        """
        if self.polarity == "context":
            return "contextual"
        if self.change == "none":
            return "no_difference"
        if self.change == "mixed":
            return "mixed"
        told: set[Benefit] = set()
        if self.said is not None:
            told.add("better" if self.said == "improved" else "worse")
        if self.polarity is not None and self.change in ("up", "down"):
            told.add("better" if (self.change == "down") == (self.polarity == "low") else "worse")
        return told.pop() if len(told) == 1 else "not_stated"


class PrimaryEndpoint(msgspec.Struct, frozen=True, omit_defaults=True):
    """The outcome that the authors call primary, as written, and whether it came out as they had hoped.

    `met` is the trial's own verdict (superior, or not inferior where that was asked), never ours on the treatment.
    """

    name: str | None = None
    met: bool | None = None


class Extraction(msgspec.Struct, frozen=True, omit_defaults=True):
    """All facts of one publication. `version` names the extractor that read it, or `person`.

    `harm_events` are the harms that were reported, as written.
    """

    version: str
    design: Finding[DesignKind] | None = None
    flags: tuple[Finding[DesignFlag], ...] = ()
    registration: Finding[str] | None = None
    method: Method = Method()
    sample: Sample = Sample()
    outcomes: tuple[Finding[Outcome], ...] = ()
    primary: Finding[PrimaryEndpoint] | None = None
    harms: Finding[HarmState] | None = None
    harm_events: tuple[Finding[str], ...] = ()
    conclusion: Finding[str] | None = None


def findings(part: msgspec.Struct, path: str = "") -> Iterator[tuple[str, Finding[Any]]]:
    """Every finding below `part` with its dotted path (`method.dose.weeks`, `outcomes.2`), in order."""
    for name in part.__struct_fields__:
        value = getattr(part, name)
        here = f"{path}.{name}" if path else name
        items = [(f"{here}.{i}", each) for i, each in enumerate(value)] if isinstance(value, tuple) else [(here, value)]
        for where, item in items:
            if isinstance(item, Finding):
                yield where, item
                item = item.value
            if isinstance(item, msgspec.Struct):
                yield from findings(item, where)
