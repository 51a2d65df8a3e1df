"""Design of the study, and what else the abstract says of how it was set up.

The design is read from the abstract only: a title says "randomized" of a protocol and "review" of records
(product map, section 8, trap 14). The table is the product map's 5.2; earlier rows win. Words of other
people's studies are kept out by section: a background that cites reviews, a conclusion that calls for
randomised trials.
"""

from __future__ import annotations

import re

from ingest.extractors.reading import Reading
from ingest.extractors.sentences import Sentence
from kb.extraction import DesignFlag, DesignKind, Finding

_RANDOM = (
    r"(?<!non-)(?<!non)(?<!not )(?<!quasi-)(?<!quasi )(?:"
    r"randomi[sz]ed[, -]+(?:[\w-]+[, -]+){0,6}?(?:trials?|study|studies|design|experiment"
    r"|evaluation|comparison|fashion|manner)"
    r"|randomly[ -](?:\w+ )?(?:assigned|allocated|divided|distributed|apportioned|split|placed"
    r"|received|grouped|given|selected to|assigning|allocating)"
    r"|(?:were|was|are|been|then|and|or|be|participants|patients|women|subjects|who) (?:\w+ )?randomi[sz]ed"
    r"|randomi[sz]ed (?:to|into|in|between|among|controlled|clinical|patients|participants|subjects|women|groups|\s?\d)"
    r"|(?:assigned|allocated|divided|received?|distributed)[^.;]{0,60} (?:at random|randomly"
    r"|in random order|by randomi[sz]ation)"
    r"|random(?:i[sz]ed)? (?:allocation|assignment|order)|randomi[sz]ation (?:was|were|to)"
    r"|(?:was|were|underwent|offered|after|stratified|concealed|block) randomi[sz]ation|rct\b)"
)
_REVIEWED = r"(?:trials|studies|literature|articles|reviews|publications|evidence|papers|reports)"
_WILL = (
    r"(?:will (?:be|receive|undergo|complete|attend|take part|participate|measure|assess|compare"
    r"|recruit|include)|are being (?:recruited|randomi[sz]ed))"
)

# Kind, what must stand in one sentence, what must stand anywhere in the abstract (or None). Earlier rows win.
_DESIGNS: tuple[tuple[DesignKind, str, str | None], ...] = (
    (
        "overview_or_evidence_map",
        (
            r"\b(?:overview of (?:systematic )?reviews|umbrella review|evidence map"
            r"|review of (?:systematic )?reviews)\b"
        ),
        None,
    ),
    (
        "systematic_review",
        (
            r"\bsystematic(?:ally)?(?: literature)? review(?:ed)?\b|\bmeta-?analys[ei]s\b"
            r"|\bpooled analysis of\b"
        ),
        (
            rf"\b(?:search\w*|included? (?:\w+ ){{0,4}}{_REVIEWED}|databases?|medline|pubmed|cochrane"
            r"|eligible|identified|we (?:systematically )?review)\b"
        ),
    ),
    (
        "systematic_review",
        (
            r"\b(?:searched|searches|search (?:of|strategy|was)|searching"
            rf"|were retrieved)\b[^.]{{0,160}}\b(?:medline|pubmed|embase|cinahl|cochrane|databases?|psyc\w+"
            r"|scopus|amed|library)\b|\b(?:medline|pubmed|embase|cinahl|cochrane"
            rf"|databases?)\b[^.]{{0,120}}\bsearch(?:ed|es)?\b|\b(?:published|eligible|identified|selected"
            rf"|reviewed|included) {_REVIEWED}\b[^.]{{0,80}}\b(?:inclusion|were (?:included|reviewed"
            r"|assessed))"
        ),
        None,
    ),
    (
        "protocol",
        (
            r"\b(?:study|trial|this|the present|review)\b[ -]?(?:\w+ )?protocol\b|\bprotocol (?:for"
            r"|of) (?:a|an|the|this)\b|\b(?:describes?|present|report) the (?:design|protocol|rationale"
            rf"|methods)\b|\b{_WILL}\b"
        ),
        rf"\b{_WILL}\b",
    ),
    (
        "crossover_rct",
        (
            r"\bcross-?over\b|\bcrossed over\b|\bin random order\b"
            r"|\border of (?:\w+ ){0,2}(?:presentations?|treatments?|interventions?"
            r"|conditions?) was randomi[sz]ed"
        ),
        _RANDOM,
    ),
    ("cluster_rct", r"\bcluster[- ]random|\brandomi[sz]ed by (?:cluster|ward|clinic|practice|school)", None),
    (
        "quasi_randomised",
        (
            r"\bquasi-?random|\balternat(?:e|ing|ely) (?:assign|allocat|number)|\b(?:odd|even)[ -](?:and"
            r"|or|numbered)|\bby (?:date of birth|record number|day of the week|birth ?date)\b"
        ),
        None,
    ),
    ("rct", _RANDOM, None),
    ("case_series", r"\byears?[ -]old\b", r"(?s)\byears?[ -]old\b.{1,1500}\ba \d{1,3}[ -]years?[ -]old\b"),
    (
        "case_report",
        (
            r"\bcase reports?\b|\b(?:report|present|describe)s? (?:the|a) case\b|\ba case (?:is|was|of)\b"
            r"|\b\d{1,3}[ -]years?[ -]old (?:\w+[ ,-]+){0,4}(?:wo)?m[ae]n\b|\ban? \d{1,3}[ -](?:years?"
            r"|months?|weeks?)[ -]old (?:\w+ ){0,3}(?:girl|boy|female|male|patient|infant|child|athlete"
            r"|player|runner)"
        ),
        None,
    ),
    ("case_control", r"\bcase-control\b|\bmatched controls?\b", None),
    (
        "case_series",
        (
            r"\bcase (?:series|studies)\b|\b(?:two|three|four|five|six|\d{1,2}) (?:case reports|cases)\b"
            r"|\bconsecutive (?:case|patient) series\b|\bseries of (?:\w+ ){0,2}(?:cases|patients)\b"
        ),
        None,
    ),
    (
        "controlled_allocation_unclear",
        (
            r"\b(?:assigned|divided|allocated|split|separated|distributed)[^.;]{0,40}\b(?:in)?to (?:the "
            r"|either |one of )?(?:\w+ ){0,4}(?:groups?|arms?|conditions?)\b"
            r"|\bcontrolled (?:clinical )?(?:trial|study)\b|\bcontrol (?:group|subjects)\b"
            r"|\bquasi-?experimental\b|\bnon-?randomi[sz]ed\b"
        ),
        None,
    ),
    (
        "single_group_pre_post",
        (
            r"\bpre-?test\b|\bpre-?post\b|\bbefore[ -]and[ -]after\b|\b(?:one|single)[ -](?:group|arm)\b"
            r"|\buncontrolled\b|\bopen(?:[ -]label)?(?: \w+-?\w*)? (?:trial|study)\b|\bwithin-subjects?\b"
            r"|\bown controls?\b|\bpilot (?:study|trial)\b"
        ),
        None,
    ),
    (
        "qualitative",
        (
            r"\bqualitative\b|\bfocus groups?\b|\bsemi-?structured interviews?\b|\bgrounded theory\b"
            r"|\bphenomenolog\w+|\bthematic (?:content )?analysis\b"
        ),
        None,
    ),
    ("cross_sectional", r"\bcross-?sectional\b", None),
    (
        "cohort",
        (
            r"\bcohort\b|\blongitudinal (?:observational|study)\b|\bretrospective(?:ly)?\b"
            r"|\bprospective(?:ly)? (?:observational|follow)|\bobservational study\b"
        ),
        None,
    ),
    (
        "survey",
        (
            r"(?<!literature )\bsurvey(?:ed|s)?\b|\bquestionnaires? (?:was|were) (?:sent|mailed"
            r"|distributed|e-?mailed)\b"
        ),
        None,
    ),
    (
        "single_group_pre_post",
        (
            r"\b(?:patients|subjects|participants|women|infants|children|adults"
            r"|volunteers)\b[^.;]{0,60}\b(?:received|underwent|were (?:treated|given))\b|\b(?:before"
            r"|prior to) and (?:\w+ )?after\b"
        ),
        r"\b(?:before|baseline|prior to|pre-?)\b",
    ),
    (
        "narrative_review",
        (
            r"\b(?:this|the|our|literature|narrative|present) (?:\w+ )?(?:review|overview)\b"
            r"|\bwe review(?:ed)?\b|\breviews? (?:the|of the|current|recent) |\bliterature survey\b"
            r"|\bthis (?:article|paper|chapter) (?:reviews?|discuss\w*|describes?|summari[sz]es|outlines"
            r"|presents)\b"
        ),
        None,
    ),
)
_COMPILED = tuple(
    (kind, re.compile(cue, re.I), re.compile(also, re.I) if also else None) for kind, cue, also in _DESIGNS
)
_RANDOMISED = re.compile(_RANDOM, re.IGNORECASE)
_NOT_RANDOMISED = re.compile(
    r"\bnon-?randomi[sz]ed\b|\bnot randomi[sz]ed\b|\bwithout randomi[sz]ation\b", re.IGNORECASE
)
_OTHERS_STUDIES = re.compile(
    r"\b(?:previous|prior|earlier|recent|future|further|more|additional|several|many|few|larger?"
    r"|other|published|well-designed)"
    r" (?:\w+[ ,-]+){0,6}(?:trials?|studies|reviews?|research)\b|\b(?:trials?|studies"
    r"|research) (?:are|is) (?:needed|warranted|required)",
    re.IGNORECASE,
)
_OWN = re.compile(
    (
        r"\bwe\b|\bcase report is\b|\bthis (?:[\w-]+ ){0,3}(?:study|trial|review|paper|article"
        r"|report)\b|\b(?:present|our) (?:\w+ )?study\b"
    ),
    re.I,
)
_REVIEWS: frozenset[DesignKind] = frozenset(("overview_or_evidence_map", "systematic_review", "narrative_review"))
_RANDOMISED_KINDS: frozenset[DesignKind] = frozenset(("rct", "crossover_rct", "cluster_rct"))


def design(reading: Reading) -> Finding[DesignKind] | None:
    """The design by the first row of the table that a sentence of the study's own fits."""
    own = [each for each in reading.sentences if _speaks_of_itself(reading.abstract, each)]
    for kind, cue, also in _COMPILED:
        if also is not None and not also.search(reading.abstract):
            continue
        for sentence in own:
            match = cue.search(reading.abstract, sentence.start, sentence.end)
            if match:
                return Finding(kind, *match.span(), rule=f"design:{kind}")
    return None


def randomised(reading: Reading, kind: Finding[DesignKind] | None) -> Finding[bool] | None:
    """Whether allocation was random, where the abstract says so; reviews and protocols allocate nobody (yet)."""
    if kind is None or kind.value in _REVIEWS:
        return None
    for sentence in reading.sentences:
        if not _speaks_of_itself(reading.abstract, sentence):
            continue
        denied = _NOT_RANDOMISED.search(reading.abstract, sentence.start, sentence.end)
        if denied:
            return Finding(False, *denied.span(), rule="randomised:denied")
        said = _RANDOMISED.search(reading.abstract, sentence.start, sentence.end)
        if said and kind.value in (*_RANDOMISED_KINDS, "protocol"):
            return Finding(True, *said.span(), rule="randomised:said")
    return None


def _speaks_of_itself(text: str, sentence: Sentence) -> bool:
    if sentence.section in ("background", "conclusions") and not _OWN.search(text, sentence.start, sentence.end):
        return False
    return not _OTHERS_STUDIES.search(text, sentence.start, sentence.end)


_FLAGS: tuple[tuple[DesignFlag, re.Pattern[str]], ...] = (
    ("pilot", re.compile(r"\bpilot\b|\bpreliminary (?:study|trial|investigation)\b", re.I)),
    ("feasibility", re.compile(r"\bfeasibility\b", re.I)),
    (
        "secondary_analysis",
        re.compile(
            (
                r"\b(?:secondary|post[ -]hoc|subgroup|exploratory) (?:data )?analys[ei]s (?:of|from"
                r"|was (?:performed|conducted) (?:on|of|using))\b|\bdata (?:were|was) (?:drawn|obtained"
                r"|taken) from a (?:\w+[ -]){0,3}(?:trial|study)\b|\b(?:clinical )?trial follow[ -]up\b"
            ),
            re.I,
        ),
    ),
    ("conference_abstract", re.compile(r"\b(?:conference|meeting|poster) abstract\b|\bpresented at the\b", re.I)),
)
_BLINDING = re.compile(
    r"\b(?:(?:single|double|triple|assessor|observer|investigator|evaluator|rater|examiner"
    r"|participant|patient|therapist)"
    r"[- ]?(?:blind(?:ed)?|masked)|open[- ]label|unblinded|non-blinded"
    r"|blind(?:ed)? (?:\w+ )?(?:assessors?|observers?|investigators?|evaluators?|raters?|examiners?|controlled trial)"
    r"|(?:assessors?|observers?|investigators?|evaluators?|raters?|examiners?|participants"
    r"|patients) (?:was|were) (?:\w+ )?blind(?:ed)?)\b",
    re.IGNORECASE,
)
# The numbers of the registries of WHO's platform, ClinicalTrials.gov and PROSPERO, by their published shapes.
_REGISTRATION = re.compile(
    r"\bNCT ?\d{8}\b|\bISRCTN ?\d{8}\b|\bACTRN ?\d{14}p?\b|\bChiCTR[-\w]{6,20}\b"
    r"|\bIRCT ?[\dN]{8,20}\b|\bCTRI/\d{4}/\d{2,3}/\d{6}\b"
    r"|\bDRKS ?\d{8}\b|\bUMIN ?\d{9}\b|\bNTR ?\d{2,5}\b|\bNL ?\d{4}\b|\bKCT ?\d{7}\b"
    r"|\bTCTR ?\d{11}\b|\bRBR-\w{6,10}\b|\bPACTR ?\d{15}\b"
    r"|\bjRCT\w{10,12}\b|\bCRD ?42\d{9}\b|\b(?:EudraCT )?\d{4}-\d{6}-\d{2}\b"
)


def flags(reading: Reading) -> tuple[Finding[DesignFlag], ...]:
    """What qualifies the design: pilot, feasibility, secondary analysis, conference abstract."""
    found: list[Finding[DesignFlag]] = []
    own = [each for each in reading.sentences if each.section not in ("background", None)]
    for flag, cue in _FLAGS:
        matches = (cue.search(reading.abstract, each.start, each.end) for each in own)
        match = next((each for each in matches if each), None)
        if match:
            found.append(Finding(flag, *match.span(), rule=f"flag:{flag}"))
    return tuple(found)


def blinding(reading: Reading) -> Finding[str] | None:
    """Who was blinded, as written."""
    match = _BLINDING.search(reading.abstract)
    return Finding(match.group(), *match.span(), rule="blinding:said") if match else None


def registration(reading: Reading) -> Finding[str] | None:
    """The first registration number, without spaces."""
    match = _REGISTRATION.search(reading.abstract)
    return Finding(match.group().replace(" ", ""), *match.span(), rule="registration:shape") if match else None
