"""Commands that read documents and stored texts: touchstone ingest file | reextract | reparse."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click
import msgspec
from rich.console import Console

from ingest import pipeline
from ingest.commands.options import as_json as json_option
from ingest.commands.options import dry_run, now, opened, tell, verbose, watching
from ingest.explain import explain as explaining
from ingest.forecast import forecast
from ingest.sources import harvest_files
from kb.base import open_for_writing, open_kb
from kb.settings import read_settings
from kb.vocabulary import load_vocabulary


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@verbose
@dry_run
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
    with opened(home, dry_run) as kb, watching(verbose) as watch:
        payloads = harvest_files(paths, source="file", largest=kb.settings.max_payload, clock=now)
        report = pipeline.ingest(payloads, kb, clock=now, watch=watch)
    tell(report, as_json)


@click.command()
@json_option
@verbose
@dry_run
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


@click.command()
@json_option
@verbose
@dry_run
@click.pass_obj
def reparse(home: Path, as_json: bool, verbose: bool, dry_run: bool) -> None:
    """Read every kept document again with the present parsers, for what older ones left out (references).

    Needs no network. What people said stays on top.
    """
    with opened(home, dry_run) as kb, watching(verbose) as watch:
        report = pipeline.reparse(kb, clock=now, watch=watch)
    tell(report, as_json)


COMMANDS = (
    file,
    reextract,
    reparse,
)
