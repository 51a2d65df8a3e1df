"""The words of the abstract that say a fact: where they stand, however they were broken into lines when copied."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 1_000  # characters


def located(words: str, abstract: str | None, near: int | None = None) -> tuple[int, int] | None:
    """Where `words` stand in `abstract`, the nearest to `near` of several; None: they do not.

    Any white space stands for any other; quotation marks around the whole are not of the text.
    """
    plain = unicodedata.normalize("NFC", words).strip()
    if abstract is None or not plain or len(plain) > LONGEST:
        return None
    for each in dict.fromkeys((plain, plain.strip("\"'“”‘’«»").strip())):
        pattern = r"\s+".join(map(re.escape, each.split()))
        found = [match.span() for match in re.finditer(pattern, abstract)] if pattern else []
        if found:
            return min(found, key=lambda span: abs(span[0] - (near or 0)))
    return None
