"""Whether two citations are one publication: the rules.

Shared identifiers join where the titles bear them out; meeting abstracts share the DOI of their supplement, and
papers in two parts their authors, year and most of a title, so numbers in titles must agree and different pages
keep apart. A paper and its reply, erratum, preprint, meeting abstract or next Cochrane update are neighbours or
versions, never duplicates. What stays unsure is for a person.
"""

from __future__ import annotations

from ingest.dedupe import likeness
from ingest.dedupe.by_citation import Verdict, by_citation, placed, translated, word_for_word
from ingest.dedupe.citation import Citation, cochrane
from ingest.dedupe.likeness import Title


def compare(one: Citation, other: Citation) -> Verdict:
    """What `one` and `other` are to each other; the order of the two does not matter."""
    title = likeness.titles(one, other)
    if one.pmid and one.pmid == other.pmid:
        return Verdict.SAME if title or likeness.authors(one, other) or placed(one, other) else Verdict.UNSURE
    verdict = _beside_pmid(one, other, title)
    if one.pmid and other.pmid:  # PubMed holds some articles twice: for a person to say
        return Verdict.UNSURE if verdict is Verdict.SAME else verdict
    return verdict


def _beside_pmid(one: Citation, other: Citation, title: Title) -> Verdict:
    if one.kind != other.kind or (one.pmcid and other.pmcid and one.pmcid != other.pmcid):
        return Verdict.DIFFERENT
    if one.pmcid and one.pmcid == other.pmcid:
        return Verdict.SAME if title else Verdict.UNSURE
    if one.doi and one.doi == other.doi:
        return _same_doi(one, other, title)
    if title is Title.FAR:
        return translated(one, other)
    if not _numbers(one, other, title):
        return Verdict.UNSURE if placed(one, other) and likeness.authors(one, other) else Verdict.DIFFERENT
    return _other_doi(one, other, title) if one.doi and other.doi else by_citation(one, other, title)


def _same_doi(one: Citation, other: Citation, title: Title) -> Verdict:
    pages, authors = likeness.pages(one, other), likeness.authors(one, other)
    if not _numbers(one, other, title):
        return Verdict.UNSURE if title and pages is not False else Verdict.DIFFERENT
    if pages and authors and (title or not likeness.lettered(one, other)):
        return Verdict.SAME
    if title is Title.SAME and (pages is None or word_for_word(one, other)):
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
    if one.preprint != other.preprint:
        return Verdict.VERSION if title is Title.SAME else Verdict.UNSURE
    pages = likeness.pages(one, other)
    beside = likeness.volumes(one, other) or likeness.years(one, other) == 0
    if pages and title is Title.SAME and beside and likeness.journals(one, other):
        return Verdict.SAME  # one of the DOIs is mistyped
    published_again = one.meeting or other.meeting or not likeness.journals(one, other)
    return Verdict.VERSION if title is Title.SAME and published_again else Verdict.DIFFERENT


def _numbers(one: Citation, other: Citation, title: Title) -> bool:
    """Whether the numbers of the titles agree; a subtitle that was lost takes its own with it."""
    if one.numbers == other.numbers or one.squashed == other.squashed:
        return True
    short, long = sorted((one, other), key=lambda each: len(each.squashed))
    return title is Title.CUT and long.numbers.startswith(short.numbers)
