"""Commands on people: touchstone people | people invite | people reset."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from kb.base import open_desk
from kb.people.types import ROLES, Role


def _now() -> datetime:
    return datetime.now(UTC)


@click.group(invoke_without_command=True)
@click.pass_context
def people(context: click.Context) -> None:
    """People with an account: who there are; `invite` makes the first administrator."""
    if context.invoked_subcommand is None:
        for each in open_desk(context.obj, _now).accounts.people():
            click.echo(f"{each.name}: {each.role}{', shut' if each.disabled else ''}")


@people.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="curator", show_default=True)
@click.pass_obj
def invite(home: Path, name: str, role: Role) -> None:
    """Make a link with which NAME chooses a password; put the address of your service before it."""
    click.echo(f"/invitation/{open_desk(home, _now).accounts.invite(None, name, role)}")


@people.command()
@click.argument("name")
@click.pass_obj
def reset(home: Path, name: str) -> None:
    """Make a link with which NAME, who has an account, chooses a new password."""
    accounts = open_desk(home, _now).accounts
    found = next((each for each in accounts.people() if each.name == name.casefold()), None)
    if found is None:
        raise click.ClickException(f"there is no account {name!r}")
    click.echo(f"/invitation/{accounts.reset(None, found.id)}")


COMMANDS = (people,)
