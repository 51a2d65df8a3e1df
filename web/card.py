"""A hit as its card shows it: what kind of study, how many, and every outcome under the basis it stands on."""

from __future__ import annotations

import msgspec

from kb.extraction import Extraction
from kb.overlay import stands
from kb.publication import Publication
from kb.record import Notice
from kb.rights import Policy, full_text, told
from kb.search import Hit, Reason
from kb.snippet import Span, passage
from kb.topics import dose_given
from kb.vocabulary import Design, Vocabulary
from kb.wording import HARMS, NOTICES, authors, concept_name, dose_words, lacking
from web.directions import Lines, directions
from web.reader import number

_WORDS = 4  # words that a reason names
_EVENTS = 3  # harms that are named
_PLACES = {
    "title": "title",
    "abstract": "abstract",
    "summary": "our summary",
    "authors": "authors",
    "journal": "journal",
    "facts": "among the facts read",
}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """All that a card shows. `None` is "not stated"."""

    id: str
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    ours: bool
    authors: str | None
    container: str | None
    year: int | None
    design: Design | None
    size: str | None
    techniques: tuple[str, ...]
    dose: str | None
    full_text: str | None
    outcomes: tuple[Lines, ...]
    harms: str
    notices: tuple[str, ...]
    reasons: tuple[str, ...]
    only_cited: bool
    lacks: str | None


def card(hit: Hit, vocabulary: Vocabulary, policy: Policy) -> Card:
    """The card of a hit, with what `policy` lets out of its abstract.

    A passage of the abstract is shown only where all of it may be: with another question it would be another passage.
    """
    record, facts = hit.publication.record, told(hit.publication.facts, policy)
    snippet, ours = hit.snippet, hit.snippet_of == "summary"
    if policy != "full" and not ours:
        ours = record.summary is not None
        snippet = passage(record.summary, (), (), vocabulary) if record.summary else ()
    return Card(
        id=hit.publication.id,
        title=hit.title,
        snippet=snippet,
        ours=ours,
        authors=authors(record.contributors, 3),
        container=record.container_abbreviation or record.container,
        year=record.year,
        design=design(hit.publication, vocabulary),
        size=size(facts),
        techniques=tuple(dict.fromkeys(concept_name(each.value, vocabulary) for each in facts.method.techniques)),
        dose=dose_words(dose_given(facts.method)),
        full_text=full_text(record),
        outcomes=directions(facts, vocabulary),
        harms=_harms(facts),
        notices=tuple(dict.fromkeys(notice_name(each) for each in record.notices)),
        reasons=tuple(map(_reason, hit.reasons)),
        only_cited=hit.publication.only_cited,
        lacks=None if hit.whole else lacking(hit.lacks, hit.otherwise),
    )


def design(publication: Publication, vocabulary: Vocabulary) -> Design | None:
    """The study's design with its level, where it is stated."""
    stated = publication.facts.design
    return vocabulary.design(stated.value) if stands(stated) else None


def size(facts: Extraction) -> str | None:
    """ "n = 24", for a review "9 trials, n = 404"; a number that is disputed is not told so shortly."""
    trials, n = facts.sample.trials, facts.sample.n
    parts = (
        f"{number(trials.value)} trials" if stands(trials) else None,
        f"n = {number(n.value)}" if stands(n) else None,
    )
    return ", ".join(filter(None, parts)) or None


def notice_name(notice: Notice) -> str:
    """The notice's kind as a word."""
    return NOTICES[notice.kind]


def _harms(facts: Extraction) -> str:
    """What is said of harms, with the first few that are named."""
    said = HARMS[facts.harms.value if stands(facts.harms) else None]
    named = dict.fromkeys(each.value for each in facts.harm_events if each.state != "disputed")
    return f"{said}: {', '.join(tuple(named)[:_EVENTS])}" if named else said


def _reason(reason: Reason) -> str:
    """Why a hit is one, as a phrase: `FMS: fibromyalgia, fibrositis (title, abstract)`."""
    said = ", ".join(reason.words[:_WORDS]) or "not in these words"
    return f"{reason.asked}: {said} ({', '.join(_PLACES[each] for each in reason.where)})"
