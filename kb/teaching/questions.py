"""The questions of worksheet and key: a table a form, so that a class gets what its publication can answer.

They ask for what F14 of the product map names: the question, the design, who, how many, what dose, compared with
what, each outcome with its direction and its basis, what is missing, and whether the conclusion follows. What is
asked hangs on the form alone and never on a fact. `TOPICS` says which rows of the factsheet and which slots of
`kb.unstated` answer what; each form takes up every topic once, so that no stored fact falls out of a key.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kb.publication import Publication
from kb.teaching.types import Blank, Form

ROWS = 8  # of the table of outcomes; with all the rest it fits on two sheets
OUTCOMES = ("Outcome", "Direction", "For the patient", "Basis", "Compared with")
PLANNED = ("Outcome", "Measured with", "When")
_DIRECTION = (
    "Direction: higher, lower, no difference, mixed, not stated. For the patient: better, worse, no difference, a "
    "marker, not stated. Basis: between groups (one group against another) or before–after (a group against its own "
    "start)."
)
_SENTENCE = "One sentence: in whom, what was done, compared with what, looking at what."

_FORMS: Mapping[str, Form] = {
    "protocol": "protocol",
    **dict.fromkeys(("systematic_review", "overview_or_evidence_map", "narrative_review"), "review"),
    **dict.fromkeys(("cohort", "case_control", "cross_sectional", "survey", "qualitative"), "observed"),
}


class Topic(msgspec.Struct, frozen=True):
    """What a question is about: `labels` of the factsheet, and `slots` of `kb.unstated` by their words."""

    labels: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()


TOPICS: Mapping[str, Topic] = {
    "question": Topic(),
    "design": Topic(
        ("Design", "Also", "Randomised", "Allocation", "Blinding", "Registration"),
        (
            "what kind of study it was",
            "whether chance decided who got what",
            "how the groups were drawn and kept secret",
            "who knew which treatment was given",
            "its number in a register of trials",
        ),
    ),
    "who": Topic(
        (
            *("Condition", "People", "In their words", "Age", "Mean age", "Standard deviation of age", "Ages"),
            *("Sex", "Share of women"),
        ),
        ("what they had", "how old they were", "how many were women or men"),
    ),
    "many": Topic(
        ("Trials pooled", "Entered", "In a group", "Analysed", "Completed"),
        (
            "how many trials it sums up",
            "how many people took part",
            "how many were in each group",
            "how many the results count",
        ),
    ),
    "what": Topic(("Technique", "Given by", "Where"), ("which kind of massage", "who gave it", "where it was given")),
    "dose": Topic(
        ("Minutes a session", "Sessions a week", "Weeks", "Sessions in all", "Minutes in all", "Dose of a group"),
        ("how long a session was", "how often sessions were", "for how many weeks", "how many sessions in all"),
    ),
    "versus": Topic(("Compared with", "Group"), ("what it was compared with",)),
    "outcomes": Topic(("Primary outcome",), ("which outcome counted most",)),
    "harms": Topic(("Harms", "Harm"), ("whether anybody was harmed",)),
    "quality": Topic(),
    "missing": Topic(),
    "follows": Topic(("Conclusion",)),
}


class Question(msgspec.Struct, frozen=True):
    """A question and its topics."""

    topics: tuple[str, ...]
    blank: Blank


def _ask(topics: str, ask: str, lines: int, help: str | None = None) -> Question:
    return Question(tuple(topics.split()), Blank(ask=ask, help=help, lines=lines))


def _table(ask: str, help: str, columns: tuple[str, ...]) -> Question:
    return Question(("outcomes",), Blank(ask=ask, help=help, columns=columns, rows=ROWS))


_MISSING = _ask("missing", "What is left out that you would want to know?", 2)
_HARMS = _ask("harms", "What is said of harm?", 1, "If nothing is said, write “not stated”: that is not “none”.")
_FOLLOWS = "Which rows of your table carry it? Do they compare groups? Does it leave out a row?"

QUESTIONS: Mapping[Form, tuple[Question, ...]] = {
    "study": (
        _ask("question", "What did the authors want to find out?", 2, _SENTENCE),
        _ask("design", "What kind of study is it?", 2, "Were there groups? Did chance decide who got what? Who knew?"),
        _ask("who", "Who took part?", 2, "What they had, how old they were, women or men."),
        _ask("many", "How many took part?", 1, "At the start, in each group, and in the results."),
        _ask("what", "What was done, by whom and where?", 2),
        _ask("dose", "How much of it?", 1, "Minutes a session, sessions a week, weeks, sessions in all."),
        _ask("versus", "What was it compared with?", 1, "If with nothing, write that."),
        _table("What happened to each outcome? Mark the one that counts most.", _DIRECTION, OUTCOMES),
        _HARMS,
        _MISSING,
        _ask("quality follows", "What do the authors conclude, and does it follow from the results?", 3, _FOLLOWS),
    ),
    "observed": (
        _ask("question", "What did the authors want to find out?", 2, "One sentence: about whom, looking at what."),
        _ask("design", "What kind of study is it?", 2, "Once or over time? Looking ahead or back? Who was asked?"),
        _ask("who", "Who took part?", 2, "What they had, how old they were, women or men."),
        _ask("many", "How many took part?", 1, "Of how many who were asked?"),
        _ask("what dose", "What was looked at, and how was it measured?", 2),
        _ask("versus", "Which groups were compared?", 1, "If none were, write that."),
        _table("What was found for each outcome?", _DIRECTION, OUTCOMES),
        _HARMS,
        _MISSING,
        _ask(
            "quality follows",
            "What do the authors conclude, and does it follow from the results?",
            3,
            "Nobody was given anything by chance here. What else could explain what was found?",
        ),
    ),
    "review": (
        _ask("question", "What did the authors want to find out?", 2, _SENTENCE),
        _ask("design", "What kind of review is it?", 2, "How did they look for studies, and how did they choose?"),
        _ask("many", "How many studies and how many people does it sum up?", 1),
        _ask("who", "Who took part in these studies?", 2),
        _ask("what dose", "What was done in these studies?", 2, "Were the treatments alike?"),
        _ask("versus", "What was it compared with?", 1),
        _table("What did it find for each outcome?", _DIRECTION, OUTCOMES),
        _ask("quality", "How sure are the authors, and why?", 2, "What do they say of how well the studies were done?"),
        _HARMS,
        _MISSING,
        _ask("follows", "What do the authors conclude, and does it follow from the results?", 3, _FOLLOWS),
    ),
    "protocol": (
        _ask("question", "What do the authors want to find out?", 2, _SENTENCE),
        _ask("design", "What kind of study is planned?", 2, "Will chance decide who gets what? Who will know?"),
        _ask("who", "Who is to take part?", 2),
        _ask("many", "How many are to take part, and why so many?", 1),
        _ask("what", "What is to be done, by whom and where?", 2),
        _ask("dose", "How much of it?", 1, "Minutes a session, sessions a week, weeks, sessions in all."),
        _ask("versus", "What is it to be compared with?", 1),
        _table("What is to be measured? Mark the outcome that counts most.", "There are no results yet.", PLANNED),
        _ask("harms", "How is harm to be looked for?", 1),
        _MISSING,
        _ask(
            "quality follows",
            "Before there are results: what would speak for the treatment, and what against it?",
            3,
            "Write it down now, and compare it with the report of the trial later.",
        ),
    ),
}


def form(publication: Publication) -> Form:
    """Which questions fit `publication`; where its design is not stated, those of a study of treated people."""
    design = publication.facts.design
    return _FORMS.get(design.value, "study") if design else "study"
