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


def touchstone(home: Path, *words: object, output: int | None = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "touchstone", "--home", str(home), *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_run_loses_nothing_that_it_told(seed: int, library: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    moment = random.Random(seed)
    process = touchstone(home, "ingest", "file", library, "--verbose")
    assert process.stdout is not None
    # The first line is waited for, so that the kill falls into the work and not into Python's start.
    told = [process.stdout.readline()]
    time.sleep(moment.uniform(0, 1.5))
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read().splitlines(keepends=True)
    process.wait()

    check = touchstone(home, "check")
    output, _ = check.communicate()
    assert check.returncode == 0, output
    kb = open_kb(home)
    for line in told:
        if line.startswith("created ") and line.endswith("\n"):  # the last may be cut by the kill itself
            kb.publication(line.split()[1])
    health = kb.health()
    assert health.store_revision == health.index_revision
    kb.close()

    finished = touchstone(home, "ingest", "file", library)
    output, _ = finished.communicate()
    assert finished.returncode == 0, output
    assert open_kb(home).count() == RECORDS
