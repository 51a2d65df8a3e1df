"""What is never said of a treatment is on no page made from the corpus; every link of these pages leads somewhere."""

from __future__ import annotations

import re
from collections import deque

import pytest
from flask.testing import FlaskClient
from lxml import html

# Product map 5.1: an abstract tells what its authors report of one study, and none of these can follow from that.
# Cost-effectiveness is the name of a measure. "Significant" is said of statistics alone, and only by a study.
NEVER = re.compile(
    r"\b(prov(e[sn]?|ing)|(?<!cost.)effective(ness)?|works|worked|cures?|cured|safe(ly)?|recommend(ed|s)?)\b"
    r"|(?<!statistically )\bsignificant(ly)?\b",
    re.IGNORECASE,
)
# Titles, citations and passages of the studies; keys and addresses, in which titles are.
_CLASS = "[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
NOT_OURS = "|".join(
    [
        *("//title", "//cite", "//a[@rel='noreferrer']"),
        *(f"//*{_CLASS.format(each)}" for each in ("title", "snippet", "abstract", "provenance", "printed")),
        *(f"//*{_CLASS.format(each)}//h3" for each in ("nearby", "list")),
        f"//*{_CLASS.format('publication')}//h1",
        f"//*{_CLASS.format('cite')}//dd",
    ]
)
FOLLOWED = re.compile(
    r"/(publications/[^/.]+|topics(/\w+)?|lists(/[\w-]+)?|brief\?[^&]*|about|search(\?(q|page)=[^&]*)?)?$"
)
ASKED = "/search?q=does+massage+help+people+with+fibromyalgia+sleep"


def ours(page: html.HtmlElement) -> str:
    """The words of a page but titles, citations and passages of abstracts; these are gone from it afterwards."""
    for each in page.xpath(NOT_OURS):
        each.drop_tree()
    return " ".join(" ".join(page.xpath("//body//text()[not(parent::script)]")).split())


def test_no_page_of_the_corpus_says_what_no_count_can_say_and_no_link_leads_nowhere(
    curated: FlaskClient, passed_over: frozenset[str]
) -> None:
    alike = {f"/publications/{each}" for each in passed_over}
    seen = {"/", ASKED, "/search?q=astronauts", "/brief?q=massage"}
    waiting = deque(seen)
    kinds: dict[str, int] = {}
    while waiting:
        url = waiting.popleft()
        answer = curated.get(url)
        assert answer.status_code == 200, url
        kinds[url.split("/")[1].split("?")[0]] = kinds.get(url.split("/")[1].split("?")[0], 0) + 1
        page = html.document_fromstring(answer.data)
        links = {str(href).split("#")[0] for href in page.xpath("//a[starts-with(@href, '/')]/@href")}
        found = sorted(each for each in links - seen - alike if FOLLOWED.fullmatch(each))
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


@pytest.mark.parametrize(
    "theirs",
    [
        *(
            "<title>safe</title>",
            "<cite>safe</cite>",
            "<a rel='noreferrer'>safe</a>",
            "<dl class='cite'><dd>safe</dd></dl>",
        ),
        *("<p class='small title'>a <b>safe</b></p>", "<p class='abstract'>safe</p>", "<p class='snippet'>safe</p>"),
        *(
            "<p class='printed'>safe</p>",
            "<p class='provenance'>safe</p>",
            "<div class='publication'><h1>safe</h1></div>",
        ),
        *("<div class='nearby'><h3>safe</h3></div>", "<div class='list'><h3>safe</h3></div>"),
    ],
)
def test_what_others_say_is_left_out_and_what_is_ours_is_not(theirs: str) -> None:
    assert ours(html.document_fromstring(f"<html><body>{theirs}It works<p>everywhere")) == "It works everywhere"
    assert "safe" in ours(html.document_fromstring("<html><body><h3>safe</h3><p class='entitled'>safe"))
