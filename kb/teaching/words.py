"""What page and Word file say alike: where an answer was read, a line of the ledger, and the words around them."""

from __future__ import annotations

from kb.extraction import State
from kb.teaching.types import Evidence, Result, Sheet

NAMED = ("Name", "Date")
NOT_STATED = "not stated"
NOT_HELD = "not among the facts held here"
NOT_HELD_SHORT = "not held here"  # in a cell
KEY = "For the teacher: the key"
RETRACTED = "This publication was retracted: nothing of it counts as evidence here."
EVIDENCE = "This is evidence, not advice. Facts were read from abstracts and documents, some by machine."
RESULTS = ("Outcome", "Direction", "For the patient", "Basis", "Compared with", "When", "Statistics")
_STATES: dict[State, str] = {
    "machine": "by machine",
    "checked": "",  # as it should be
    "corrected": "corrected by a person",
    "disputed": "disputed",
}


def told(evidence: Evidence, documents: tuple[str, ...]) -> str:
    """`evidence` in a line; a document is named where the sheet has several, for one stands in its introduction."""
    quote = f"“{evidence.quote}”" if evidence.quote else None
    if quote and evidence.place == "title":
        quote += " (in the title)"
    document = f"in {evidence.document}" if evidence.document and not quote and len(documents) > 1 else None
    derived = "worked out from what is stated" if evidence.derived else None
    return "; ".join(filter(None, (quote, document, derived, _STATES[evidence.state])))


def unsaid(sheet: Sheet) -> str:
    """What the key says of a missing fact: nobody can say of an abstract that is not here what it leaves out."""
    return NOT_STATED if sheet.abstract else NOT_HELD


def cells(result: Result, sheet: Sheet) -> tuple[str, ...]:
    """A line of the ledger of `sheet` under the names of `RESULTS`; where it was read stands below it."""
    unsaid = NOT_STATED if sheet.abstract else NOT_HELD_SHORT
    named = ", ".join(filter(None, (result.outcome, result.instrument)))
    return (
        f"{named} (in: {result.arm})" if result.arm else named,
        f"{result.sign} {result.change}",
        result.benefit,
        result.basis,
        result.compared_with or unsaid,
        result.when or unsaid,
        result.statistics or unsaid,
    )
