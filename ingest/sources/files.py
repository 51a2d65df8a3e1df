"""Files and folders on this machine. A file's name says nothing of its format; that is read from its content."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from ingest.sources.port import Ask, Harvest, Means
from ingest.sources.refusal import Refusal
from kb.record import Payload

_GZIP = b"\x1f\x8b"


def harvest_files(
    paths: Iterable[Path], *, source: str, largest: int, clock: Callable[[], datetime]
) -> Iterator[Payload | Refusal]:
    """One payload a file; folders are walked in order of name, hidden files and links to folders passed over.

    Files of more than `largest` bytes are refused unread, and so is a folder that may not be looked into.
    """
    for path in paths:
        for each in _files(path):
            yield each if isinstance(each, Refusal) else _payload(each, source, largest, clock)


def harvest_folder(ask: Ask, means: Means) -> Harvest:
    """A watched folder (`ask.query`): all its files at every run, since what is there unchanged costs a look-up.

    The time of a file says when it was written and not when it was put here, so it decides nothing.
    """
    yield from harvest_files([Path(ask.query)], source="folder", largest=means.largest, clock=means.clock)


def _files(root: Path) -> Iterator[Path | Refusal]:
    """`root`, or the files below it; what may not be looked at is refused in its place, and the rest follows."""
    waiting = [root]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir() and (path is root or not path.is_symlink()):
                visible = (each for each in path.iterdir() if not each.name.startswith("."))
                waiting += sorted(visible, reverse=True)
            elif path is root or path.is_file():
                yield path
        except OSError as error:
            yield _refused(path, error)


def _payload(path: Path, source: str, largest: int, clock: Callable[[], datetime]) -> Payload | Refusal:
    """The file's bytes; those of a gzip archive (as PubMed's yearly and daily files are) unpacked."""
    try:
        size = path.stat().st_size
        if size > largest:
            return _too_large(path, f"{size:,}", largest)
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            body = file.read(largest + 1)
        if len(body) > largest:
            return _too_large(path, f"over {largest:,} unpacked", largest)
        return Payload(source=source, key=str(path), body=body, fetched_at=clock())
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return Refusal(str(path), "the gzip archive is broken or ends too early", "Fetch or copy the file again.")
    except OSError as error:
        return _refused(path, error)


def _too_large(path: Path, bytes_: str, largest: int) -> Refusal:
    reason = f"the file has {bytes_} bytes, more than the {largest:,} allowed"
    return Refusal(str(path), reason, "Split it, or raise max_payload in touchstone.toml.")


def _refused(path: Path, error: OSError) -> Refusal:
    return Refusal(str(path), error.strerror or str(error), "Check the path and its permissions, and run again.")
