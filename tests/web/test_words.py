"""What is never said of a treatment is on no page made from the corpus; every link of these pages leads somewhere."""

from __future__ import annotations

import re
from collections import deque

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

# Product map 5.1: an abstract tells what its authors report of one study, and none of these can follow from that.
# Cost-effectiveness is the name of a measure. "Significant" is said of statistics alone, and only by a study.
NEVER = re.compile(
    r"\b(prov(e[sn]?|ing)|(?<!cost.)effective(ness)?|works|worked|cures?|cured|safe(ly)?|recommend(ed|s)?)\b"
    r"|(?<!statistically )\bsignificant(ly)?\b",
    re.IGNORECASE,
)
# Titles, citations and passages of the studies; keys and addresses, in which titles are.
NOT_OURS = (
    "title, .title, cite, .snippet, .abstract, .publication h1, .nearby h3, .list h3, .cite dd, .provenance, .printed, "
    "a[rel=noreferrer]"
)
FOLLOWED = re.compile(
    r"/(publications/[^/.]+|topics(/\w+)?|lists(/[\w-]+)?|brief\?[^&]*|about|search(\?(q|page)=[^&]*)?)?$"
)
ASKED = "/search?q=does+massage+help+people+with+fibromyalgia+sleep"


def ours(page: BeautifulSoup) -> str:
    """The words of a page but titles, citations and passages of abstracts."""
    for each in page.select(NOT_OURS):
        each.decompose()
    return " ".join(page.get_text(" ").split())


def test_no_page_of_the_corpus_says_what_no_count_can_say_and_no_link_leads_nowhere(curated: FlaskClient) -> None:
    seen = {"/", ASKED, "/search?q=astronauts", "/brief?q=massage"}
    waiting = deque(seen)
    kinds: dict[str, int] = {}
    while waiting:
        url = waiting.popleft()
        answer = curated.get(url)
        assert answer.status_code == 200, url
        kinds[url.split("/")[1].split("?")[0]] = kinds.get(url.split("/")[1].split("?")[0], 0) + 1
        page = BeautifulSoup(answer.data, "lxml")
        links = {str(each["href"]).split("#")[0] for each in page.select("a[href^='/']")}
        found = sorted(each for each in links - seen if FOLLOWED.fullmatch(each))
        seen.update(found)
        waiting.extend(found)
        said = NEVER.search(ours(page))
        assert said is None, (url, said, said.string[said.start() - 60 : said.end() + 30])
    assert kinds["publications"] >= 240
    assert kinds["topics"] >= 30
    assert kinds["brief"] >= 30
    assert kinds["lists"] >= 4


def test_the_words_are_found_where_they_are() -> None:
    for said in ("This is safe.", "a significant change", "It works.", "proven", "a cure for it", "Recommended"):
        assert NEVER.search(said)
    assert not NEVER.search("a statistically significant change, in effect; it worsened")
