"""Whether two citations without a common identifier are one publication: by title, authors and place.

The page decides most: on one page of one volume two titles are one that was damaged, on other pages they are a
paper and its meeting abstract, its translation or its second part. Where a page is not stated, all the rest must
speak for it.
"""

from __future__ import annotations

from enum import IntEnum

from ingest.dedupe import likeness
from ingest.dedupe.citation import Citation
from ingest.dedupe.likeness import Title

_TELLING = 20  # letters below which a title (`Editorial`, `Posters`) says little
_AHEAD = 3  # years between ahead of print and in print


class Verdict(IntEnum):
    """What two citations are to each other."""

    DIFFERENT = 0
    UNSURE = 1
    VERSION = 2
    SAME = 3


def by_citation(one: Citation, other: Citation, title: Title) -> Verdict:
    """What two citations with like titles are to each other, their identifiers apart."""
    if one.preprint != other.preprint:
        return Verdict.VERSION if title is Title.SAME and likeness.authors(one, other) else Verdict.DIFFERENT
    if title is Title.SAME and _update(one, other):
        return Verdict.VERSION
    pages = likeness.pages(one, other)
    if pages:
        return _on_one_page(one, other, title)
    return _on_other_pages(one, other, title) if pages is False else _on_unknown_pages(one, other, title)


def translated(one: Citation, other: Citation) -> Verdict:
    """Titles in two languages have nothing in common; whole pages have, which no two articles fill."""
    alike = likeness.authors(one, other) and likeness.journals(one, other) and likeness.years(one, other) == 0
    if not alike or not placed(one, other):
        return Verdict.DIFFERENT
    return Verdict.SAME if likeness.span(one, other) and not (one.meeting or other.meeting) else Verdict.UNSURE


def _update(one: Citation, other: Citation) -> bool:
    """Whether the one is a later update of the other: a Cochrane review keeps its number and title, not its issue."""
    if "cochrane" not in one.journal or "cochrane" not in other.journal:
        return False
    return likeness.issues(one, other) is False or bool(likeness.years(one, other))


def _on_one_page(one: Citation, other: Citation, title: Title) -> Verdict:
    said = (likeness.volumes(one, other), likeness.journals(one, other), likeness.authors(one, other))
    years = likeness.years(one, other)
    agreeing = sum(each is True for each in said) + (years == 0)
    against = sum(each is False for each in said) + (years is not None and years > 1)
    if not _telling(one, other) and False in said:
        return Verdict.UNSURE if title is Title.SAME else Verdict.DIFFERENT
    if title is Title.SAME and agreeing >= 2 and against <= 1:
        return Verdict.SAME
    if title is not Title.SAME and likeness.substituted(one, other) and (one.meeting or other.meeting):
        return Verdict.UNSURE  # several abstracts of one group stand on one page
    return Verdict.SAME if agreeing >= 3 and not against else Verdict.UNSURE


def _on_other_pages(one: Citation, other: Citation, title: Title) -> Verdict:
    if title is not Title.SAME or not _telling(one, other) or not likeness.authors(one, other):
        return Verdict.DIFFERENT
    beside = likeness.volumes(one, other) and likeness.journals(one, other) and likeness.years(one, other) == 0
    if not beside or not word_for_word(one, other):
        return Verdict.VERSION
    if likeness.mistyped(one, other):
        return Verdict.SAME
    # A volume holds a paper once; a meeting's abstract, or a translation, has a letter before its page.
    once = likeness.provisional(one, other) or not likeness.lettered(one, other)
    meeting = one.meeting or other.meeting or likeness.issues(one, other) is False
    return Verdict.SAME if once and not meeting else Verdict.VERSION


def _on_unknown_pages(one: Citation, other: Citation, title: Title) -> Verdict:
    authors, journals = likeness.authors(one, other), likeness.journals(one, other)
    years, volumes = likeness.years(one, other), likeness.volumes(one, other)
    issued = _issued_together(one, other)
    if authors is False:  # a family and a given name may have changed places
        return Verdict.SAME if issued and word_for_word(one, other) else Verdict.DIFFERENT
    if not _telling(one, other):
        return _of_few_words(one, other, title)
    if issued and authors and _damaged(one, other, title):
        return Verdict.SAME
    if title is not Title.SAME or likeness.substituted(one, other):
        return Verdict.UNSURE if authors and journals and volumes is not False else Verdict.DIFFERENT
    if volumes and authors and years == 0 and likeness.issues(one, other):
        return Verdict.SAME  # whatever each calls the journal
    if journals and authors and _ahead(one, other):
        return Verdict.SAME
    if journals is False or volumes is False or (years is not None and years > 1):
        return Verdict.VERSION if authors else Verdict.DIFFERENT
    nowhere = journals is None and authors and years == 0 and word_for_word(one, other)
    return Verdict.SAME if nowhere or (journals and (authors or years == 0)) else Verdict.UNSURE


def _issued_together(one: Citation, other: Citation) -> bool:
    """Whether they stand in one issue of one journal; where neither names an issue, in one volume."""
    issues = likeness.issues(one, other)
    within = issues or (issues is None and one.issue is None and other.issue is None)
    beside = likeness.volumes(one, other) and likeness.journals(one, other) and likeness.years(one, other) == 0
    return bool(within and beside)


def _damaged(one: Citation, other: Citation, title: Title) -> bool:
    """Whether the one title is the other but for slips of spelling, or a lost end."""
    if title is Title.CUT:
        return likeness.cut_off(one, other) or not (one.meeting or other.meeting)
    return not likeness.substituted(one, other)


def _of_few_words(one: Citation, other: Citation, title: Title) -> Verdict:
    """`Editorial` and `Sore throat` need all the rest: journal, volume, issue, year and author."""
    said = (likeness.journals(one, other), likeness.volumes(one, other), likeness.issues(one, other))
    years, authors = likeness.years(one, other), likeness.authors(one, other)
    if title is not Title.SAME or False in said or years:
        return Verdict.DIFFERENT
    return Verdict.SAME if all(said) and authors and years == 0 else Verdict.UNSURE


def _ahead(one: Citation, other: Citation) -> bool:
    """Whether the one may be the other ahead of print: without volume and pages, and no meeting's abstract."""
    if one.meeting or other.meeting or (one.volume and other.volume) or (one.page and other.page):
        return False
    years = likeness.years(one, other)
    return years is not None and years <= _AHEAD


def placed(one: Citation, other: Citation) -> bool:
    """Whether both stand on the same page of the same volume."""
    return bool(likeness.pages(one, other) and likeness.volumes(one, other))


def word_for_word(one: Citation, other: Citation) -> bool:
    """Whether the titles are the same to the letter, and long enough to tell."""
    return one.squashed == other.squashed and _telling(one, other)


def _telling(one: Citation, other: Citation) -> bool:
    return min(len(one.squashed), len(other.squashed)) >= _TELLING
