"""Pages as the styles write them: every digit, or none that a range repeats."""

from __future__ import annotations

import re

from kb.citing.pieces import on_one_line

# From a page to a page, and nothing else between two commas: `S0161-4754(20)30127-5` is a publisher's number.
_RANGE = re.compile(r"(?<![^\s,;])([A-Za-z]*)(\d+)([A-Za-z]*)\s*[-–]+\s*([A-Za-z]*)(\d+)([A-Za-z]*)(?![^\s,;])")
_LOCATOR = re.compile(r"(?:[eE]|CD)[\w.-]*\d[\w.-]*|\d{6,}")


def main_pages(pages: str | None) -> str:
    """The pages of the article itself, without those of its discussion."""
    return re.split(r";\s*discussion\b", on_one_line(pages or ""), flags=re.IGNORECASE)[0]


def is_article_number(pages: str) -> bool:
    """Whether `pages` is the number of an article (`e13440`, `102256`), not a page."""
    return bool(_LOCATOR.fullmatch(pages) and not _RANGE.fullmatch(pages))


def whole_pages(pages: str) -> str:
    """Every number with all its digits: `1813-9` is `1813-1819`, `S3-23` is `S3-S23`; `7-7` is one page, `7`."""

    def whole(found: re.Match[str]) -> str:
        before, first, behind, before_last, last, behind_last = found.groups()
        last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
        whole_first, whole_last = f"{before}{first}{behind}", f"{before_last or before}{last}{behind_last or behind}"
        return whole_first if whole_first == whole_last else f"{whole_first}-{whole_last}"

    return _RANGE.sub(whole, pages)


def dashed(pages: str) -> str:
    """Ranges with an en dash."""
    return _RANGE.sub(lambda found: re.sub(r"\s*[-–]+\s*", "–", found[0]), pages)


def short_pages(pages: str) -> str:
    """What a range repeats left out: `1813-1819` is `1813-9`, `S9-S23` is `S9-23`; not where a letter is behind it."""

    def short(found: re.Match[str]) -> str:
        before, first, behind, before_last, last, behind_last = found.groups()
        if behind or behind_last or before_last not in ("", before):
            return found[0].replace("–", "-")
        if first == last:
            return f"{before}{first}"
        same = next(i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b or len(first) != len(last))
        return f"{before}{first}-{last[same:]}"

    return _RANGE.sub(short, on_one_line(pages))
