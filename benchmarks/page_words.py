"""How old one must be to read what the pages themselves say: Flesch-Kincaid grades of our own sentences.

Titles, abstracts, names and numbers of studies are not ours and are left out; so are lists, tables and labels, of which
no grade can be given. What is measured stands in paragraphs, explanations and captions and ends as a sentence does.

Grade = .39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers & Chissom 1975, Research Branch
Report 8-75). A grade is a school year of the United States: 7 is read at 12 to 13 years, 9 at 14 to 15. Syllables are
counted by `syllapy`, an extra; without it there is no figure. The formula knows lengths only, no meaning: it tells
where to look, not whether a sentence is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.util import find_spec

import msgspec
from bs4 import BeautifulSoup

PROSE = "p, dd, li, figcaption"
NOT_OURS = (
    ".title, cite, .snippet, .abstract, .by, .names, .kinds, .chips, .cite, .source, .lacks, .permalink, "
    ".printed, .said, .outcomes, .brief header, .facts, .commentary, .why li, .browse, q, blockquote, code, table, "
    "svg, nav, fieldset"
)
ENDS = (".", "?", "!", "”", ".)")
SHORTEST = 4  # words that make a sentence
LONG = 8  # words from which on a single sentence is graded: of a few words one long one decides
WANTED = (7.0, 9.0)  # grades of twelve to fourteen years


class Grade(msgspec.Struct, frozen=True):
    """Of so many sentences and words."""

    grade: float
    sentences: int
    words: int


def grades(pages: Mapping[str, str]) -> tuple[dict[str, Grade], list[tuple[float, str]]] | None:
    """The grade of every page (HTML by name) and of all sentences once, and sentences by grade, the hardest first.

    None where `syllapy` is not there.
    """
    if find_spec("syllapy") is None:
        return None
    from syllapy import count

    said = {name: _sentences(html) for name, html in pages.items()}
    every = list(dict.fromkeys(each for several in said.values() for each in several))
    told = {name: _grade(several, count) for name, several in said.items() if several}
    told["all, each sentence once"] = _grade(every, count)
    hard = sorted(((_grade([each], count).grade, each) for each in every if len(_words(each)) >= LONG), reverse=True)
    return told, hard


def _sentences(html: str) -> list[str]:
    page = BeautifulSoup(html, "html.parser")
    for each in page.select(NOT_OURS):
        each.decompose()
    parts = [each for each in page.select(PROSE) if not each.select(PROSE)]
    texts = (" ".join(each.get_text().split()) for each in parts)
    found = (each for text in texts for each in re.split(r"(?<=[.?!])\s+(?=[\w“(])", text))
    return [each for each in dict.fromkeys(found) if each.endswith(ENDS) and len(_words(each)) >= SHORTEST]


def _words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z]+(?:['’-][A-Za-z]+)*", sentence)


def _grade(sentences: Sequence[str], count: Callable[[str], int]) -> Grade:
    words = [word for each in sentences for word in _words(each)]
    syllables = sum(max(1, _syllables(each, count)) for each in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return Grade(grade, len(sentences), len(words))


def _syllables(word: str, count: Callable[[str], int]) -> int:
    parts: Iterable[str] = re.split(r"['’-]", word)
    return sum(count(each) for each in parts if len(each) > 1)
