"""Arrays that are lost, cut, damaged or another's: it is noticed, the answers stay right, and they are made again."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kb.errors import IndexUnavailableError
from kb.index.segment import open_segment
from kb.index.tree import All, And, Found, Or, Phrase, Request, Word
from kb.index.whoosh_engine import WhooshEngine
from tests.kb.test_parity import STEMS, invented

QUESTIONS = (
    Request(tree=All(), order="newest"),
    Request(tree=Or((Word("kiln"), Word("clay"))), limit=50),
    Request(tree=And((Word("loom"), Phrase(("warp", "weft"))))),
)


def answers(engine: WhooshEngine) -> list[Found]:
    return [engine.search(each) for each in QUESTIONS]


def rounded(found: list[Found]) -> list[tuple[object, ...]]:
    """Answers without the last digits of scores, which depend on the order of a sum."""
    return [(each.total, each.counts, each.tally, [round(score, 9) for score in each.scores]) for each in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two segments."""
    random = Random(3)
    engine = WhooshEngine(tmp_path / "index", writable=True)
    engine.apply(invented(number, random) for number in range(200))
    engine.apply(invented(number, random) for number in range(200, 230))
    engine.close()
    return tmp_path / "index"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def swap(file: Path) -> None:
    """Another segment's arrays under this one's name."""
    (other,) = (each for each in file.parent.glob("*.arrays") if each != file)
    shutil.copy(other, file)


@pytest.mark.parametrize("harm", [Path.unlink, cut, flip, empty, swap])
def test_harmed_arrays_are_noticed_and_made_again(folder: Path, harm: Callable[[Path], None]) -> None:
    reader = WhooshEngine(folder, writable=False)
    right = answers(reader)
    victim = max(folder.glob("*.arrays"), key=lambda file: file.stat().st_size)
    whole = victim.read_bytes()
    reader.close()
    harm(victim)

    meanwhile = WhooshEngine(folder, writable=False)
    assert rounded(answers(meanwhile)) == rounded(right)
    assert len(meanwhile.ids()) == meanwhile.count([All()])[0] == 230
    WhooshEngine(folder, writable=True).close()
    assert victim.read_bytes() == whole
    assert answers(meanwhile) == right  # the reader that had to do without has them now


def test_arrays_of_another_index_are_none_of_ours(folder: Path) -> None:
    first, second = folder.glob("*.arrays")
    shutil.copy(first, second)
    for documents in (200, 30):
        with pytest.raises(IndexUnavailableError, match="another segment"):
            open_segment(second, documents)


COMMIT = """
import sys
from pathlib import Path
from random import Random
from kb.index.whoosh_engine import WhooshEngine
from tests.kb.test_parity import invented
random = Random(5)
engine = WhooshEngine(Path(sys.argv[1]), writable=True)
print("ready", flush=True)
engine.apply([invented(number, random) for number in range(1000, 3000)])
"""


def test_a_writer_killed_between_commit_and_arrays(folder: Path) -> None:
    """Whoosh has committed and the arrays are not there yet: plain Whoosh answers, and the next writer makes them."""
    before = set(folder.glob("*.toc"))
    root = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen([sys.executable, "-c", COMMIT, str(folder)], cwd=root, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    while not set(folder.glob("*.toc")) - before and writer.poll() is None:
        time.sleep(0.001)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()

    assert len(list(folder.glob("*.arrays"))) == 2
    reader = WhooshEngine(folder, writable=False)
    committed = answers(reader)
    assert committed[0].total == 2230
    WhooshEngine(folder, writable=True).close()
    assert len(list(folder.glob("*.arrays"))) == 3
    mended = WhooshEngine(folder, writable=False)
    assert rounded(answers(mended)) == rounded(committed)
    assert mended.count([Word(each) for each in STEMS]) == reader.count([Word(each) for each in STEMS])
