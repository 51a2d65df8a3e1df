"""Commands by which a person says what is one publication or one study: touchstone ingest join | split | families."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import click

from ingest import matching
from ingest.families import proposals
from kb.base import WritableKnowledgeBase, open_for_writing
from kb.errors import PublicationNotFoundError
from kb.store import link
from kb.store.links import Kind


@click.command()
@click.argument("publications", nargs=-1)
@click.option("--never", is_flag=True, help="Say that they are two: no later run joins them, or asks again.")
@click.pass_obj
def join(home: Path, publications: tuple[str, ...], never: bool) -> None:
    """Make the second of two PUBLICATIONS part of the first; without names, list the pairs that wait for an answer.

    The second's old address leads to the first. Undone with `split`.
    """
    if len(publications) not in (0, 2):
        raise click.UsageError("name two publications, or none to see which may be one")
    with open_for_writing(home, create=False) as kb:
        click.echo(_answered(kb, publications, never) if publications else _waiting(kb))


def _answered(kb: WritableKnowledgeBase, publications: tuple[str, ...], never: bool) -> str:
    at = datetime.now(UTC)
    kept, gone = (kb.store.publication(each).id for each in publications)
    if kept == gone:
        return f"{' and '.join(publications)} are one publication already"
    if never:
        kb.store.link(link(kept, gone, "different", "person", "said by hand", at))
        return f"{kept} and {gone} stay apart, whatever arrives"
    done = matching.join(kb, kept, gone, at, said_by="person", reason="said by hand")
    kb.refresh()
    return f"{gone} was joined into {kept}; revision {done.revision}"


def _waiting(kb: WritableKnowledgeBase) -> str:
    found = [each for each in kb.store.links() if each.kind == "proposed"]
    lines = [f"{each.reason}\n  {each.one}\n  {each.other}" for each in found]
    return "\n".join((*lines, f"{len(found)} to be answered"))


@click.command()
@click.argument("record")
@click.pass_obj
def split(home: Path, record: str) -> None:
    """Take RECORD (as in reports: pubmed:12345678) out of its publication, for good."""
    with open_for_writing(home, create=False) as kb:
        done = matching.split(kb, record, datetime.now(UTC))
        kb.refresh()
    click.echo(f"{record} is now {done.publication}; revision {done.revision}")


@click.command()
@click.argument("publications", nargs=-1)
@click.option("--confirm", "answer", flag_value="same", help="Say that PUBLICATIONS report one study.")
@click.option("--refuse", "answer", flag_value="different", help="Say that they do not; they are not proposed again.")
@click.pass_obj
def families(home: Path, publications: tuple[str, ...], answer: str | None) -> None:
    """List publications that may report one study, or say of PUBLICATIONS whether they do."""
    if bool(answer) != (len(publications) > 1):
        raise click.UsageError("name two publications or more with --confirm or --refuse, or none to see the proposals")
    with open_for_writing(home, create=False) as kb:
        for id in publications:
            if kb.store.gone([id]):
                raise PublicationNotFoundError(id)
        for one, other in combinations(publications, 2):
            said: Kind = "same" if answer == "same" else "different"
            kb.store.link(link(one, other, said, "person", "said by hand", datetime.now(UTC), "study"))
        settled = {(each.one, each.other) for each in kb.store.links(about="study")}
        found = proposals(kb.store.publications(kb.store.ids()), settled)
    for each in found:
        click.echo(f"{each.why}\n" + "".join(f"  {id}\n" for id in each.publications))
    click.echo(f"{len(found)} proposed" + ("; answer with --confirm or --refuse" if found else ""))


COMMANDS = (join, split, families)
