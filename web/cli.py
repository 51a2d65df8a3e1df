"""`touchstone serve`: the pages on a port, by gunicorn, or by what there is where it cannot run."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask

from kb.base import open_desk, open_kb
from kb.errors import SettingsError
from kb.settings import Settings, read_settings
from web import behind, create_app
from web.alerts import COMMANDS as ALERTS
from web.port import KnowledgeBase
from web.server import Address, serve_threaded, serve_workers, workers_can_run

if TYPE_CHECKING:  # its library is an extra
    from web.provider import Provider


@click.command()
@click.option("--host", help="Address to listen on (default: settings, else 127.0.0.1: this machine only).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (default: settings, else 8080).")
@click.option("--workers", type=click.IntRange(1, 64), help="Worker processes (default: settings, else 2).")
@click.pass_obj
def serve(home: Path, host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the pages until stopped."""

    def app_over(kb: KnowledgeBase) -> Flask:
        return behind(create_app(kb, open_desk(home, _now), provider), settings.proxies)

    settings = read_settings(home)
    provider = _provider(settings)
    address = Address(host or settings.host, settings.port if port is None else port)
    kb = open_kb(home)  # what is wrong with the home is said here, once, and not by every worker
    click.echo(f"Touchstone: {kb.count()} publications on {address.url} (stop with Ctrl+C)")
    if workers_can_run():
        kb.close()
        open_desk(home, _now).close()  # the schema is brought up to date once, and not by every worker
        serve_workers(lambda: open_kb(home), app_over, address, workers or settings.workers)
    else:
        click.echo("gunicorn cannot run on this system; serving from one process instead.", err=True)
        serve_threaded(app_over(kb), address)


def _provider(settings: Settings) -> Provider | None:
    """Who may tell who somebody is; the secret that it knows us by comes from the environment, not from a file."""
    if settings.provider is None:
        return None
    try:
        from web.provider import Provider
    except ImportError as error:
        raise SettingsError("[provider] needs the extra `oidc`: pip install touchstone-evidence[oidc]") from error
    return Provider(settings.provider, os.environ.get("TOUCHSTONE_PROVIDER_SECRET", ""))


def _now() -> datetime:
    return datetime.now(UTC)


COMMANDS = (serve, *ALERTS)
