"""What curators say of single facts, and what readers report: pure, and on top of everything else that was read.

Three readings lie on one another: the machine's, that of a curated entry (`kb.overlay`), and what a curator said of
one fact beside its abstract. The upper stands, the lower are kept and can be shown; `kb.corrections` puts the
difference into words. `drafting` is not among the names here: it knows publications, which know corrections.
"""

from __future__ import annotations

from kb.amendments.applying import amended
from kb.amendments.fields import FIELDS, Field, field_of
from kb.amendments.types import LONGEST_REPORT, Answer, Correction, Report, What
from kb.amendments.values import canonical

__all__ = [
    "FIELDS",
    "LONGEST_REPORT",
    "Answer",
    "Correction",
    "Field",
    "Report",
    "What",
    "amended",
    "canonical",
    "field_of",
]
