"""Commands on reading lists: touchstone lists | lists take | lists drop."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from kb.base import open_for_writing, open_kb
from kb.lists.files import read_list
from kb.lists.types import placed


@click.group(invoke_without_command=True)
@click.pass_context
def lists(context: click.Context) -> None:
    """Reading lists: which there are; `take` brings more in, `drop` takes one away."""
    if context.invoked_subcommand is None:
        with closing(open_kb(context.obj)) as kb:
            for each in kb.lists(whole=True):
                click.echo(f"{each.id}: {each.title} ({len(each.items)} publications, {each.updated})")


@lists.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--replace", is_flag=True, help="Replace lists that curators have edited here, too.")
@click.pass_obj
def take(home: Path, paths: tuple[Path, ...], replace: bool) -> None:
    """Take in lists from files, and from folders of them. One of the same name is replaced, unless edited here."""
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    read = [read_list(each) for each in files]
    if len({each.id for each in read}) < len(read):
        raise click.ClickException("two of these files have one name, which would be one list")
    with open_for_writing(home) as kb, kb.store.together():
        kept = {each.id for each in read if not kb.store.put_list(each, datetime.now(UTC), over_edits=replace)}
    with closing(open_kb(home)) as held:
        for each in read:
            if each.id in kept:
                click.echo(f"{each.id}: left as curators have edited it here; --replace takes the file's")
                continue
            items = [item for section in placed(each, held.listed(each)) for item in section.items]
            missing = [item.item.study for item in items if item.publication is None]
            click.echo(
                f"{each.id}: {len(items)} publications" + (f", not held: {', '.join(missing)}" if missing else "")
            )


@lists.command()
@click.argument("ids", nargs=-1, required=True)
@click.pass_obj
def drop(home: Path, ids: tuple[str, ...]) -> None:
    """Take lists away; their publications stay."""
    with open_for_writing(home, create=False) as kb:
        gone = [each for each in ids if kb.store.drop_list(each)]
    click.echo(f"dropped: {', '.join(gone) or 'none'}")
    if len(gone) < len(ids):
        raise click.ClickException(f"no such list: {', '.join(sorted(set(ids) - set(gone)))}")


COMMANDS = (lists,)
