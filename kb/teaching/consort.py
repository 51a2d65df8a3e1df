"""A tick list for the abstract of a randomised trial, and what the record states of each item, hidden until the key.

The items are those of CONSORT for Abstracts (Hopewell and others 2008, doi 10.1371/journal.pmed.0050020) in our
words; the contact of authors, which that list asks of conference abstracts only, is left out. What is looked for is
said by `kb.unstated`; what no program here looks for says so, and is never "not stated".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from kb.publication import Publication
from kb.rights import Policy
from kb.teaching.head import head
from kb.teaching.types import Answer, Blank, Evidence, Filled, Part, Result, Sheet
from kb.teaching.worksheet import MAKE_IT, NO_ABSTRACT, ONLY_CITED, answers, documents, readers, results
from kb.vocabulary import Vocabulary

SOURCE = "https://doi.org/10.1371/journal.pmed.0050020"
BOXES = ("stated", "in part", "not stated")
NOT_IN_TITLE = "The title does not say so."
NOT_LOOKED = "Not looked for by this knowledge base: see the abstract."
INTRO = (
    "What CONSORT asks of the abstract of a randomised trial. Tick what it tells, and mark the words in your copy. "
    f"Source: {SOURCE}"
)
BACK = Blank(ask="Which of the items left out would change how you read it?", lines=2)
# Of these designs nobody may have been drawn by chance, or nobody can tell.
_FITS = ("rct", "crossover_rct", "cluster_rct", "controlled_allocation_unclear", "quasi_randomised", None)
_TITLE = re.compile(r"\brandomi[sz](?:ed|ation)\b", re.IGNORECASE)
_UNFIT = "This list is made for reports of randomised trials, and this publication was read as {design}."
_INSTEAD = "The worksheet and the journal-club sheet have questions that fit it."


class Item(msgspec.Struct, frozen=True):
    """An item: what is asked, in plain words; `labels` of the factsheet that answer it, None where nothing does."""

    name: str
    ask: str
    labels: tuple[str, ...] | None = None


ITEMS: tuple[Item, ...] = (
    Item("Title", "Does the title say that chance decided who got what?", ()),
    Item("Trial design", "What kind of trial: groups side by side, crossed over, whole clinics?", ("Design", "Also")),
    Item(
        "Participants",
        "Who could take part, and where was it done?",
        (
            *("Condition", "People", "In their words", "Age", "Mean age", "Standard deviation of age", "Ages", "Sex"),
            *("Share of women", "Where"),
        ),
    ),
    Item(
        "Interventions",
        "What did each group get?",
        (
            *("Technique", "Compared with", "Group", "Minutes a session", "Sessions a week", "Weeks"),
            *("Sessions in all", "Minutes in all", "Dose of a group", "Given by"),
        ),
    ),
    Item("Objective", "What was to be found out?"),
    Item("Main outcome", "Which outcome was named as the main one?", ("Primary outcome",)),
    Item("Randomisation", "How was it drawn who got what, and kept secret?", ("Randomised", "Allocation")),
    Item("Blinding", "Who did not know which treatment was given?", ("Blinding",)),
    Item("Numbers randomised", "How many came into each group?", ("Entered", "In a group")),
    Item("Recruitment", "Is it still open, ended, or stopped early?"),
    Item("Numbers analysed", "How many of each group do the results count?", ("Analysed", "Completed")),
    Item("Results", "For the main outcome: what came out in each group, how big was the difference, how exact?", ()),
    Item("Harms", "What is said of harms?", ("Harms", "Harm")),
    Item("Conclusions", "What do the authors conclude?", ("Conclusion",)),
    Item("Registration", "Its number in a register of trials, and which register?", ("Registration",)),
    Item("Funding", "Who paid?"),
)


def no_consort(publication: Publication, vocabulary: Vocabulary) -> str | None:
    """Why the tick list does not fit."""
    kind = publication.facts.design.value if publication.facts.design else None
    if kind in _FITS:
        return None
    known = vocabulary.design(kind) if kind else None
    return _UNFIT.format(design=f"“{known.name if known else kind}”")


def consort(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Sheet:
    """The tick list where it fits; the reason why not, where it does not."""
    design = publication.facts.design
    kind = design.value if design else None
    blank = Sheet(name="consort", title="Tick list: CONSORT for Abstracts", head=head(publication))
    if unfit := no_consort(publication, vocabulary):
        return msgspec.structs.replace(blank, unfit=unfit, instead=_INSTEAD)
    filled = {} if publication.only_cited else _key(publication, vocabulary, policy)
    return msgspec.structs.replace(
        blank,
        intro=tuple(_intro(kind)),
        parts=(Part(None, (*(Blank(ask=f"{each.name}. {each.ask}", boxes=BOXES) for each in ITEMS), BACK)),),
        key=tuple(filled.values()),
        key_intro=tuple(_key_intro(publication)),
        documents=documents(publication.facts),
        abstract=bool(publication.record.abstract),
    )


def _key_intro(publication: Publication) -> Iterator[str]:
    if publication.only_cited:
        yield from (ONLY_CITED, MAKE_IT)
        return
    yield from readers(publication.facts)
    if not publication.record.abstract:
        yield NO_ABSTRACT


def _intro(kind: str | None) -> list[str]:
    told = [INTRO]
    if kind in (None, "controlled_allocation_unclear", "quasi_randomised"):
        told.append("Whether chance decided who got what is not clear here: find that out first.")
    return told


def _key(publication: Publication, vocabulary: Vocabulary, policy: Policy) -> Mapping[str, Filled]:
    rows = answers(publication, vocabulary, policy)
    lines = results(publication, vocabulary, policy)
    return {each.name: _filled(each, publication, rows, lines) for each in ITEMS}


def _filled(item: Item, publication: Publication, rows: tuple[Answer, ...], lines: tuple[Result, ...]) -> Filled:
    ask = f"{item.name}. {item.ask}"
    if item.labels is None:
        return Filled(ask=ask, notes=(NOT_LOOKED,))
    if item.name == "Title":
        found = _in_title(publication)
        return Filled(ask=ask, answers=found, notes=() if found else (NOT_IN_TITLE,))
    if item.name == "Results":
        return Filled(ask=ask, results=lines)
    return Filled(ask=ask, answers=tuple(each for each in rows if each.label in item.labels))


def _in_title(publication: Publication) -> tuple[Answer, ...]:
    """The word of the title that says it; read again here, so that it needs no finding."""
    found = _TITLE.search(publication.record.title)
    if found is None:
        return ()
    where = Evidence(quote=found.group(), place="title", document=None, state="machine")
    return (Answer("Title", "says so", where),)
