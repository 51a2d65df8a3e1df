"""What a source could not hand over: there are no bytes to keep, only a reason."""

from __future__ import annotations

import msgspec


class Refusal(msgspec.Struct, frozen=True):
    """`key` could not be harvested, and how that is mended."""

    key: str
    reason: str
    remedy: str
