"""A reading list as a file: TOML, as `corpus/README.md` describes it; its name is the list's id."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from kb.errors import ListFormatError
from kb.lists.types import ReadingList

MOST = 1_000_000  # bytes; our longest list has fewer than ten thousand


def read_list(path: Path) -> ReadingList:
    """The list in the file `path`; raises `ListFormatError` that says what is wrong, and where."""
    try:
        body = path.read_bytes()
        if len(body) > MOST:
            raise ValueError(f"the file has {len(body):,} bytes, more than the {MOST:,} a list may have")
        table = msgspec.toml.decode(body)
        return msgspec.convert(table | {"id": path.stem}, ReadingList, strict=True, builtin_types=(date,))
    except (msgspec.MsgspecError, ValueError, RecursionError, OSError) as error:
        raise ListFormatError(path, str(error)) from error
