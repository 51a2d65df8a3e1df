"""The design that a title states: "...: a randomised controlled trial".

A title is weaker than the abstract, whose words say what was done: a title says "randomised" of the trial that a
protocol plans, and "review" of the records that a cohort was drawn from. So it
is asked where the abstract is silent or vague, and its own words of planning and reviewing come first.
"""

from __future__ import annotations

from ingest.extractors.design_cues import any_of
from kb.extraction import DesignKind, Finding

_TRIAL = r"(?:trial|study|comparison|evaluation|experiment|rct)\b"
_RANDOMISED = r"(?<!non-)(?<!non)(?<!non )(?<!quasi-)(?<!quasi )randomi[sz]ed"
_WORDS = r"(?:[\w/()-]{1,30}[,:]? {1,2})"
_PLANNED = (
    rf"\b(?:study|trial|review|research|rct) protocol\b|\bprotocol (?:for|of) {_WORDS}{{0,8}}(?:{_TRIAL}|review\b)"
    r"|\b(?:design and rationale|rationale and (?:study )?design)\b"
    rf"|(?:^|[:;.-] )(?:study )?design of (?:an?|the) {_WORDS}{{0,8}}{_TRIAL}"
)
_NOTICE = (
    r"^\W{0,3}(?:published )?(?:erratum|errata|corrigend(?:um|a)|correction|addendum|retraction(?: notice)?)\b"
    r" ?(?:to\b|[:.-])"
)
_RANDOM = (
    rf"{_RANDOMISED},? {_WORDS}{{0,8}}?{_TRIAL}|{_RANDOMISED} {_WORDS}{{0,2}}pilot\b"
    rf"|{_TRIAL} (?:with|by|using) random (?:allocation|assignment)|\brandomi[sz]ation to\b"
)
# Earlier rows win. None: a title that names a trial and does not report it.
_TITLES: tuple[tuple[DesignKind | None, str], ...] = (
    (None, _NOTICE),
    ("overview_or_evidence_map", r"\boverview of (?:systematic )?reviews\b|\bumbrella review\b|\bevidence map\b"),
    ("protocol", _PLANNED),
    ("systematic_review", r"\bsystematic (?:literature )?review\b|\bmeta-?analys[ei]s\b"),
    ("qualitative", r"\bqualitative (?:\w+ )?(?:study|evaluation|analysis|investigation|interview|exploration)"),
    ("survey", r"^(?:an? )?(?:[\w-]{1,30} ){0,3}survey of\b"),
    ("narrative_review", r"\b(?:narrative|literature) review\b"),
    (None, r"\b(?:qualitative|survey of|editorial|commentary|comment on|reply|letter|review)\b"),
    ("crossover_rct", rf"{_RANDOMISED},? {_WORDS}{{0,5}}?cross-?over\b"),
    ("cluster_rct", r"\bcluster[- ]randomi[sz]ed\b"),
    ("rct", _RANDOM),
    ("controlled_allocation_unclear", r"\bnon-?\s?randomi[sz]ed\b[^.:;]{0,60}\b(?:trial|study|comparison)\b"),
    ("case_report", r"\b(?:a|an|rare|\w+:) case report\b|\bcase report$"),
    ("case_series", r"\bcase series\b"),
    ("case_control", r"\bcase-control study\b"),
    ("cohort", r"\bcohort study\b"),
    ("cross_sectional", r"\bcross-sectional (?:study|survey)\b"),
)
_ROWS = tuple((kind, any_of(cue)) for kind, cue in _TITLES)
_TRIALS: frozenset[DesignKind] = frozenset(("rct", "crossover_rct", "cluster_rct"))
_VAGUE: frozenset[DesignKind | None] = frozenset((None, "controlled_allocation_unclear", "single_group_pre_post"))


def design_of_title(title: str) -> Finding[DesignKind] | None:
    """The design by the first row that the title fits."""
    for kind, cue in _ROWS:
        match = cue.search(title)
        if match:
            return kind and Finding(kind, *match.span(), rule=f"design:title_{kind}", place="title")
    return None


def firmer(titled: DesignKind, said: DesignKind | None) -> bool:
    """Whether the title's design is to stand in place of what the abstract says."""
    if titled == "protocol":
        return said is None or said in _TRIALS or said in _VAGUE
    if titled == "systematic_review":
        return said in _VAGUE or said in ("narrative_review", "survey", "rct")
    if titled in ("qualitative", "survey"):
        return said in _VAGUE or said in _TRIALS
    return said is None or (titled in _TRIALS and said in _VAGUE)
