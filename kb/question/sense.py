"""What a stretch of a question was read as."""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.vocabulary.concepts import MentionKind


class Sense(msgspec.Struct, frozen=True):
    """`text[start:end]` says `concept`. Its name begins at `at`: before it may stand a word of comparing.

    A `word` names no concept; it is here where it is an alternative to something.
    """

    concept: str
    kind: MentionKind | Literal["word"]
    start: int
    end: int
    at: int
