"""The command `touchstone`: the three rooms' commands under one name. The only file that knows all rooms."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

import ingest.cli
import kb.cli
import web.cli
from ingest import pipeline
from ingest.commands.options import now, watching
from ingest.errors import IngestError
from ingest.sources import harvest_files
from kb.base import open_for_writing
from kb.errors import BusyError, KnowledgeBaseError
from kb.lists import read_list

CORPUS = Path(__file__).with_name("corpus")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="TOUCHSTONE_HOME",
    default=Path("var"),
    show_default=True,
    help="Where the knowledge base lives (or TOUCHSTONE_HOME).",
)
@click.version_option(package_name="touchstone-evidence")
@click.pass_context
def touchstone(context: click.Context, home: Path) -> None:
    """Search the evidence on massage and manual therapy, and keep it."""
    context.obj = home


@touchstone.command()
@click.option("--port", type=int, help="Port to serve on (default: settings, else 8080).")
@click.pass_context
def demo(context: click.Context, port: int | None) -> None:
    """Fill the knowledge base from the curated corpus, its citations and reading lists, and serve it."""
    with open_for_writing(context.obj) as writable, watching(verbose=False) as watch:
        folders = [CORPUS / "studies", CORPUS / "citations"]
        payloads = harvest_files(folders, source="corpus", largest=writable.settings.max_payload, clock=now)
        report = pipeline.ingest(payloads, writable, clock=now, watch=watch)
        for path in sorted((CORPUS / "lists").glob("*.toml")):
            writable.store.put_list(read_list(path), now(), over_edits=False)
    click.echo(report.text())
    context.invoke(web.cli.serve, port=port)


for command in (*kb.cli.COMMANDS, *ingest.cli.COMMANDS, *web.cli.COMMANDS):
    touchstone.add_command(command)


def main() -> None:
    """Run the command; errors of the house become one clear message and an exit code."""
    try:
        touchstone()
    except (KnowledgeBaseError, IngestError) as error:
        click.echo(f"touchstone: {error}\n{error.remedy}", err=True)
        sys.exit(3 if isinstance(error, BusyError) else 4)
    except BrokenPipeError:  # the reader of our output has gone (`touchstone search ... | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    main()
