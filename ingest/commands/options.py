"""What the commands share: options, the clock, the watch on a run, and how a report is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import click
import msgspec

from ingest.report import Report
from kb.base import WritableKnowledgeBase, open_for_rehearsal, open_for_writing
from kb.progress import progress
from kb.store import Change

as_json = click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
verbose = click.option("--verbose", is_flag=True, help="A line for each record, once it is stored.")
dry_run = click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")


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


@contextmanager
def opened(home: Path, dry_run: bool) -> Iterator[WritableKnowledgeBase]:
    """The knowledge base for writing, or, for a dry run, a copy of it."""
    with open_for_rehearsal(home) if dry_run else open_for_writing(home) as kb:
        yield kb
