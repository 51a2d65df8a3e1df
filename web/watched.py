"""What a person watches, as their page shows it: the question, and how its answer changed last."""

from __future__ import annotations

from datetime import datetime

import msgspec
from flask import url_for

from kb.alerts import Watch
from kb.people import Person
from kb.store.watching import Watching
from web.letters import query_of
from web.urls import address


class Watched(msgspec.Struct, frozen=True):
    """A watch with the last change since it began; `lines` are empty where there was none."""

    id: int
    name: str
    url: str
    address: str | None
    at: datetime
    confirmed: bool
    changed: datetime | None
    lines: tuple[str, ...]


def watched(watching: Watching, person: Person) -> tuple[Watched, ...]:
    """What a person watches, the newest first."""
    return tuple(_shown(each, watching) for each in watching.of(person))


def _shown(watch: Watch, watching: Watching) -> Watched:
    last = next((each for each in watching.events(watch.question.query, 1) if each.at >= watch.at), None)
    return Watched(
        id=watch.id,
        name=watch.question.name,
        url=address(url_for("search.results"), query_of(watch.question.query)),
        address=watch.address,
        at=watch.at,
        confirmed=watch.confirmed,
        changed=last.at if last else None,
        lines=last.lines if last else (),
    )
