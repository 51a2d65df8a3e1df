"""A reading list as a file: TOML, as `corpus/README.md` describes it; its name is the list's id."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from kb.errors import ListFormatError
from kb.lists.types import ReadingList


def read_list(path: Path) -> ReadingList:
    """The list in the file `path`; raises `ListFormatError` that says what is wrong, and where."""
    try:
        table = msgspec.toml.decode(path.read_bytes())
        return msgspec.convert(table | {"id": path.stem}, ReadingList, strict=True, builtin_types=(date,))
    except (msgspec.MsgspecError, ValueError, OSError) as error:
        raise ListFormatError(path, str(error)) from error
