"""Commands that keep the curated corpus: touchstone corpus check | draft."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from ingest.commands.options import now
from ingest.curation import (
    Census,
    Comparison,
    census,
    comparison,
    disagreements,
    draft,
    problems,
    read_folder,
    read_material,
)
from ingest.errors import UnreadablePayloadError
from ingest.extractors import extract
from ingest.parsers import Unreadable, parse
from ingest.sources import Refusal, harvest_files
from kb.publication import slug
from kb.settings import read_settings
from kb.vocabulary import load_vocabulary


@click.group()
def corpus() -> None:
    """Keep the curated corpus: draft an entry, and check all of them."""


@corpus.command()
@click.argument("folder", default="corpus", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--material",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder with the documents that were read, to compare with (may be given again).",
)
@click.option("--json", "as_json", is_flag=True, help="The counts as JSON.")
def check(folder: Path, material: tuple[Path, ...], as_json: bool) -> None:
    """Check every entry of the corpus in FOLDER, and count what is there. Exit code 1 where something is wrong."""
    files = tuple(read_folder(folder, load_vocabulary(), now()))
    held = read_material(material) if material else None
    found = (*problems(files), *(disagreements(files, held) if held else ()))
    for each in found:
        click.echo(f"{each.path.name or folder}: {each.what}", err=True)
    told: list[Census | Comparison] = [census(files), *([comparison(files, held)] if held else [])]
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(told), indent=2))
    else:
        click.echo("\n".join(each.text() for each in told))
    if found:
        raise click.exceptions.Exit(1)


@corpus.command("draft")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("corpus/studies"),
    show_default=True,
    help="Where the drafts go.",
)
@click.pass_obj
def draft_(home: Path, paths: tuple[Path, ...], to: Path) -> None:
    """Draft entries from documents in any format that is read here, for a person to confirm.

    What stands there already under the same name is left as it is.
    """
    vocabulary = load_vocabulary()
    to.mkdir(parents=True, exist_ok=True)
    for payload in harvest_files(paths, source="file", largest=read_settings(home).max_payload, clock=now):
        try:
            parsed = (payload,) if isinstance(payload, Refusal) else tuple(parse(payload, vocabulary))
        except UnreadablePayloadError as error:
            raise click.ClickException(f"{payload.key}: {error}") from error
        for each in parsed:
            if isinstance(each, (Unreadable, Refusal)):
                raise click.ClickException(f"{each.key}: {each.reason}")
            path = to / f"{slug(each)}.toml"
            if path.exists():
                click.echo(f"{path} is there already")
                continue
            path.write_text(draft(each, extract(each, vocabulary)), "utf-8")
            click.echo(path)
