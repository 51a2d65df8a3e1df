"""A night's harvest on a bad day: a PubMed on loopback with every fault, and the run killed again and again.

    python benchmarks/nightly.py [--records 25000] [--kills 5] [--faults 0.02] [--seed 1]

Afterwards the knowledge base must hold exactly the server's records, each once, and a second night must say that
nothing changed. Prints records a second and the peak memory of the run. Everything harvested is invented.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kb.base import open_kb  # noqa: E402
from tests.servers.invented import articles  # noqa: E402
from tests.servers.pubmed import PubMed, serving  # noqa: E402

SETTINGS = """allow_private = true
[[jobs]]
name = "nightly"
source = "pubmed"
query = "massage"
every = "1d"
[jobs.options]
base = "{base}/"
api_key = "invented"
"""


def main() -> int:
    """Run the command; 1 where a record is missing, doubled or invented."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--records", type=int, default=25_000)
    cli.add_argument("--kills", type=int, default=5)
    cli.add_argument("--faults", type=float, default=0.02)
    cli.add_argument("--seed", type=int, default=1)
    given = cli.parse_args()
    service = PubMed(articles(given.records), faults=given.faults, seed=given.seed)
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder, serving(service) as site:
        home = Path(folder)
        (home / "touchstone.toml").write_text(SETTINGS.format(base=site.url))
        began = time.perf_counter()
        for number in range(1, given.kills + 1):
            killed = _killed(home, chance.uniform(5, 40))
            print(f"kill {number}: {'the run was killed' if killed else 'the run had ended'}", flush=True)
        while _run(home) != 0:
            print("the run failed and is started again", flush=True)
        seconds = time.perf_counter() - began
        _check(home)
        wrong = _compare(home, service)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{given.records} records in {seconds:.0f} s with the restarts; peak memory {memory:.0f} MB")
        again = subprocess.run(_command(home, "run", "nightly"), cwd=ROOT, check=True, capture_output=True, text=True)
        print(f"the next night: {again.stdout}")
        unchanged = " 0 created, 0 updated" in again.stdout
    return int(wrong or not unchanged)


def _command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "touchstone", "--home", str(home), "ingest", *words]


def _run(home: Path) -> int:
    return subprocess.run(_command(home, "run", "nightly"), cwd=ROOT, check=False).returncode


def _killed(home: Path, seconds: float) -> bool:
    with subprocess.Popen(_command(home, "run", "nightly"), cwd=ROOT) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def _check(home: Path) -> None:
    command = [sys.executable, "-m", "touchstone", "--home", str(home), "check"]
    print(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout, end="")


def _compare(home: Path, service: PubMed) -> bool:
    kb = open_kb(home)
    held = [each.record.value_of("pmid") for each in kb.publications()]
    kb.close()
    print(
        f"{len(held)} held, {len(set(held))} different, {len(set(held) ^ set(service.articles))} not as the server has"
    )
    return len(held) != len(set(held)) or set(held) != set(service.articles)


if __name__ == "__main__":
    sys.exit(main())
