"""Commands on what waits for a person: touchstone ingest review | quarantine list, retry, drop."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click
import msgspec

from ingest import pipeline
from ingest.commands.options import as_json as json_option
from ingest.commands.options import now, tell, verbose, watching
from kb.base import open_for_writing, open_kb
from kb.doubts import doubts


@click.command()
@json_option
@click.pass_obj
def review(home: Path, as_json: bool) -> None:
    """List what was read with doubt and nobody has looked at yet, with the reasons."""
    with closing(open_kb(home)) as kb:
        held, found = kb.count(), [doubt for each in kb.publications() if (doubt := doubts(each)) is not None]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
        return
    for each in found:
        click.echo(f"{each.publication}\n  {each.title}\n" + "\n".join(f"  ? {reason}" for reason in each.reasons))
    click.echo(f"{len(found)} of {held} publications were read with doubt")
    click.echo("Pairs that may be one publication: `touchstone ingest join` lists those that wait for an answer.")


@click.group()
def quarantine() -> None:
    """What could not be read: list it, read it again, or drop it."""


@quarantine.command("list")
@json_option
@click.pass_obj
def list_(home: Path, as_json: bool) -> None:
    """List what could not be read, with the reason and the way to mend it."""
    with closing(open_kb(home)) as kb:
        entries = kb.quarantined()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(entries), indent=2))
        return
    for each in entries:
        where = f"number {each.id}, payload {each.payload[:12]}, {each.at:%Y-%m-%d}"
        click.echo(f"{each.key}  ({where})\n  {each.reason}\n  {each.remedy}")
    again = "; try again with `touchstone ingest quarantine retry`" if entries else ""
    click.echo(f"{len(entries)} in quarantine{again}")


@quarantine.command()
@json_option
@verbose
@click.pass_obj
def retry(home: Path, as_json: bool, verbose: bool) -> None:
    """Read everything in quarantine again, from the bytes kept."""
    with open_for_writing(home, create=False) as kb, watching(verbose) as watch:
        report = pipeline.retry(kb, clock=now, watch=watch)
    tell(report, as_json)


@quarantine.command()
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.pass_obj
def drop(home: Path, numbers: tuple[int, ...]) -> None:
    """Take entries out of the quarantine by their NUMBERS; the bytes that came stay in the store."""
    with open_for_writing(home, create=False) as kb:
        dropped = kb.store.drop_quarantined(numbers, now())
    click.echo(f"{dropped} dropped")
    if dropped < len(set(numbers)):
        raise click.exceptions.Exit(1)


COMMANDS = (
    review,
    quarantine,
)
