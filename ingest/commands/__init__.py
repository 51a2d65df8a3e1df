"""The commands of `touchstone ingest`, a file for each matter."""

from ingest.commands import identity, reading, scheduled, waiting

COMMANDS = (*reading.COMMANDS, *scheduled.COMMANDS, *waiting.COMMANDS, *identity.COMMANDS)
