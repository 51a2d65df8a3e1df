"""What an abstract reports of its own making: pilot or secondary analysis, and where it is registered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extractors.design_cues import any_of
from ingest.extractors.own import speaks_of_itself
from ingest.extractors.reading import Reading
from ingest.extractors.stems import search
from kb.extraction import DesignFlag, Finding, Place

_STUDY = (
    r"(?:study|trial|rct|investigation|evaluation|project|experiment|intervention|program(?:me)?|test|phase|work)\b"
)
# A sentence without one of these has no flag, and is read no further.
_STEM = any_of(
    r"pilot|prelim|feasib|analys[ei]s (?:of|from|was|use|exam|identif|regard|on)|re-?analy|alongside|data from"
    r"|sub-?study|ancillary|follow|abstract|presented at|data w"
)
_FLAGS: tuple[tuple[DesignFlag, re.Pattern[str]], ...] = (
    (
        "pilot",
        any_of(
            rf"\bpilot(?:[ ,-]{{1,2}}\w{{1,20}}){{0,5}}?[ ,-]{{1,2}}{_STUDY}|\b(?:a|as|this) pilot\b",
            r"\bpreliminary (?:study|trial|investigation)\b",
        ),
    ),
    (
        "feasibility",
        any_of(
            rf"\bfeasibility(?: [\w-]{{1,20}}){{0,3}}? {_STUDY}",
            r"\b(?:assess|test|evaluat|examin|determin|explor|investigat|judg|establish|measur|aim|outcome)\w*"
            r"(?: [\w,-]{1,20}){0,6}? feasibility\b|\bfeasibility (?:of|and)\b",
        ),
    ),
    (
        "secondary_analysis",
        any_of(
            r"\b(?:secondary|post[ -]hoc|subgroup|exploratory|ancillary) (?:data )?analys[ei]s"
            r" (?:of|from|on|regarding|identif\w+|was (?:performed|conducted) (?:on|of|using)|uses?d?|examin\w+)\b",
            r"\bdata (?:were|was) (?:drawn|obtained|taken) from (?:a|the) (?:\w+[ -]){0,3}(?:trial|study)\b",
            r"\bdata from (?:an?|the|our|this) (?:[\w-]+ ){0,5}(?:trial|rct|study) (?:were|was)"
            r" (?:\w+ )?re-?analy[sz]ed\b",
            r"\beconomic evaluation (?:\w+ ){0,4}alongside an?\b",
            r"\b(?:clinical )?trial follow[ -]up\b|\bfollow[ -]up (?:study )?of (?:a|the) (?:\w+ ){0,2}(?:trial|rct)\b",
            r"\b(?:ancillary|sub-?)[ -]?study (?:of|to|within|from)\b",
        ),
    ),
    ("conference_abstract", any_of(r"\b(?:conference|meeting|poster) abstract\b", r"\bpresented at the\b")),
)
# How a title says it, which has no verb.
_TITLED: tuple[tuple[DesignFlag, re.Pattern[str]], ...] = (
    ("pilot", any_of(r"\bpilot\b")),
    ("feasibility", any_of(r"\bfeasibility\b")),
    (
        "secondary_analysis",
        any_of(r"\b(?:secondary|post[ -]hoc|ancillary|subgroup|exploratory) (?:analys[ei]s|results)\b|\bsub-?study\b"),
    ),
)
_GAP = r"[ :-]{0,2}"
# The numbers of the registries of WHO's platform, ClinicalTrials.gov and PROSPERO, by their published shapes.
_SHAPES = (
    rf"NCT{_GAP}\d{{8}}",
    rf"ISRCTN,?(?: (?:number|no\.?|register))?{_GAP}\d{{8}}",
    rf"ACTRN{_GAP}\d{{14}}p?",
    rf"ChiCTR{_GAP}[-\w]{{6,20}}",
    rf"IRCT{_GAP}\d[\dN]{{7,20}}",
    r"CTRI[/ -]{1,2}\d{4}[/ -]\d{2,3}[/ -]\d{6}",
    rf"DRKS{_GAP}\d{{8}}",
    rf"UMIN(?:-CTR)?{_GAP}(?:ID[ :]{{0,2}})?\d{{9}}",
    r"JapicCTI-?\d{5,6}",
    r"jRCT\w{10,12}",
    rf"NTR{_GAP}\d{{2,5}}",
    r"NL[ -]?\d{4,5}",
    rf"KCT{_GAP}\d{{7}}",
    rf"TCTR{_GAP}\d{{11}}",
    r"SLCTR/\d{4}/\d{3}",
    r"RBR[- ]?\w{6,10}",
    rf"PACTR{_GAP}\d{{15,16}}",
    rf"RPCEC{_GAP}\d{{8}}",
    r"PER-\d{3}-\d{2}",
    r"LBCTR\d{10}",
    r"HKUCTR-\d{1,5}",
    rf"CRD{_GAP}42\d{{9}}",
    rf"(?:(?:EudraCT|EUCTR)(?: (?:number|no\.?))?{_GAP})?\d{{4}}-\d{{6}}-\d{{2}}",
)
_REGISTRATION = re.compile(rf"\b(?:{'|'.join(_SHAPES)})\b")
_WRITTEN_OUT = re.compile(
    r"\bInternational Standard Randomi[sz]ed Controlled Trial(?: Number)?(?: Register\w*)?,? "
    r"(?:number |no\.? )?(\d{8})\b",
    re.IGNORECASE,
)
_REGISTERED = any_of(r"\b(?:regist\w+|identifier|trial number|clinicaltrials\.gov|prospero|eudract|trial id)\b")
# What varies in writing: words and gaps between prefix and number; EudraCT numbers come with and without a prefix.
_LOOSE = re.compile(r",? (?:number|no\.?|register)(?=[ :])|\s|^(?:EudraCT|EUCTR)(?: (?:number|no\.?))?[ :-]*")
_PREFIX = re.compile(r"^(NCT|ISRCTN|ACTRN|ChiCTR|IRCT|DRKS|NTR|KCT|TCTR|PACTR|RPCEC|CRD)[:-]+(?=\d)")


def flags(reading: Reading) -> tuple[Finding[DesignFlag], ...]:
    """What qualifies the design: pilot, feasibility, secondary analysis, conference abstract."""
    found: dict[DesignFlag, Finding[DesignFlag]] = {}
    text = reading.abstract
    stated = (each for each in reading.sentences if search(_STEM, text, each.start, each.end))
    own = [each for each in stated if speaks_of_itself(text, each)]
    for flag, cue in _FLAGS:
        matches = (search(cue, text, each.start, each.end) for each in own)
        match = next((each for each in matches if each), None)
        if match:
            found[flag] = Finding(flag, *match.span(), rule=f"flag:{flag}")
    for flag, cue in _TITLED:
        match = cue.search(reading.title)
        if match and flag not in found:
            found[flag] = Finding(flag, *match.span(), rule=f"flag:{flag}", place="title")
    return tuple(found[flag] for flag, _ in _FLAGS if flag in found)


def registration(reading: Reading) -> Finding[str] | None:
    """The study's own number, without spaces: the first that is said to be a registration, else the first.

    A number that a background gives without such a word is another study's.
    """
    stated = [(match, "abstract") for match in _numbers(reading.abstract) if not _others(reading, match.start())]
    stated.sort(key=lambda each: not _said_registered(reading, each[0].start()))
    places: list[tuple[re.Match[str], Place]] = [(match, "abstract") for match, _ in stated]
    places += [(match, "title") for match in _numbers(reading.title)]
    for match, place in places:
        value = f"ISRCTN{match[1]}" if match.re is _WRITTEN_OUT else _plain(match.group())
        return Finding(value, *match.span(), rule="registration:shape", place=place)
    return None


def _plain(written: str) -> str:
    """ "NCT 01234567" as "NCT01234567", that one trial has one number."""
    joined = _LOOSE.sub("", written)
    return _PREFIX.sub(r"\1", joined)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    yield from _REGISTRATION.finditer(text)
    yield from _WRITTEN_OUT.finditer(text)


def _others(reading: Reading, at: int) -> bool:
    return reading.section_at(at) == "background" and not _said_registered(reading, at)


def _said_registered(reading: Reading, at: int) -> bool:
    """Whether its sentence, or the label before it, speaks of registration."""
    sentence = reading.sentence_at(at)
    start, end = (sentence.start - 40, sentence.end) if sentence else (at - 60, at + 20)
    return _REGISTERED.search(reading.abstract, max(0, start), end) is not None
