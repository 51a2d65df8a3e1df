"""Commands that bring literature in: touchstone ingest file | run | due | schedule | review | quarantine | ...

Exit codes: 0, everything arrived; 1, something did not and is named in the report, the rest arrived;
2, the command was misspelt; 3, another process is writing; 4, the knowledge base cannot be used.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path

import click
import msgspec
from rich.console import Console

from ingest import cli_identity, jobs, pipeline
from ingest.explain import explain as explaining
from ingest.fetch import HttpFetch, Limits
from ingest.forecast import forecast
from ingest.report import Report
from ingest.sources import Means, harvest_files
from kb.base import WritableKnowledgeBase, open_for_rehearsal, open_for_writing, open_kb
from kb.doubts import doubts
from kb.errors import BusyError, StoreError
from kb.progress import progress
from kb.settings import Settings, read_settings
from kb.store import Change
from kb.vocabulary import load_vocabulary

_json = click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
_verbose = click.option("--verbose", is_flag=True, help="A line for each record, once it is stored.")

_dry_run = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


@click.group()
def ingest() -> None:
    """Bring literature in; read again what could not be read."""


@ingest.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_json
@_verbose
@_dry_run
@click.option("--explain", is_flag=True, help="Show how each abstract is read, and store nothing.")
@click.pass_obj
def file(home: Path, paths: tuple[Path, ...], as_json: bool, verbose: bool, dry_run: bool, explain: bool) -> None:
    """Take in files and folders, in any format that is read here.

    The format is told from the content. What cannot be read is kept in quarantine and named; the rest arrives.
    """
    if explain:
        largest = read_settings(home).max_payload
        failed = explaining(
            harvest_files(paths, source="file", largest=largest, clock=now), load_vocabulary(), Console()
        )
        raise click.exceptions.Exit(1 if failed else 0)
    with _opened(home, dry_run) as kb, watching(verbose) as watch:
        payloads = harvest_files(paths, source="file", largest=kb.settings.max_payload, clock=now)
        report = pipeline.ingest(payloads, kb, clock=now, watch=watch)
    tell(report, as_json)


@ingest.command()
@click.argument("name")
@_json
@_verbose
@_dry_run
@click.pass_obj
def run(home: Path, name: str, as_json: bool, verbose: bool, dry_run: bool) -> None:
    """Run the job NAME of touchstone.toml now, whether it is due or not."""
    job = jobs.find(read_settings(home).jobs, name)
    with _opened(home, dry_run) as kb, watching(verbose) as watch, _means(kb.settings) as means:
        report = jobs.run(job, kb, means, watch=watch)
    tell(report, as_json)


@ingest.command()
@_json
@_verbose
@_dry_run
@click.pass_obj
def due(home: Path, as_json: bool, verbose: bool, dry_run: bool) -> None:
    """Run every job of touchstone.toml that is due; for cron and systemd timers."""
    reports = _run_due(home, verbose, dry_run)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(reports), indent=2))
    else:
        click.echo("\n\n".join(each.text() for each in reports) or "No job is due.")
    if any(each.exit_code for each in reports):
        raise click.exceptions.Exit(1)


@ingest.command()
@click.option("--pause", default=60, show_default=True, help="Seconds between two looks at what is due.")
@click.pass_obj
def schedule(home: Path, pause: int) -> None:
    """Stay in the foreground and run jobs when they are due; for those without cron. Ctrl+C ends it."""
    while True:
        try:
            for report in _run_due(home, verbose=False, dry_run=False):
                click.echo(report.text())
        except (BusyError, StoreError) as error:
            click.echo(f"{error}; looking again in {pause} seconds", err=True)
        time.sleep(pause)


@ingest.command()
@click.option("--most", default=20, show_default=True, help="How many runs to list.")
@_json
@click.pass_obj
def log(home: Path, most: int, as_json: bool) -> None:
    """List the last runs, the latest first, each with its report."""
    with closing(open_kb(home)) as kb:  # while a job writes, too: that is when one looks
        found = kb.runs(most)
    if as_json:
        click.echo(b"[" + b",".join(each.report.encode() for each in found) + b"]")
        return
    for each in found:
        report = msgspec.json.decode(each.report, type=Report)
        click.echo(f"{each.started_at:%Y-%m-%d %H:%M} UTC\n{report.text()}\n")


def _run_due(home: Path, verbose: bool, dry_run: bool) -> list[Report]:
    listed = read_settings(home).jobs
    with _opened(home, dry_run) as kb, watching(verbose) as watch, _means(kb.settings) as means:
        return jobs.run_due(listed, kb, means, watch=watch)


@contextmanager
def _opened(home: Path, dry_run: bool) -> Iterator[WritableKnowledgeBase]:
    with open_for_rehearsal(home) if dry_run else open_for_writing(home) as kb:
        yield kb


@contextmanager
def _means(settings: Settings) -> Iterator[Means]:
    who = f" ({settings.contact})" if settings.contact else ""
    limits = Limits(largest=settings.max_payload)
    fetch = HttpFetch(
        f"Touchstone/{version('touchstone-evidence')}{who}", limits=limits, private=settings.allow_private
    )
    try:
        yield Means(fetch=fetch, clock=now, largest=settings.max_payload)
    finally:
        fetch.close()


@ingest.command()
@_json
@_verbose
@_dry_run
@click.pass_obj
def reextract(home: Path, as_json: bool, verbose: bool, dry_run: bool) -> None:
    """Read every stored abstract again with the present extractors; what people said stays on top."""
    if dry_run:
        with closing(open_kb(home)) as held:
            expected = forecast(held.publications(), held.vocabulary)
        click.echo(msgspec.json.format(msgspec.json.encode(expected), indent=2) if as_json else expected.text())
        return
    with open_for_writing(home, create=False) as kb, watching(verbose) as watch:
        report = pipeline.reextract(kb, clock=now, watch=watch)
    tell(report, as_json)


@ingest.command()
@_json
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


@ingest.group()
def quarantine() -> None:
    """What could not be read: list it, read it again, or drop it."""


@quarantine.command("list")
@_json
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
@_json
@_verbose
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


def now() -> datetime:
    """The time, in UTC: what every run outside the tests is given as its clock."""
    return datetime.now(UTC)


def tell(report: Report, as_json: bool) -> None:
    """Print the report and end with its exit code."""
    click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2) if as_json else report.text())
    if report.exit_code:
        raise click.exceptions.Exit(report.exit_code)


@contextmanager
def watching(verbose: bool) -> Iterator[Callable[[str, Change], None]]:
    """A watch for the pipeline: a bar where a person looks on, and with `verbose` a line for each record."""
    with progress("Reading") as bar:
        numbers = count(1)

        def watch(publication: str, change: Change) -> None:
            bar(next(numbers), None)
            if verbose:
                click.echo(f"{change.value} {publication}")

        yield watch


for command in cli_identity.COMMANDS:
    ingest.add_command(command)

COMMANDS = (ingest,)
