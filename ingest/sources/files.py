"""Files and folders on this machine. A file's name says nothing of its format; that is read from its content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from ingest.sources.port import Ask, Harvest, Means
from ingest.sources.refusal import Refusal
from kb.record import Payload


def harvest_files(
    paths: Iterable[Path], *, source: str, largest: int, clock: Callable[[], datetime]
) -> Iterator[Payload | Refusal]:
    """One payload a file; folders are walked in order of name, hidden files passed over.

    Files of more than `largest` bytes are refused unread.
    """
    for path in paths:
        found = sorted(each for each in path.rglob("*") if _visible(each, path)) if path.is_dir() else [path]
        for each in found:
            yield _payload(each, source, largest, clock)


def harvest_folder(ask: Ask, means: Means) -> Harvest:
    """A watched folder (`ask.query`): all its files at every run, since what is there unchanged costs a look-up.

    The time of a file says when it was written and not when it was put here, so it decides nothing.
    """
    yield from harvest_files([Path(ask.query)], source="folder", largest=means.largest, clock=means.clock)


def _visible(path: Path, root: Path) -> bool:
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)


def _payload(path: Path, source: str, largest: int, clock: Callable[[], datetime]) -> Payload | Refusal:
    try:
        size = path.stat().st_size
        if size > largest:
            reason = f"the file has {size:,} bytes, more than the {largest:,} allowed"
            return Refusal(str(path), reason, "Split it, or raise max_payload in touchstone.toml.")
        return Payload(source=source, key=str(path), body=path.read_bytes(), fetched_at=clock())
    except OSError as error:
        return Refusal(str(path), error.strerror or str(error), "Check the path and its permissions, and run again.")
