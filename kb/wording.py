"""Facts in words: one table a term, so that the same thing is said the same way on every page.

Direction is said twice, as a sign and in words, and never without its basis: "better than usual care"
is a comparison, "better than before" is a change that any group may show without any treatment. Words
that judge a treatment ("works", "effective", "safe") are not ours to say and do not occur.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from kb.extraction import Basis, Benefit, Change, Dose, HarmState, Method, Outcome, State, Timepoint
from kb.names import short_name
from kb.record import Contributor, NoticeKind, Record
from kb.sides import News, credited, news
from kb.vocabulary import Concept, Vocabulary

SIGNS: dict[Change, str] = {"up": "↑", "down": "↓", "none": "=", "mixed": "↕", "not_stated": "?"}
CHANGES: dict[Change, str] = {
    "up": "higher",
    "down": "lower",
    "none": "no difference",
    "mixed": "mixed",
    "not_stated": "direction not stated",
}
BENEFITS: dict[Benefit, str] = {
    "better": "better",
    "worse": "worse",
    "no_difference": "no difference",
    "mixed": "mixed",
    "contextual": "a marker: neither better nor worse",
    "not_stated": "not stated",
}
UNJUDGED = "Not counted as better or worse"  # what is no marker, and has no better direction that is known
BASES: dict[Basis, str] = {
    "between_groups": "between groups",
    "within_group": "before–after within a group",
    "unclear": "unclear",
}
TIMEPOINTS: dict[Timepoint, str] = {  # "not_stated" has no words of its own
    "immediate": "right after a session",
    "end": "end of treatment",
    "follow_up": "follow-up",
}
Footing = Literal["between_groups", "within_group", "unclear", "marker", "unjudged"]
FOOTINGS: tuple[Footing, ...] = ("between_groups", "within_group", "unclear", "marker", "unjudged")  # as they are told
NOT_CLEAR = "Not clear whether between groups"
HARMS: dict[HarmState | None, str] = {
    "reported": "reported",
    "none_serious": "reported that none serious occurred",
    "none_occurred": "reported that none occurred",
    None: "not mentioned",
}
STATES: dict[State, str] = {
    "machine": "read by a machine, not yet checked",
    "checked": "checked by a person",
    "corrected": "corrected by a person",
    "disputed": "disputed",
}
NOTICES: dict[NoticeKind, str] = {
    "retracted": "Retracted",
    "retracted_and_replaced": "Retracted and replaced",
    "withdrawn": "Withdrawn",
    "reinstated": "Reinstated",
    "retraction_notice": "Retraction notice",
    "expression_of_concern": "Expression of concern",
    "correction": "Corrected",
}
# What no program can know of a treatment from abstracts; trials do use such names for what they measured.
_JUDGING = re.compile(
    r"\b(prov(e[sn]?|ing)|effective(ness)?|works?|cures?|cured|safe(ly)?|recommend(ed|s)?)\b", re.IGNORECASE
)
_SAID = "compared with"  # who is said to have improved did not improve than others
_JOINS = {"better": "than", "worse": "than", "higher": "than", "lower": "than", "mixed": "against"}


def tone(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> str:
    """A name for the stylesheet. Only a comparison that the treated group is the subject of has a benefit's colour:

    "lower in usual care than with massage" is no good news of massage, whatever became lower.
    """
    if outcome.benefit == "contextual":
        return "marker"
    if outcome.basis != "between_groups":
        return "within" if outcome.basis == "within_group" else "unclear"
    judged = outcome.benefit in ("better", "worse")
    return "unclear" if judged and not credited(outcome, method, vocabulary) else outcome.benefit


def footing(outcome: Outcome, vocabulary: Vocabulary) -> Footing:
    """What an outcome is told under: its basis, unless it is a marker, or nobody can say which way is better."""
    if outcome.benefit != "contextual":
        return outcome.basis
    return "marker" if is_marker(outcome, vocabulary) else "unjudged"


def sign(outcome: Outcome) -> str:
    """The sign of an outcome. Where only "improved" or "worsened" is said, a plus or minus for the patient."""
    if outcome.change == "not_stated" and outcome.said is not None:
        return "+" if outcome.said == "improved" else "−"
    return SIGNS[outcome.change]


def is_marker(outcome: Outcome, vocabulary: Vocabulary) -> bool:
    """Whether it is a marker; costs or weight, of which nobody can say either which way is better, are none."""
    concept = vocabulary.concept(outcome.concept) if outcome.concept else None
    return outcome.benefit == "contextual" and concept is not None and concept.marker


def benefit_words(outcome: Outcome, vocabulary: Vocabulary) -> str:
    """The benefit in words."""
    unjudged = outcome.benefit == "contextual" and not is_marker(outcome, vocabulary)
    return UNJUDGED.lower() if unjudged else BENEFITS[outcome.benefit]


_WHOSE: dict[News, str] = {
    "other": "told of the group compared with",
    "apart": "not told of a hands-on treatment",
    "unknown": "not counted: which of the two is the treatment is not clear",
}


def uncounted(outcome: Outcome, method: Method, vocabulary: Vocabulary) -> str | None:
    """Why a comparison of groups does not count for the treatment; None where it may, or says neither way."""
    if outcome.basis != "between_groups":
        return None
    whose = news(outcome, method, vocabulary)
    return None if whose == "unknown" and outcome.benefit not in ("better", "worse") else _WHOSE.get(whose)


def changed(outcome: Outcome) -> str:
    """The change in words; where the text only says "improved" or "worsened", that word."""
    return outcome.said if outcome.change == "not_stated" and outcome.said else CHANGES[outcome.change]


def way(outcome: Outcome) -> str:
    """Which way it went, without its reference: for the patient where that is known, else as said, or up or down."""
    if outcome.benefit in ("contextual", "not_stated"):
        return f"said to have {outcome.said}" if changed(outcome) == outcome.said else CHANGES[outcome.change]
    return BENEFITS[outcome.benefit]


def result(outcome: Outcome, vocabulary: Vocabulary) -> str:
    """What the outcome did, in words, with its reference: "better than usual care", "lower than before"."""
    shown = way(outcome)
    if shown == CHANGES["not_stated"] or outcome.basis == "unclear":
        return shown
    if outcome.basis == "within_group":
        return "no change from before" if shown == "no difference" else f"{shown} {_JOINS.get(shown, _SAID)} before"
    join = "from" if shown == "no difference" else _JOINS.get(shown, _SAID)
    return f"{shown} {join} {compared_with(outcome, vocabulary) or 'the comparison group'}"


def statistics(outcome: Outcome) -> str | None:
    """The figures given with an outcome, as written."""
    return "; ".join(filter(None, (outcome.means, outcome.effect, outcome.interval, outcome.p))) or None


def compared_with(outcome: Outcome, vocabulary: Vocabulary) -> str | None:
    """Whom an outcome was compared with: as written, else the name of the comparator's class."""
    if outcome.versus is not None:
        return outcome.versus
    known = vocabulary.comparator(outcome.comparator) if outcome.comparator else None
    return known.name if known else None


def dose_words(dose: Dose) -> str | None:
    """A dose in one phrase, of what is stated: "10 sessions of 30 minutes over 5 weeks"."""
    sessions, minutes, weeks = dose.sessions, dose.minutes, dose.weeks
    first = f"{number(sessions.value)} session{'s' if sessions.value != 1 else ''}" if sessions else None
    each = f"{number(minutes.value)} minutes" if minutes else None
    start = f"{first} of {each}" if first and each else first or (f"{each} a session" if each else None)
    rate = f"{number(dose.per_week.value)} a week" if dose.per_week and not sessions else None
    said = ", ".join(filter(None, (start, rate)))
    over = f"{number(weeks.value)} week{'s' if weeks.value != 1 else ''}" if weeks else ""
    return f"{said} over {over}" if said and over else said or over or None


_LACKING = 3  # words that are named


def lacking(lacks: Iterable[str], otherwise: Iterable[str] = ()) -> str:
    """Why a hit is not counted among those that answer a question.

    `otherwise` are those of `lacks` whose words a reader sees in it: "massage" in "cardiac massage" or "massage gun".
    """
    seen = tuple(otherwise)
    told = tuple(each for each in lacks if each not in seen)
    more = f" and {len(told) - _LACKING} more of your words" if len(told) > _LACKING else ""
    named = (", " if more else " and ").join(f"“{each}”" for each in told[:_LACKING]) + more
    why = [f"without {named}"] if named else []
    if seen:
        why.append(f"{' and '.join(f'“{each}”' for each in seen[:_LACKING])} only in another sense or name")
    return f"Not counted above: {', '.join(why) or 'only some of what you asked'}"


def concept_name(id: str, vocabulary: Vocabulary) -> str:
    """The name of a concept, or its id where the vocabulary no longer has it."""
    found = vocabulary.concept(id)
    return found.name if found else id


def other_names(concept: Concept) -> tuple[str, ...]:
    """The other names of a concept that a page may say: none that judges a treatment ("effective rate")."""
    return tuple(each for each in concept.synonyms if not _JUDGING.search(each))


def number(value: float) -> str:
    """A number as a person writes it: 30, 2.5."""
    return f"{value:,.6g}" if value < 1e6 else f"{value:g}"


def authors(contributors: tuple[Contributor, ...], most: int) -> str | None:
    """Up to `most` names as "Family AB"; the rest are "et al."."""
    people = [each for each in contributors if each.role != "editor"]
    names = [short_name(each) for each in people[:most]]
    return ", ".join(names) + (" et al." if len(people) > most else "") if names else None


def volume_and_pages(record: Record) -> str | None:
    """`8(2):72–76`, of what is stated."""
    issue = f"({record.issue})" if record.issue else ""
    return f"{record.volume or ''}{issue}{':' + record.pages if record.pages else ''}".lstrip(":") or None
