"""A record inside a payload that could not be read, while the records around it were."""

from __future__ import annotations

import msgspec

_EXCERPT_LENGTH = 200


class Unreadable(msgspec.Struct, frozen=True):
    """What goes to quarantine in place of a record: where it stands, why it was not read, how it begins.

    `key` is the payload's key and the record's place in it (`library.nbib, record 3`).
    """

    key: str
    reason: str
    excerpt: str
    remedy: str | None = None


def excerpt(text: str) -> str:
    """The beginning of `text`, short enough to be shown on a line."""
    words = " ".join(text[: 2 * _EXCERPT_LENGTH].split())
    return words if len(words) <= _EXCERPT_LENGTH else words[: _EXCERPT_LENGTH - 1] + "…"
