"""Serving: gunicorn with worker processes of a few threads, each with a knowledge base of its own.

A knowledge base is opened after the fork: neither SQLite's connections nor an index's files may be
shared with a parent. Searching costs processor time, so that more threads would only wait.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import msgspec
from flask import Flask

from web.port import KnowledgeBase

THREADS = 4  # a worker
TIMEOUT = 30  # seconds until a worker that no longer answers is replaced
ANY_LINE = 0  # gunicorn's "no limit": a question of any length gets a page, which says how much of it was read


class Address(msgspec.Struct, frozen=True):
    """Where to listen."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        """As servers want it; an IPv6 address in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """As a reader opens it."""
        return f"http://{self.bind}/"


def workers_can_run() -> bool:
    """Whether gunicorn is here and the system can fork (Windows cannot)."""
    return all(importlib.util.find_spec(each) for each in ("gunicorn", "fcntl"))


def serve_workers(
    open_kb: Callable[[], KnowledgeBase], app_over: Callable[[KnowledgeBase], Flask], address: Address, workers: int
) -> None:
    """Serve from `workers` processes until stopped. The access log is off: questions are nobody's business."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # needs fork

    class Workers(BaseApplication):  # type: ignore[misc]
        kb: KnowledgeBase | None = None

        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": address.bind,
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "timeout": TIMEOUT,
                "limit_request_line": ANY_LINE,
                "proc_name": "touchstone",
                "loglevel": "warning",
                "worker_exit": lambda _server, _worker: self.kb.close() if self.kb else None,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            self.kb = open_kb()
            return app_over(self.kb)

    Workers().run()


def serve_threaded(app: Flask, address: Address) -> None:
    """Serve from this process: by waitress where it is installed, else by Werkzeug's own server."""
    if importlib.util.find_spec("waitress"):
        from waitress import serve  # type: ignore[import-untyped]

        serve(app, host=address.host, port=address.port, threads=THREADS)
    else:
        from werkzeug.serving import run_simple

        run_simple(address.host, address.port, app, threaded=True)
