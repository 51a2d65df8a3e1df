"""Whether two citations are one publication: the rules.

Shared identifiers join where the titles bear them out; meeting abstracts share the DOI of their supplement, and
papers in two parts their authors, year and most of a title, so numbers in titles must agree and different pages
keep apart. A paper and its reply, erratum, preprint, meeting abstract or next Cochrane update are neighbours or
versions, never duplicates. What stays unsure is for a person.
"""

from __future__ import annotations

from enum import IntEnum

from ingest.dedupe import likeness
from ingest.dedupe.citation import Citation, cochrane
from ingest.dedupe.likeness import Title

_TELLING = 20  # letters below which a title (`Editorial`, `Posters`) says little
_AHEAD = 3  # years between ahead of print and in print


class Verdict(IntEnum):
    """What two citations are to each other."""

    DIFFERENT = 0
    UNSURE = 1
    VERSION = 2
    SAME = 3


def compare(one: Citation, other: Citation) -> Verdict:
    """What `one` and `other` are to each other; the order of the two does not matter."""
    title = likeness.titles(one, other)
    if one.pmid and other.pmid:
        return _of_pmids(one, other, title)
    if one.kind != other.kind or (one.pmcid and other.pmcid and one.pmcid != other.pmcid):
        return Verdict.DIFFERENT
    if one.pmcid and one.pmcid == other.pmcid:
        return Verdict.SAME if title else Verdict.UNSURE
    if one.doi and one.doi == other.doi:
        return _same_doi(one, other, title)
    if title is Title.FAR:
        return _translated(one, other)
    if not _numbers(one, other, title):
        return Verdict.UNSURE if _placed(one, other) and likeness.authors(one, other) else Verdict.DIFFERENT
    if one.doi and other.doi:
        return _other_doi(one, other, title)
    if one.preprint != other.preprint:
        return Verdict.VERSION if title is Title.SAME and likeness.authors(one, other) else Verdict.DIFFERENT
    if title is Title.SAME and _update(one, other):
        return Verdict.VERSION
    pages = likeness.pages(one, other)
    if pages:
        return _on_one_page(one, other, title)
    return _on_other_pages(one, other, title) if pages is False else _on_unknown_pages(one, other, title)


def _of_pmids(one: Citation, other: Citation, title: Title) -> Verdict:
    if one.pmid == other.pmid:
        return Verdict.SAME if title or likeness.authors(one, other) or _placed(one, other) else Verdict.UNSURE
    # PubMed itself holds some articles twice: for a person to say.
    doubled = title is Title.SAME and one.kind == other.kind and _numbers(one, other, title) and _placed(one, other)
    return Verdict.UNSURE if doubled and likeness.authors(one, other) else Verdict.DIFFERENT


def _same_doi(one: Citation, other: Citation, title: Title) -> Verdict:
    pages, authors = likeness.pages(one, other), likeness.authors(one, other)
    if not _numbers(one, other, title):
        return Verdict.UNSURE if title and pages is not False else Verdict.DIFFERENT
    if pages and authors:
        return Verdict.SAME
    if title is Title.SAME and (pages is None or _word_for_word(one, other)):
        return Verdict.SAME
    if title is Title.FAR:
        return Verdict.UNSURE if authors and likeness.journals(one, other) and pages is None else Verdict.DIFFERENT
    if pages is False:
        return Verdict.UNSURE if title is Title.SAME else Verdict.DIFFERENT
    return Verdict.UNSURE if authors is False or one.meeting or other.meeting else Verdict.SAME


def _other_doi(one: Citation, other: Citation, title: Title) -> Verdict:
    if title < Title.LIKE or likeness.authors(one, other) is False:
        return Verdict.DIFFERENT
    if cochrane(one) and cochrane(one) == cochrane(other):
        return Verdict.VERSION
    pages = likeness.pages(one, other)
    beside = likeness.volumes(one, other) or likeness.years(one, other) == 0
    if pages and title is Title.SAME and beside and likeness.journals(one, other):
        return Verdict.SAME  # one of the DOIs is mistyped
    published_again = (
        one.preprint or other.preprint or one.meeting or other.meeting or not likeness.journals(one, other)
    )
    return Verdict.VERSION if title is Title.SAME and published_again else Verdict.DIFFERENT


def _update(one: Citation, other: Citation) -> bool:
    """Whether the one is a later update of the other: a Cochrane review keeps its number and title, not its issue."""
    if "cochrane" not in one.journal or "cochrane" not in other.journal:
        return False
    return likeness.issues(one, other) is False or bool(likeness.years(one, other))


def _translated(one: Citation, other: Citation) -> Verdict:
    """Titles in two languages have nothing in common; whole pages have, which no two articles fill."""
    alike = likeness.authors(one, other) and likeness.journals(one, other) and likeness.years(one, other) == 0
    if not alike or not _placed(one, other):
        return Verdict.DIFFERENT
    return Verdict.SAME if likeness.span(one, other) and not (one.meeting or other.meeting) else Verdict.UNSURE


def _on_one_page(one: Citation, other: Citation, title: Title) -> Verdict:
    said = (likeness.volumes(one, other), likeness.journals(one, other), likeness.authors(one, other))
    years = likeness.years(one, other)
    agreeing = sum(each is True for each in said) + (years == 0)
    against = sum(each is False for each in said) + (years is not None and years > 1)
    if title is Title.SAME and agreeing >= 2 and against <= 1:
        return Verdict.SAME
    if title is not Title.SAME and likeness.substituted(one, other) and (one.meeting or other.meeting):
        return Verdict.UNSURE  # several abstracts of one group stand on one page
    return Verdict.SAME if agreeing >= 3 and not against else Verdict.UNSURE


def _on_other_pages(one: Citation, other: Citation, title: Title) -> Verdict:
    if title is not Title.SAME or not _telling(one, other) or not likeness.authors(one, other):
        return Verdict.DIFFERENT
    beside = likeness.volumes(one, other) and likeness.journals(one, other) and likeness.years(one, other) == 0
    slip = likeness.mistyped(one, other) or (
        likeness.provisional(one, other) and likeness.issues(one, other) is not False
    )
    return Verdict.SAME if beside and _word_for_word(one, other) and slip else Verdict.VERSION


def _on_unknown_pages(one: Citation, other: Citation, title: Title) -> Verdict:
    authors, journals = likeness.authors(one, other), likeness.journals(one, other)
    years, volumes = likeness.years(one, other), likeness.volumes(one, other)
    issued = _issued_together(one, other)
    if authors is False:  # a family and a given name may have changed places
        return Verdict.SAME if issued and _word_for_word(one, other) else Verdict.DIFFERENT
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
    nowhere = journals is None and authors and years == 0 and _word_for_word(one, other)
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


def _placed(one: Citation, other: Citation) -> bool:
    """Whether both stand on the same page of the same volume."""
    return bool(likeness.pages(one, other) and likeness.volumes(one, other))


def _word_for_word(one: Citation, other: Citation) -> bool:
    return one.squashed == other.squashed and _telling(one, other)


def _telling(one: Citation, other: Citation) -> bool:
    return min(len(one.squashed), len(other.squashed)) >= _TELLING


def _numbers(one: Citation, other: Citation, title: Title) -> bool:
    """Whether the numbers of the titles agree; a subtitle that was lost takes its own with it."""
    if one.numbers == other.numbers or one.squashed == other.squashed:
        return True
    short, long = sorted((one, other), key=lambda each: len(each.squashed))
    return title is Title.CUT and long.numbers.startswith(short.numbers)
