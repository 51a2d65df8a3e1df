"""Commands that bring literature in: touchstone ingest ...

Exit codes: 0, everything arrived; 1, something did not and is named in the report, the rest arrived;
2, the command was misspelt; 3, another process is writing; 4, the knowledge base cannot be used.
"""

from __future__ import annotations

import click

from ingest.commands import COMMANDS as OURS
from ingest.commands.curation import corpus


@click.group()
def ingest() -> None:
    """Bring literature in; read again what could not be read."""


for command in OURS:
    ingest.add_command(command)

COMMANDS = (ingest, corpus)
