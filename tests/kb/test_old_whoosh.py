"""The engines over Whoosh 2.7.4's own package: the maintained line can be left by changing one line of setup.cfg.

Both are imported by one name, so that each needs a process of its own. `run.py test` puts the old one in place.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD = Path(sys.prefix) / "whoosh-2.7.4"
TESTS = ("test_engines.py", "test_parity.py", "test_damage.py")


@pytest.mark.skipif(not OLD.exists(), reason="Whoosh 2.7.4 is not installed here: python3 run.py test does")
def test_the_engines_run_over_whoosh_2_7_4() -> None:
    environment = {**os.environ, "PYTHONPATH": str(OLD)}
    which = [sys.executable, "-W", "ignore", "-c", "import whoosh; print(whoosh.__version__)"]
    assert "(2, 7, 4)" in subprocess.run(which, env=environment, capture_output=True, text=True, check=True).stdout
    command = [sys.executable, "-m", "pytest", "-q", *(f"tests/kb/{each}" for each in TESTS)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
