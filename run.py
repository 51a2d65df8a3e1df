"""Touchstone from a fresh clone, with nothing but Python 3.11 or later:

    python3 run.py demo         make the environment, build the knowledge base from corpus/, serve it
    python3 run.py test         make the environment, install what the tests need, run them
    python3 run.py ...          any other `touchstone` command

The environment is `.venv`, installed from hash-locked requirements and made again only when these change.
This file uses the standard library alone, for it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLD_WHOOSH = VENV / "whoosh-2.7.4"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> int:
    """Make the environment where it is missing or old, then hand over. Returns the command's exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what an old Python runs first)
        sys.exit(f"Touchstone needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    if arguments[:1] == ["test"]:
        prepare("requirements-test.txt")
        find_old_whoosh()
        find_browser()
        os.chdir(ROOT)
        together = [] if arguments[1:] else ["-n", "auto", "--dist", "loadfile"]  # all of them on all cores
        return run([str(PYTHON), "-m", "pytest", *together, *arguments[1:]])
    prepare("requirements.txt")
    return run([str(PYTHON), "-m", "touchstone", *arguments])


def prepare(requirements: str) -> None:
    """See that `.venv` holds `requirements` and this project, and mend one that was left half made."""
    wanted = digest(requirements)
    stamp = VENV / f"{requirements}.installed"
    if stamp.exists() and stamp.read_text() == wanted and run([str(PYTHON), "-c", ""], quiet=True) == 0:
        return
    make_environment()
    print(f"Installing {requirements} ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    must([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / requirements)])
    must([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(wanted)


def make_environment() -> None:
    """Make `.venv`, anew where one is there that does not run."""
    if run([str(PYTHON), "-m", "pip", "--version"], quiet=True) == 0:
        return
    print("Making the environment .venv ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if run([sys.executable, "-m", "venv", str(VENV)], quiet=True) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Python's venv module is incomplete here. On Debian: apt-get install -y python3-venv; then run again.")


def find_old_whoosh() -> None:
    """The other Whoosh that the engines are tested over; both are imported by one name, so it lies apart."""
    if not OLD_WHOOSH.exists():
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements-whoosh.txt")]
        must([*pip, "--target", str(OLD_WHOOSH), *locked])


def find_browser() -> None:
    """Chromium for the browser tests: used if there, installed where root on Debian may, else those tests skip."""
    if any(map(shutil.which, BROWSERS)):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests ...", flush=True)
        run(["apt-get", "update", "-qq"], quiet=True)
        run(["apt-get", "install", "-y", "-qq", "chromium"], quiet=True)
    if not any(map(shutil.which, BROWSERS)):
        print("No Chromium here: the browser tests are skipped. On Debian: apt-get install -y chromium", flush=True)


def digest(requirements: str) -> str:
    """What the environment depends on: the lock, and the project's own metadata."""
    parts = (ROOT / requirements, ROOT / "setup.cfg", ROOT / "pyproject.toml")
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in parts)).hexdigest()


def run(command: list[str], *, quiet: bool = False) -> int:
    """Run a command; its exit code, 127 where there is no such program."""
    output = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, stdout=output, stderr=output, check=False).returncode
    except KeyboardInterrupt:
        return 130
    except OSError:
        return 127


def must(command: list[str]) -> None:
    """Run a command, and end with a clear line where it fails."""
    if run(command) != 0:
        sys.exit("The installation did not succeed (see above). Check the network, and run the same command again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
