"""Commands on alerts: `touchstone alerts run`, for cron and systemd. They are here because a letter names our pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from filelock import FileLock, Timeout

from kb.alerts import Answer, Question, told
from kb.alerts.post import posting
from kb.alerts.rounds import Report, Sending, look, send
from kb.base import KnowledgeBase, open_desk, open_kb
from kb.errors import BusyError
from kb.settings import MailSettings
from kb.store.watching import Watching
from web.letters import links, query_of


def _now() -> datetime:
    return datetime.now(UTC)


@click.group()
def alerts() -> None:
    """Alerts: who watches a question is told when its answer changes."""


@alerts.command()
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def run(home: Path, as_json: bool) -> None:
    """Look at every question that is watched, note what changed, and send the letters that are due."""
    with closing(open_kb(home)) as kb, _alone(home), closing(open_desk(home, _now)) as desk:
        report = _round(kb, desk.watching, desk.mail)
    click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2) if as_json else report.text())
    if report.exit_code:
        raise click.exceptions.Exit(report.exit_code)


def _round(kb: KnowledgeBase, watching: Watching, mail: MailSettings | None) -> Report:
    def answer(question: Question) -> Answer:
        return kb.remembered(query_of(question.query))

    def tell(old: Answer, new: Answer) -> tuple[str, ...]:
        return told(old, new, kb.publications, kb.vocabulary)

    started, lost = _now(), watching.interrupted()
    forgotten = watching.forget_unconfirmed()
    questions, changes = look(watching, answer, tell)
    done = _sent(watching, mail)
    waiting = len(watching.due())
    problems = (
        [f"An earlier run was interrupted. Whether its letters were sent is not known of {lost}."] if lost else []
    )
    if waiting and mail is None:
        problems.append("Letters wait, and no mail server is set: see [mail] in deploy/README.md.")
    return Report(
        started_at=started,
        questions=questions,
        changes=changes,
        sent=done.sent,
        waiting=waiting,
        refused=done.refused,
        lost=lost + done.lost,
        forgotten=forgotten,
        problems=(*problems, *done.problems),
    )


def _sent(watching: Watching, mail: MailSettings | None) -> Sending:
    if mail is None:
        return Sending()
    with posting(mail) as post:
        return send(watching, post, mail, lambda event, stop: links(event.question.query, stop, mail), _now)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the lock of rounds, which is not that of ingest runs; raises `BusyError`."""
    lock = FileLock(home / "alerts.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise BusyError(home / "alerts.lock") from error
    try:
        yield
    finally:
        lock.release()


COMMANDS = (alerts,)
