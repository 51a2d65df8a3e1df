"""The addresses that letters and feeds name, and the question that an address asks: of a request or without one.

Links of letters begin with `site` of the settings and never with the host that a request names: whoever sends a false
one would have his own address in somebody else's letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from kb.alerts.letters import Links
from kb.facets import heading, named
from kb.search import Query
from kb.settings import MailSettings
from kb.vocabulary import Vocabulary
from web.tally import asked
from web.urls import from_parameters, to_parameters

ANSWER, STOP, CONFIRM = "/search", "/watch/stop", "/watch/confirm"


def question_of(pairs: Iterable[tuple[str, str]]) -> Query:
    """The question that parameters ask; order and page make no other answer."""
    return asked(from_parameters(pairs))


def parameters(query: Query) -> str:
    """What the store keeps of a question: the parameters of its address."""
    return urlencode(to_parameters(asked(query)))


def query_of(kept: str) -> Query:
    """The question that was kept."""
    return question_of(parse_qsl(kept))


def in_words(query: Query, vocabulary: Vocabulary) -> str:
    """A question as a letter names it: "“massage for sleep” (Study design: randomised controlled trial)"."""
    chosen = ", ".join(f"{heading(facet)}: {named(facet, value, vocabulary)}" for facet, value in query.filters)
    words = f"“{query.text}”" if query.text else "all publications"
    told = f"{words} ({chosen})" if chosen else words
    return " ".join("".join(each if each.isprintable() else " " for each in told).split())


def links(kept: str, stop: str, mail: MailSettings) -> Links:
    """The links of a letter about a question."""
    question = f"{ANSWER}?{kept}" if kept else ANSWER
    return Links(answer=f"{mail.site}{question}", stop=f"{mail.site}{STOP}/{stop}")


def confirm_link(secret: str, mail: MailSettings) -> str:
    """The link that confirms an address."""
    return f"{mail.site}{CONFIRM}/{secret}"
