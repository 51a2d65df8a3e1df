"""Commands on jobs: touchstone ingest run | due | schedule | log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import click
import msgspec

from ingest import jobs
from ingest.commands.options import as_json as json_option
from ingest.commands.options import dry_run, now, opened, tell, verbose, watching
from ingest.fetch import HttpFetch, Limits
from ingest.report import Report
from ingest.sources import Means
from kb.base import open_kb
from kb.errors import BusyError, StoreError
from kb.settings import Settings, read_settings


@click.command()
@click.argument("name")
@json_option
@verbose
@dry_run
@click.pass_obj
def run(home: Path, name: str, as_json: bool, verbose: bool, dry_run: bool) -> None:
    """Run the job NAME of touchstone.toml now, whether it is due or not."""
    job = jobs.find(read_settings(home).jobs, name)
    with opened(home, dry_run) as kb, watching(verbose) as watch, _means(kb.settings) as means:
        report = jobs.run(job, kb, means, watch=watch)
    tell(report, as_json)


@click.command()
@json_option
@verbose
@dry_run
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


@click.command()
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


@click.command()
@click.option("--most", default=20, show_default=True, help="How many runs to list.")
@json_option
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
    with opened(home, dry_run) as kb, watching(verbose) as watch, _means(kb.settings) as means:
        return jobs.run_due(listed, kb, means, watch=watch)


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


COMMANDS = (
    run,
    due,
    schedule,
    log,
)
