"""The wording of study designs: cue -> value, as rows; earlier rows win.

A cue must stand in one sentence of the study's own; `also`, where given, anywhere in the abstract. The
order does much of the work: a crossover trial is also randomised, a review of trials names trials.
"""

from __future__ import annotations

import re

import msgspec

from kb.extraction import DesignKind


class Row(msgspec.Struct, frozen=True):
    """A design and how an abstract says it; `random`: with the word "random" or "rct", and not without."""

    kind: DesignKind
    cue: re.Pattern[str]
    also: re.Pattern[str] | None
    random: bool


def _row(kind: DesignKind, *cues: str, also: str | None = None) -> Row:
    return Row(kind, any_of(*cues), any_of(also) if also else None, cues in ((RANDOM,), (NAMED_RANDOM,)))


def any_of(*cues: str) -> re.Pattern[str]:
    """One pattern for all of `cues`, whatever the case."""
    return re.compile("|".join(cues), re.IGNORECASE)


_TRIAL = r"(?:trials?|study|studies|design|experiment|evaluation|comparison|fashion|manner)"
_DIVIDED = (
    r"(?:assigned|allocated|divided|distributed|apportioned|split|placed|received|grouped|given"
    r"|separated|treated|classified|categori[sz]ed|enrolled|administered|injected|selected to|chosen to"
    r"|assigning|allocating)"
)
_WHO = r"(?:were|was|are|been|then|and|or|be|participants|patients|women|subjects|who)"
_WHOM = r"(?:to|into|in|between|among|controlled|clinical|patients|participants|subjects|women|groups|\s?\d)"
_NOT_NON = r"(?<!non-)(?<!non)(?<!non )(?<!not )(?<!quasi-)(?<!quasi )"
_NOT_SAMPLED = r"(?!\w* (?:sampl|select|survey))"
RANDOM = (
    _NOT_NON + r"(?:"
    rf"randomi[sz]ed[,-]? (?:[\w/-]{{1,30}}[,)]? {{1,2}}){{0,10}}?{_TRIAL}\b"
    rf"|randomly[ -](?:\w+ )?{_DIVIDED}"
    rf"|{_WHO} (?:\w+ )?randomi[sz]ed|randomi[sz]ed {_WHOM}"
    rf"|{_DIVIDED}[^.;]{{0,60}} (?:at random|randomly|in random order|by randomi[sz]ation)"
    r"|random(?:i[sz]ed)? (?:allocation|assignment|order)|randomi[sz]ation (?:was|were|to)"
    r"|(?:was|were|underwent|offered|after|stratified|concealed|block) randomi[sz]ation|\brct\b"
    r"|\bwe (?:\w+ )?randomi[sz]ed\b)"
)
# Any other "randomised" of one study; several trials or studies are a reviewer's.
NAMED_RANDOM = rf"{_NOT_NON}\brandomi[sz]ed\b(?! (?:[\w-]{{1,30}} ){{0,4}}(?:trials|studies)\b){_NOT_SAMPLED}"
_PAPERS = r"(?:trials|studies|literature|articles|reviews|publications|evidence|papers|reports)"
_BASES = r"(?:medline|pubmed|embase|cinahl|cochrane|databases?|psyc\w+|scopus|amed|library)"
_DONE = (
    r"(?:receive|undergo|complete|attend|take part|participate|measure|assess|compare|recruit|include|evaluate|enrol"
    r"|test)"
)
_PLANNED = (
    r"(?:randomi[sz]|recruit|enrol|invit|assign|allocat|includ|measur|assess|collect|conduct|perform|evaluat|compar"
    r"|analy|ask|offer|screen|select|examin|stud|test|treat|follow|given|carried|undertaken|determin|approach|obtain"
    r"|administ|eligible|blind|monitor|used|made|done|deliver|provid|interview|record|report|calculat|investigat)\w*"
)
_WILL = (
    rf"\b(?:will {_DONE}|will be (?:\w+ly )?(?:{_PLANNED})|are being (?:recruited|randomi[sz]ed)"
    r"|(?:is|are) being planned\b)"
)
_AGED = r"\d{1,3}[ -](?:years?|months?|weeks?)[ -]old"
_PERSON = r"(?:woman|man|girl|boy|female|male|patient|infant|child|athlete|player|runner)\b"

ROWS: tuple[Row, ...] = (
    _row(
        "overview_or_evidence_map",
        r"\b(?:over|re)view of (?:systematic )?reviews\b",
        r"\bumbrella review\b",
        r"\bevidence map\b",
    ),
    _row(
        "systematic_review",
        r"\bsystematic(?:ally)?(?: literature)? review(?:ed)?\b",
        r"\bmeta-?analys[ei]s\b",
        r"\bpooled analysis of\b",
        also=rf"\b(?:search\w*|included? (?:\w+ ){{0,4}}{_PAPERS}|{_BASES}|eligible|identified|we (?:\w+ )?review"
        rf"|{_PAPERS} were (?:analy[sz]ed|pooled|combined))\b",
    ),
    _row(
        "systematic_review",
        rf"\b(?:search(?:ed|es|ing)?|were retrieved)\b[^.]{{0,160}}\b{_BASES}\b",
        rf"\b{_BASES}\b[^.]{{0,120}}\bsearch(?:ed|es)?\b",
        rf"\b(?:published|eligible|identified|selected|reviewed|included) {_PAPERS}\b"
        r"[^.]{0,80}\b(?:inclusion|were (?:included|reviewed|assessed))",
    ),
    _row(
        "protocol",
        r"\b(?:study|trial|this|the present|review)\b[ -]?(?:\w+ )?protocol\b",
        r"\bprotocol (?:for|of) (?:a|an|the|this)\b",
        r"\b(?:describes?|present|report) the (?:design|protocol|rationale|methods)\b",
        _WILL,
        also=_WILL,
    ),
    _row(
        "crossover_rct",
        r"\bcross-?over\b",
        r"\bcrossed over\b",
        r"\bin random order\b",
        r"\border of (?:\w+ ){0,2}(?:presentation|treatment|intervention|condition)s? was randomi[sz]ed",
        also=RANDOM,
    ),
    _row(
        "cluster_rct",
        rf"\bcluster[- ]random{_NOT_SAMPLED}",
        r"\brandomi[sz]ed by (?:cluster|ward|clinic|practice|school)",
    ),
    _row(
        "quasi_randomised",
        r"\bquasi-?random",
        r"\balternat(?:e|ing|ely) (?:assign|allocat|number)",
        r"\b(?:odd|even)[ -](?:and|or|numbered)",
        r"\bby (?:date of birth|record number|day of the week|birth ?date)\b",
    ),
    _row("rct", RANDOM),
    _row("rct", NAMED_RANDOM),
    _row("case_series", rf"\b{_AGED}\b", also=rf"(?s)\b{_AGED}\b.{{1,1500}}\ba {_AGED}\b"),
    _row(
        "case_report",
        r"\bcase reports?\b",
        r"\b(?:report|present|describe)s? (?:the|a) case\b",
        r"\ba case (?:is|was|of)\b",
        rf"\b{_AGED} (?:\w+[ ,-]+){{0,4}}{_PERSON}",
    ),
    _row("case_control", r"\bcase-control\b", r"\bmatched controls?\b"),
    _row(
        "case_series",
        r"\bcase (?:series|studies)\b",
        r"\b(?:two|three|four|five|six|\d{1,2}) (?:case reports|cases)\b",
        r"\bconsecutive (?:case|patient) series\b",
        r"\bseries of (?:\w+ ){0,2}(?:cases|patients)\b",
    ),
    _row(
        "controlled_allocation_unclear",
        (
            r"\b(?:assigned|divided|allocated|split|separated"
            r"|distributed)[^.;]{0,40}\b(?:in)?to (?:\w+ ){0,6}(?:groups?|arms?|conditions?)\b"
        ),
        r"\bcontrolled (?:clinical )?(?:trial|study)\b",
        # Controls who are kinds of people are no group that was treated otherwise.
        r"\bcontrol (?:group|subjects)\b(?! of (?:[a-z-]+ ){0,2}(?:healthy|normal|asymptomatic|matched)\b)",
        r"\bquasi-?experimental\b",
        r"\bnon-?randomi[sz]ed\b",
        rf"\b(?:placebo|sham|double[- ](?:blind|dummy)|cross-?over)[^.;]{{0,60}}\b{_TRIAL}\b",
        r"\bdouble[- ]blind\w*",
    ),
    _row(
        "single_group_pre_post",
        r"\bpre-?test\b",
        r"\bpre-?post\b",
        r"\bbefore[ -]and[ -]after\b",
        r"\b(?:one|single)[ -](?:group|arm)\b",
        r"\buncontrolled\b",
        r"\bopen(?:[ -]label)?(?: \w+-?\w*)? (?:trial|study)\b",
        r"\bwithin-subjects?\b",
        r"\bown controls?\b",
        r"\bpilot (?:study|trial)\b",
    ),
    _row(
        "qualitative",
        r"(?<!quantitative and )(?<!quantitative, )\bqualitative\b",
        r"\bfocus groups?\b",
        r"\bsemi-?structured interviews?\b",
        r"\bgrounded theory\b",
        r"\bphenomenolog\w+",
        r"\bthematic (?:content )?analysis\b",
    ),
    _row("cross_sectional", r"\bcross-?sectional\b"),
    _row(
        "cohort",
        r"\bcohort\b",
        r"\blongitudinal (?:observational|study)\b",
        r"\bretrospective(?:ly)?\b",
        r"\bprospective(?:ly)? (?:observational|follow)",
        r"\bobservational study\b",
    ),
    _row(
        "survey",
        r"(?<!literature )\bsurvey(?:ed|s)?\b",
        r"\bquestionnaires? (?:was|were) (?:sent|mailed|distributed|e-?mailed)\b",
    ),
    _row(
        "single_group_pre_post",
        r"\b(?:patients|subjects|participants|women|infants|children|adults|volunteers)\b"
        r"[^.;]{0,60}\b(?:received|underwent|were (?:treated|given))\b",
        r"\b(?:before|prior to) and (?:\w+ )?after\b",
        also=r"\b(?:before|baseline|prior to|pre-?)\b",
    ),
    _row(
        "narrative_review",
        r"\b(?:this|the|our|literature|narrative|present) (?:\w+ )?(?:review|overview)\b",
        r"\bwe review(?:ed)?\b",
        r"\breviews? (?:the|of the|current|recent) ",
        r"\bliterature survey\b",
        r"\bthis (?:article|paper|chapter) (?:reviews?|discuss\w*|describes?|summari[sz]es|outlines|presents)\b",
    ),
)
