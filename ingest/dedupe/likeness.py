"""How like two citations are, part by part: title, authors, journal, place. Pure and quick."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ingest.dedupe.citation import ARTICLES, Citation

_SAME_TITLE = 95.0
_LIKE_TITLE = 85.0
_LONG = 40  # letters from which a title that goes on, or was cut off, is still told by its beginning


class Title(IntEnum):
    """How like two titles are."""

    FAR = 0
    CUT = 1  # the one is the beginning of the other: a subtitle lost, or another paper
    LIKE = 2
    SAME = 3


def titles(one: Citation, other: Citation) -> Title:
    """Compare titles by their letters and digits: spaces and hyphens come and go between databases."""
    first, second = sorted((one.squashed, other.squashed), key=len)
    if first == second:
        return Title.SAME
    likeness = fuzz.ratio(first, second, score_cutoff=_LIKE_TITLE)
    if likeness >= _SAME_TITLE:
        return Title.SAME
    if likeness >= _LIKE_TITLE:
        return Title.LIKE
    if len(first) >= _LONG // 2 and fuzz.ratio(first, second[: len(first)]) >= _SAME_TITLE:
        return Title.CUT
    return Title.FAR


def substituted(one: Citation, other: Citation) -> bool:
    """Whether a word of the one title gives way to quite another (hip, knee) or is added; slips of spelling do not."""
    if one.squashed == other.squashed:
        return False
    first, second = one.title.split(), other.title.split()
    ours = "".join([each for each in first if each not in second and each not in ARTICLES])
    theirs = "".join([each for each in second if each not in first and each not in ARTICLES])
    if not ours or not theirs:
        return len(ours or theirs) > 4
    return fuzz.ratio(ours, theirs) < 70


def cut_off(one: Citation, other: Citation) -> bool:
    """Whether the shorter title breaks off inside a word, as only a damaged one does."""
    short, long = sorted((one.title, other.title), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1].isalnum()


def authors(one: Citation, other: Citation) -> bool | None:
    """Whether the shorter list of names is found in the other, but for damage; None where one names nobody."""
    if not one.authors or not other.authors:
        return None
    first, second = sorted((one.authors, other.authors), key=len)
    if first[0] == second[0]:
        return True
    found = sum(any(_named(each, name) for name in second) for each in first)
    return 2 * found >= len(first)


def _named(one: str, other: str) -> bool:
    return one == other or (len(one) > 3 < len(other) and fuzz.ratio(one, other) >= 80)


def journals(one: Citation, other: Citation) -> bool | None:
    """Whether the journals may be one, written out or abbreviated; None where one is not stated."""
    if not one.journal or not other.journal:
        return None
    return _journals(one.journal, other.journal)


@lru_cache(maxsize=65_536)
def _journals(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """`Curr Opin Lipidol` is `Current Opinion in Lipidology`; what follows (a conference, a city) may be missing."""
    if _in_english(one) != _in_english(other):
        return False
    short, long = sorted((one, other), key=lambda each: len(" ".join(each)))
    if "".join(short) == "".join(long) or _abbreviates(short, long):
        return True
    if len(short) == 1 and len(short[0]) > 2 and "".join(each[0] for each in long).startswith(short[0]):
        return True
    return fuzz.ratio(" ".join(short), " ".join(long)) >= 85


def _in_english(journal: tuple[str, ...]) -> bool:
    """Whether it is the English edition of a journal, whose articles are translations."""
    return not {"engl", "english"}.isdisjoint(journal) and not {"ed", "edition"}.isdisjoint(journal)


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return short[0][0] == long[0][0] and all(any(_shortens(each, word) for word in rest) for each in short)


def _shortens(short: str, word: str) -> bool:
    """Whether `short` is the beginning of `word`, or its letters in order (`natl` for national)."""
    if word.startswith(short):
        return True
    letters = iter(word)
    return short[:1] == word[:1] and len(short) > 2 and all(each in letters for each in short)


def pages(one: Citation, other: Citation) -> bool | None:
    """Whether the first pages agree; None where one is not stated.

    `S73` and `e1001` lose their letter in some exports; other letters (`T201`, a translation) tell pages apart.
    """
    if one.page is None or other.page is None or one.page == other.page:
        return None if one.page is None or other.page is None else True
    letters = {_letters(one.page), _letters(other.page)}
    return (
        letters <= {"", "e", "s"} and len(letters) == 2 and "" in letters and _number(one.page) == _number(other.page)
    )


def _number(page: str | None) -> str | None:
    return page.lstrip("abcdefghijklmnopqrstuvwxyz").lstrip("0") if page else None


def _letters(page: str) -> str:
    return page.rstrip("0123456789")


def mistyped(one: Citation, other: Citation) -> bool:
    """Whether the pages differ as a slip of the keyboard makes them: in one digit, or on the first page alone."""
    if one.page is None or other.page is None or _letters(one.page) != _letters(other.page):
        return False
    if one.last is not None and one.last == other.last:
        return True
    first, second = _number(one.page), _number(other.page)
    return bool(first and second and min(len(first), len(second)) > 2 and OSA.distance(first, second) <= 1)


def lettered(one: Citation, other: Citation) -> bool:
    """Whether a page has a letter before its number: a supplement's, an article number's, a translation's."""
    return any(each.page is not None and bool(_letters(each.page)) for each in (one, other))


def provisional(one: Citation, other: Citation) -> bool:
    """Whether one page may be that of an article ahead of its place: the first, or an article's number."""
    pages = [each for each in (one, other) if each.page]
    return any(each.page in ("1", "e1") or _article_number(each) for each in pages)


def _article_number(citation: Citation) -> bool:
    page = citation.page or ""
    return citation.last is None and (page[:1] == "e" or len(page) > 4)


def span(one: Citation, other: Citation) -> bool:
    """Whether both fill the same pages, more than one."""
    return bool(one.page) and one.page == other.page and one.last == other.last is not None and one.last != one.page


def volumes(one: Citation, other: Citation) -> bool | None:
    """Whether the volumes agree; None where one is not stated, or is none.

    Cochrane's library has no volumes, and in some exports the number of a supplement stands for the volume.
    """
    agree = _agree(one.volume, other.volume)
    if agree is False and ("cochrane" in one.journal or one.volume == other.issue or other.volume == one.issue):
        return None
    return agree


def issues(one: Citation, other: Citation) -> bool | None:
    """Whether the issues agree; None where one is not stated."""
    return _agree(one.issue, other.issue)


def years(one: Citation, other: Citation) -> int | None:
    """How many years lie between them: ahead of print and in print it may be one."""
    return None if one.year is None or other.year is None else abs(one.year - other.year)


def _agree(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other
