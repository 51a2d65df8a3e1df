"""What an abstract reports of its own making: pilot or secondary analysis, who was blinded, where registered."""

from __future__ import annotations

import re

from ingest.extractors.design_cues import any_of
from ingest.extractors.reading import Reading
from kb.extraction import DesignFlag, Finding

_FLAGS: tuple[tuple[DesignFlag, re.Pattern[str]], ...] = (
    ("pilot", any_of(r"\bpilot\b", r"\bpreliminary (?:study|trial|investigation)\b")),
    ("feasibility", any_of(r"\bfeasibility\b")),
    (
        "secondary_analysis",
        any_of(
            r"\b(?:secondary|post[ -]hoc|subgroup|exploratory) (?:data )?analys[ei]s"
            r" (?:of|from|was (?:performed|conducted) (?:on|of|using))\b",
            r"\bdata (?:were|was) (?:drawn|obtained|taken) from a (?:\w+[ -]){0,3}(?:trial|study)\b",
            r"\b(?:clinical )?trial follow[ -]up\b",
        ),
    ),
    ("conference_abstract", any_of(r"\b(?:conference|meeting|poster) abstract\b", r"\bpresented at the\b")),
)
_WHO = r"(?:assessor|observer|investigator|evaluator|rater|examiner|participant|patient|therapist)"
_BLINDING = any_of(
    rf"\b(?:single|double|triple|{_WHO})[- ]?(?:blind(?:ed)?|masked)\b",
    r"\b(?:open[- ]label|unblinded|non-blinded)\b",
    rf"\bblind(?:ed)? (?:\w+ )?(?:{_WHO}s?|controlled trial)\b",
    rf"\b{_WHO}s? (?:was|were) (?:\w+ )?blind(?:ed)?\b",
)
# The numbers of the registries of WHO's platform, ClinicalTrials.gov and PROSPERO, by their published shapes.
_REGISTRATION = re.compile(
    r"\bNCT ?\d{8}\b|\bISRCTN ?\d{8}\b|\bACTRN ?\d{14}p?\b|\bChiCTR[-\w]{6,20}\b|\bIRCT ?[\dN]{8,20}\b"
    r"|\bCTRI/\d{4}/\d{2,3}/\d{6}\b|\bDRKS ?\d{8}\b|\bUMIN ?\d{9}\b|\bNTR ?\d{2,5}\b|\bNL ?\d{4}\b|\bKCT ?\d{7}\b"
    r"|\bTCTR ?\d{11}\b|\bRBR-\w{6,10}\b|\bPACTR ?\d{15}\b|\bjRCT\w{10,12}\b|\bCRD ?42\d{9}\b"
    r"|\b(?:EudraCT )?\d{4}-\d{6}-\d{2}\b"
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
