"""Commands on what is known: search, show, export, check, rebuild, lists."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from kb.base import open_for_writing, open_kb
from kb.errors import ExportError
from kb.exporters import EXPORTERS, export
from kb.lists.commands import COMMANDS as LISTS
from kb.people.commands import COMMANDS as PEOPLE
from kb.plain import as_json, citation, plain
from kb.progress import progress
from kb.publication import Publication
from kb.search import Query
from kb.wording import lacking


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json_", is_flag=True, help="The whole answer as JSON.")
@click.option("--page", default=1, show_default=True, help="Which page of twenty.")
@click.pass_obj
def search(home: Path, question: tuple[str, ...], as_json_: bool, page: int) -> None:
    """Search in your own words: touchstone search "massage and sleep in fibromyalgia"."""
    with closing(open_kb(home)) as kb:
        results, held = kb.search(Query(text=" ".join(question), page=page)), kb.count()
    if as_json_:
        click.echo(msgspec.json.format(msgspec.json.encode(results), indent=2))
        return
    read_as = "".join(f"{', or ' if each.either else ', '}{each.kind} {each.name}" for each in results.chips)[2:]
    more = f"; {results.more} more have only some of it" if results.more else ""
    click.echo(f"{results.total} of {held} publications{more}" + (f"; read as {read_as}" if read_as else ""))
    if results.instead:
        click.echo(f"Did you mean: {results.instead}")
    for note in results.notes:
        click.echo(note)
    for hit in results.hits:
        n = hit.publication.facts.sample.n
        size = f"n = {n.value}" if n else "only cited" if hit.publication.only_cited else "n not stated"
        click.echo(f"\n{citation(hit.publication.record)}\n  {hit.publication.id}  {size}")
        if not hit.whole:
            click.echo(f"  {lacking(hit.lacks, hit.otherwise)}")


@click.command()
@click.argument("id")
@click.option("--json", "as_json_", is_flag=True, help="The record as JSON, with every quote.")
@click.pass_obj
def show(home: Path, id: str, as_json_: bool) -> None:
    """Show a publication's structured record, each fact with the words that say it."""
    with closing(open_kb(home)) as kb:
        publication = kb.publication(id)
        click.echo(as_json(publication) if as_json_ else plain(publication, kb.vocabulary))


@click.command("export")
@click.argument("question", nargs=-1)
@click.option("--format", "format_", type=click.Choice(list(EXPORTERS)), required=True, help="What to write.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file, instead of the terminal.")
@click.pass_obj
def export_(home: Path, question: tuple[str, ...], format_: str, output: Path | None) -> None:
    """Write all that a question finds, or everything, in a format that other programs read.

    Abstracts go out only as far as `rights` in touchstone.toml allow.
    """
    with closing(open_kb(home)) as kb, progress("Exporting") as watch:
        found = kb.find(Query(text=" ".join(question)))
        for note in found.notes:
            click.echo(note, err=True)
        taken = _counted(kb.publications(found.ids), lambda done: watch(done, len(found.ids)))
        pieces = export(taken, EXPORTERS[format_], kb.settings.rights, kb.vocabulary)
        if output is None:
            _write(pieces, sys.stdout.buffer)
        else:
            _write_file(pieces, output)
    click.echo(f"{len(found.ids)} publications, {EXPORTERS[format_].name}", err=True)


def _counted(publications: Iterable[Publication], watch: Callable[[int], None]) -> Iterator[Publication]:
    for done, each in enumerate(publications, start=1):
        watch(done)
        yield each


def _write(pieces: Iterable[bytes], file: BinaryIO) -> None:
    for piece in pieces:
        file.write(piece)
    file.flush()


def _write_file(pieces: Iterable[bytes], path: Path) -> None:
    """Write a file that is whole or not there: what stood under its name stays until the new one is complete."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as file:
            _write(pieces, file)
        draft.replace(path)
    except OSError as error:
        raise ExportError(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


@click.command()
@click.pass_obj
def check(home: Path) -> None:
    """Check store and index, and mend the index if it needs it. Exit code 1 where the store is damaged."""
    with open_for_writing(home, create=False) as kb:
        damage = kb.store.problems()
        for problem in damage:
            click.echo(problem)
        click.echo(
            f"store: {kb.store.count()} publications, revision {kb.store.revision}, {'damaged' if damage else 'whole'}"
        )
        differences = kb.index.problems(kb.store)
        for difference in differences[:20]:
            click.echo(difference)
        if differences:
            kb.refresh()
            if kb.index.problems(kb.store):
                kb.index.rebuild(kb.store)
            click.echo("index: mended")
        else:
            click.echo("index: whole")
        if damage:
            raise click.exceptions.Exit(1)


@click.command()
@click.pass_obj
def rebuild(home: Path) -> None:
    """Make the index anew from the store. Searches go on in the old one until the new one is whole."""
    with open_for_writing(home, create=False) as kb, progress("Indexing") as watch:
        count = kb.index.rebuild(kb.store, watch)
    click.echo(f"index: {count} publications")


COMMANDS = (search, show, export_, check, rebuild, *LISTS, *PEOPLE)
