"""kill -9 during ingest: what was told as stored is there, and `touchstone check` finds or makes the rest whole.

    TOUCHSTONE_KILLS=20 python3 run.py test tests/test_crash.py

All literature is invented.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.base import open_kb
from tests.conftest import ROOT

KILLS = int(os.environ.get("TOUCHSTONE_KILLS", "3"))
RECORDS = 120


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "invented.nbib"
    path.write_text("\n".join(invented(number) for number in range(RECORDS)))
    return path


def invented(number: int) -> str:
    return (
        f"PMID- {980000000 + number}\nTI  - Invented trial number {number} of massage.\nFAU - Weaver{number}, W\n"
        f"DP  - 2001\nAB  - METHODS: {number + 10} weavers were randomly assigned to massage or usual care. RESULTS: "
        "Pain was lower in the massage group than in the usual care group.\n"
    )


def touchstone(home: Path, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "touchstone", "--home", str(home), *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(home: Path, *words: object) -> None:
    with touchstone(home, *words) as process:
        output, _ = process.communicate()
    assert process.returncode == 0, output


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_loses_nothing_that_it_told(seed: int, library: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    moment = random.Random(seed)
    with touchstone(home, "ingest", "file", library, "--verbose") as process:
        assert process.stdout is not None
        # The first line is waited for, so that the kill falls into the work and not into Python's start.
        told = [process.stdout.readline()]
        time.sleep(moment.uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().splitlines(keepends=True)
    run(home, "check")
    kb = open_kb(home)
    for line in told:
        if line.startswith("created ") and line.endswith("\n"):  # the last may be cut by the kill itself
            kb.publication(line.split()[1])
    health = kb.health()
    assert health.store_revision == health.index_revision
    kb.close()

    run(home, "ingest", "file", library)
    assert open_kb(home).count() == RECORDS
