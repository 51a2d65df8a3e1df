"""The journal-club sheet: fixed questions, a form each, for an hour in which a group talks through one publication.

They are ours, in the order in which checklists for clubs go (why this paper, what was asked, how, what was found,
what may be believed, what it means here), and end with what to say to a client and what not: never with what to do.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.publication import Publication
from kb.rights import Policy
from kb.teaching.head import head
from kb.teaching.questions import form
from kb.teaching.types import Blank, Form, Part, Sheet
from kb.vocabulary import Vocabulary

INTRO = "One person presents in five minutes, all others have read it. Each question is for the group."


def _part(title: str, *asked: str, lines: int = 2) -> Part:
    return Part(title, tuple(Blank(ask=each, lines=lines) for each in asked))


_BEFORE = _part(
    "Before we begin",
    "Why this paper? Which client or which question made us choose it?",
    "What do we expect that it found? Write it down before anybody tells.",
    lines=1,
)
_HERE = _part(
    "And here?",
    "How like the people whom we see are those in it? How like what we do is what was done?",
    "A client asks about it. What can we say that it found, and what can we not say?",
    "What would we have to read next to be surer, or to find out that we are wrong?",
)
_PAID = "Who paid for it, and who would like it to come out one way?"
_PARTS: Mapping[Form, tuple[Part, ...]] = {
    "study": (
        _BEFORE,
        _part(
            "How it was done",
            "What was the question, in one sentence?",
            "How did people come into their group? Could anybody have chosen?",
            "Who knew which treatment was given: the people, those who gave it, those who measured?",
            "How many began, how many were left at the end, and what became of the others?",
            "Could we give the treatment as it is described? What is missing for that?",
        ),
        _part(
            "What was found",
            "Which result compares groups, and which compares a group with its own start?",
            "Which outcome had been named as the main one, and what became of it?",
            "How big is the difference, and would a client notice it?",
            "What is said of harm? Was it asked for?",
        ),
        _part("What may be believed", "What else could have made the difference?", _PAID, lines=1),
        _HERE,
    ),
    "observed": (
        _BEFORE,
        _part(
            "How it was done",
            "What was the question, in one sentence?",
            "How were these people found, and who is missing among them?",
            "How was it measured or asked, and would we have answered so?",
        ),
        _part(
            "What was found",
            "What goes together with what, and how strongly?",
            "What could lie behind both?",
            "Does the text say “leads to” where it can only say “goes together with”?",
        ),
        _part("What may be believed", "What was not looked at?", _PAID, lines=1),
        _HERE,
    ),
    "review": (
        _BEFORE,
        _part(
            "How it was done",
            "What was the question, in one sentence?",
            "Where did they look for studies, until when, and in which languages?",
            "How did they choose, and did two people do it?",
            "How did they judge how well each study was done?",
            "Are the studies alike enough to be put together?",
        ),
        _part(
            "What was found",
            "For each outcome: how many studies, how many people, and which way?",
            "Compared with what: nothing, usual care, or another treatment?",
            "How sure are the authors, and what made them less sure?",
            "Is harm reported, and by how many of the studies?",
        ),
        _part("What may be believed", "Which studies may be missing because nobody published them?", _PAID, lines=1),
        _HERE,
    ),
    "protocol": (
        _BEFORE,
        _part(
            "What is planned",
            "What is the question, in one sentence?",
            "How will people come into their group? Could anybody choose?",
            "Who will know which treatment is given?",
            "Which outcome is the main one, and when is it to be measured?",
            "How many people, and how was that number found?",
            "Could we give the treatment as it is described?",
        ),
        _part(
            "Before there are results",
            "Which result would speak for the treatment, and which against it?",
            "Is the comparison a fair one?",
            "Has the report been published since? Does it keep to this plan?",
        ),
        _part("What may be believed", _PAID, lines=1),
        _HERE,
    ),
}


def journal_club(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The sheet; like the worksheet it hangs on head and form alone."""
    return Sheet(
        name="journal-club",
        title="Journal club",
        head=head(publication),
        intro=(INTRO,),
        parts=_PARTS[form(publication)],
    )
