"""The tally of an answer and what stands against it: above the hits, with its denominators, and in words of ours."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from lxml import etree

from kb.exporters.csv import unguarded
from kb.extraction import Extraction, Finding, Method, Outcome
from kb.publication import Publication
from kb.search import Facet, FacetValue, Query, Results
from tests.web.conftest import soup, text
from tests.web.invented import INVENTED, InventedKnowledgeBase
from tests.web.test_words import NEVER
from web import create_app
from web.plot import size
from web.tally import harms

WEAVERS_SAY = (("sleep", "no clear direction"), ("stiffness", "no clear direction"), ("tenderness", "mixed"))
SVG = {"s": "http://www.w3.org/2000/svg"}


def over(*publications: Publication) -> FlaskClient:
    return create_app(InventedKnowledgeBase(publications)).test_client()


def study(number: int, *outcomes: Outcome) -> Publication:
    """An invented trial that found `outcomes`."""
    record = msgspec.structs.replace(INVENTED[0].record, key=f"invented-{number}")
    method = Method(techniques=(Finding("massage_unspecified"),))
    found = tuple(map(Finding, outcomes))
    facts = Extraction(version="invented 1", design=Finding("rct"), method=method, outcomes=found)
    return msgspec.structs.replace(INVENTED[0], id=record.key, record=record, facts=facts)


def better(outcome: str = "pain") -> Outcome:
    return Outcome(outcome, "down", "between_groups", outcome, polarity="low", comparator="usual_care")


def rows(page: BeautifulSoup) -> dict[tuple[str, str], list[str]]:
    """The cells of the tally, by outcome and comparison."""
    found, outcome = {}, ""
    for row in page.select(".tally tbody tr"):
        heads = [text(each) for each in row.select("th")]
        outcome = heads[0] if len(heads) == 2 else outcome
        found[outcome, heads[-1]] = [text(each) for each in row.select("td")]
    return found


@pytest.mark.parametrize(
    "url", ["/search", "/search?q=massage&sort=newest", "/search?q=FMS", "/search?q=massage&page=2"]
)
def test_what_stands_against_it_comes_before_any_hit(url: str) -> None:
    page = soup(create_app(InventedKnowledgeBase(page=1)).test_client(), url)
    order = [each.get("class", [each.name])[0] for each in page.select("h1, .strip, .tally, article.card")]
    asked = url != "/search"  # where nothing was, nothing is told that something could stand against, but the tally
    assert order[:4] == ["h1", *(("strip", "tally") if asked else ("tally", "strip")), "card"]
    assert not NEVER.search(text(page.select_one(".strip")) + text(page.select_one(".tally")))


def test_nothing_counted_has_neither() -> None:
    page = soup(create_app(InventedKnowledgeBase()).test_client(), "/search?q=astronauts")
    assert not page.select(".strip, .tally, a[href^='/tally']")


def test_the_strip_counts_what_is_not_good_news_and_who_speaks_of_harms(pages: FlaskClient) -> None:
    strip = soup(pages, "/search?q=massage").select_one(".strip")
    assert strip is not None
    assert [text(each) for each in strip.select("ul:not(.counter) li")] == [
        "1 worse",
        "1 mixed",
        "2 with no clear direction",
        "1 before–after only",
    ]
    assert "Of 6 results" in text(strip)
    assert "Harms are mentioned in 1 of 4 (reported that none occurred: 1; see it )" in text(strip)
    assert "Silence does not mean that there were none" in text(strip)
    assert [text(each) for each in strip.select(".counter li")] == [
        "Weaver W et al., 2011 RCT, n = 24 "
        + "; ".join(f"{name}, compared with something not stated: {said}" for name, said in WEAVERS_SAY),
        "Potter P, 2014 RCT, n = 60 pain, compared with no treatment, waiting or usual care: worse",
    ]
    assert [each["href"] for each in strip.select("p a")] == [
        "/search?q=massage&harms=none_occurred",
        "https://pubmed.ncbi.nlm.nih.gov/12777645/",
        "https://doi.org/10.1155/2014/480956",
    ]


def test_only_good_news_says_that_this_is_to_be_expected() -> None:
    page = soup(over(study(1, better())), "/search")
    assert "Nothing worse, mixed or without a clear direction was found in abstracts" in text(page.select_one(".strip"))
    assert "published less often" in text(page.select_one(".strip"))


def test_comparisons_stay_apart_and_each_has_its_denominator(pages: FlaskClient) -> None:
    found = rows(soup(pages, "/search?q=massage"))
    assert found["pain", "no treatment, waiting or usual care inactive control"][:6] == ["1", "0", "1", "0", "0", "0"]
    active = found["pain", "another treatment active control"]
    assert active == ["1", "1", "0", "0", "0", "0", "1 of 1 better, too few to test"]
    assert found["sleep", "something not stated"] == ["1", "0", "0", "0", "1", "0", "none has a direction"]
    assert found["anxiety", "something not stated"] == ["0", "0", "0", "0", "0", "1", "nothing was compared"]
    assert "cortisol" not in {outcome for outcome, _ in found}


def test_six_with_a_direction_are_tested_and_held_against_the_worst_case() -> None:
    silent = msgspec.structs.replace(better(), change="none")
    page = soup(over(*(study(i, better() if i < 6 else silent) for i in range(11))), "/search")
    (cells,) = rows(page).values()
    assert cells[0] == "11"
    assert cells[-1] == "6 of 6 better 95 % interval 61% to 100% sign test p = 0.031; at worst 6 of 11"


def test_retracted_work_is_found_and_never_counted() -> None:
    page = soup(over(INVENTED[2]), "/search")
    assert text(page.h1) == "1 of 1 publication here"
    assert "no comparison between groups was read in the abstracts found" in text(page.select_one(".tally"))
    assert not page.select(".tally table, .tally svg, a[href^='/tally']")


def test_changes_of_one_group_alone_make_no_tally() -> None:
    within = msgspec.structs.replace(better(), basis="within_group")
    page = soup(over(study(1, within)), "/search")
    assert "only changes from before to after" in text(page.select_one(".tally"))
    assert not page.select(".tally td.better, .tally svg")


def test_the_first_outcomes_stand_open_and_the_rest_can_be_opened() -> None:
    names = [f"invented_{number}" for number in range(8)]
    page = soup(over(study(1, *map(better, names))), "/search")
    assert len(page.select(".tally .fold > table tbody")) == 5
    assert text(page.select_one(".tally .fold details summary")) == "3 more outcomes"
    assert len(page.select(".tally .fold details tbody")) == 3
    assert "the first 5 outcomes" in text(page.select_one(".tally figcaption"))


def test_a_tally_of_many_outcomes_leads_to_the_file_for_the_last_of_them() -> None:
    names = [f"invented_{number}" for number in range(30)]
    page = soup(over(study(1, *map(better, names))), "/search")
    assert len(page.select(".tally .fold details tbody")) == 20
    told = page.select_one(".tally details details p.small")
    assert text(told) == "5 more outcomes: all are in the file of the numbers ."
    assert told.a["href"] == "/tally.csv"  # type: ignore[union-attr, index]


def test_how_to_read_it_is_told(pages: FlaskClient) -> None:
    link = soup(pages, "/search?q=massage").find("a", string="How to read this")
    assert link is not None
    assert link["href"] == "/about#tally"  # type: ignore[index]
    assert "too few to test" in text(soup(pages, "/about").main)


@pytest.mark.parametrize("file", ["svg", "csv"])
def test_files_have_the_address_of_the_question(pages: FlaskClient, file: str) -> None:
    page = soup(pages, "/search?q=massage&design=rct&sort=newest")
    assert page.select(f"a[href='/tally.{file}?q=massage&design=rct']")
    answer = pages.get(f"/tally.{file}?design=rct&q=massage&sort=newest&page=3")
    assert (answer.status_code, answer.location) == (302, f"/tally.{file}?q=massage&design=rct")


def test_the_picture_says_in_words_what_it_draws(pages: FlaskClient) -> None:
    answer = pages.get("/tally.svg?q=massage")
    assert answer.mimetype == "image/svg+xml"
    root = etree.fromstring(answer.data)
    assert root.get("role") == "img"
    title, words = (root.find(f"s:{name}", SVG) for name in ("title", "desc"))
    assert title is not None
    assert words is not None
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), words.get("id"))
    assert title.text == "Which way the results went: massage"
    assert words.text is not None
    assert (
        "pain; compared with: another treatment; 1 better, 0 worse, 0 mixed, 0 without a clear direction." in words.text
    )
    drawn = [each.get("class") for each in root.iterfind(".//s:*[@class]", SVG)]
    assert [drawn.count(kind) for kind in ("better", "worse", "mixed", "ring")] == [1, 1, 1, 2]
    assert "4 of 4 publications, revision 7" in "".join(root.itertext())


def test_a_hostile_question_is_text_in_a_picture(pages: FlaskClient) -> None:
    hostile = '"><script>alert(1)</script>&amp;\x0b\ufffe'
    answer = pages.get("/tally.svg", query_string={"q": hostile}, follow_redirects=True)
    root = etree.fromstring(answer.data)
    assert not root.findall(".//s:script", SVG)
    assert "<script>alert(1)</script>&amp;" in str(root.findtext("s:title", namespaces=SVG))


def test_the_numbers_carry_their_question_and_run_nothing() -> None:
    class Any_(InventedKnowledgeBase):
        def search(self, query: Query) -> Results:
            return msgspec.structs.replace(super().search(Query()), query=query)

    answer = create_app(Any_()).test_client().get("/tally.csv", query_string={"q": "=1+1", "design": "rct"})
    assert answer.headers["Content-Disposition"] == "attachment; filename=tally.csv"
    assert not re.search(r'(^|,)"[=+@-]', answer.text.lstrip("\ufeff"), re.MULTILINE)
    first = next(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"), newline="")))
    assert (first["Outcome"], first["Compared with"]) == ("pain", "no treatment, waiting or usual care")
    assert (first["Studies compared"], first["Worse"], first["Share better at worst"]) == ("1", "1", "0.000")
    assert (first["Sign test p"], first["95 % from"], first["95 % to"]) == ("", "0.000", "0.793")
    assert (unguarded(first["Question"]), first["Narrowed to"]) == ("=1+1", "Study design: randomised controlled trial")
    assert (first["Publications that answer it"], first["Publications here"], first["Revision"]) == ("4", "4", "7")
    assert first["Address"] == "http://localhost/search?q=%3D1%2B1&design=rct"


def test_harms_are_counted_over_what_is_counted() -> None:
    """Where a value of harms is chosen, its facet counts the others as if it were not."""
    facet = Facet(
        "harms",
        "Harms",
        (
            FacetValue("reported", "reported", 3, True),
            FacetValue("none_occurred", "none", 2, False),
            FacetValue("not_stated", "not mentioned", 9, False),
        ),
    )
    found = InventedKnowledgeBase().search(Query())
    free = msgspec.structs.replace(found, total=14, facets=(facet,))
    chosen = msgspec.structs.replace(free, total=3, query=Query(filters=(("harms", "reported"),)))
    assert (harms(free).mentioned, harms(free).of) == (5, 14)
    assert (harms(chosen).mentioned, harms(chosen).of) == (3, 3)


def test_marks_grow_in_bands() -> None:
    assert [size(count) for count in (1, 2, 5, 6, 900)] == [0.5, 0.75, 0.75, 1.0, 1.0]
