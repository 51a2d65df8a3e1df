"""Serving, in a process of its own: it answers, opens one knowledge base a worker, and stops when told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.errors import HomeMissingError
from web.cli import serve
from web.server import Address, workers_can_run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, signal, sys
from tests.web.invented import InventedKnowledgeBase
from web import create_app, server

def open_kb():
    print("opened in", "a worker" if os.getpid() != parent else "the parent", flush=True)
    return InventedKnowledgeBase()

signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background is deaf to it, and so its children
parent, address = os.getpid(), server.Address("127.0.0.1", int(sys.argv[2]))
if sys.argv[1] == "workers":
    server.serve_workers(open_kb, create_app, address, 2)
else:
    server.serve_threaded(create_app(open_kb()), address)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(url: str, seconds: float) -> str:
    """The answer of `url`, asked until it is there."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                text: str = answer.read().decode()
                return text
        except urllib.error.URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("way", "opened"),
    [
        pytest.param(
            "workers",
            "opened in a worker",
            marks=pytest.mark.skipif(not workers_can_run(), reason="gunicorn cannot run here"),
        ),
        ("threads", "opened in the parent"),
    ],
)
def test_it_serves_and_stops(way: str, opened: str) -> None:
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, way, str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert "and relaxation in invented weavers" in get(f"{Address('127.0.0.1', port).url}search?q=massage", 30)
            assert '"status":"ok"' in get(f"{Address('127.0.0.1', port).url}healthz", 5)
        finally:
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=60)  # a worker that is only just coming up has 30 of its own
    assert set(said.splitlines()) == {opened}


def test_a_missing_home_is_said_before_anything_is_served(tmp_path: Path) -> None:
    done = CliRunner().invoke(serve, [], obj=tmp_path / "absent")
    assert isinstance(done.exception, HomeMissingError)


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://127.0.0.1:80/"), ("::1", "http://[::1]:80/"), ("localhost", "http://localhost:80/")],
)
def test_addresses(host: str, url: str) -> None:
    assert Address(host, 80).url == url
