"""Commands on what is known: search, show, check, rebuild."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kb.base import open_for_writing, open_kb
from kb.plain import as_json, citation, plain
from kb.progress import progress
from kb.search import Query


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json_", is_flag=True, help="The whole answer as JSON.")
@click.option("--page", default=1, show_default=True, help="Which page of twenty.")
@click.pass_obj
def search(home: Path, question: tuple[str, ...], as_json_: bool, page: int) -> None:
    """Search in your own words: touchstone search "massage and sleep in fibromyalgia"."""
    kb = open_kb(home)
    results = kb.search(Query(text=" ".join(question), page=page))
    if as_json_:
        click.echo(msgspec.json.format(msgspec.json.encode(results), indent=2))
        return
    read_as = ", ".join(f"{chip.kind} {chip.name}" for chip in results.chips)
    click.echo(f"{results.total} of {kb.count()} publications" + (f"; read as {read_as}" if read_as else ""))
    for note in results.notes:
        click.echo(note)
    for hit in results.hits:
        n = hit.publication.facts.sample.n
        size = f"n = {n.value}" if n else "n not stated"
        click.echo(f"\n{citation(hit.publication.record)}\n  {hit.publication.id}  {size}")


@click.command()
@click.argument("id")
@click.option("--json", "as_json_", is_flag=True, help="The record as JSON, with every quote.")
@click.pass_obj
def show(home: Path, id: str, as_json_: bool) -> None:
    """Show a publication's structured record, each fact with the words that say it."""
    kb = open_kb(home)
    publication = kb.publication(id)
    click.echo(as_json(publication) if as_json_ else plain(publication, kb.vocabulary))


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


COMMANDS = (search, show, check, rebuild)
