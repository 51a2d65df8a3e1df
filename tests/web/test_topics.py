"""Topic pages and the brief: counts with their denominators, every number a link to what it counts, and no verdict."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.web.conftest import soup, strange_scripts, text, total
from tests.web.invented import InventedKnowledgeBase
from tests.web.test_words import ours
from web import create_app
from web.brief import CITED
from web.headers import HEADERS
from web.scatter import BOTTOM, LEFT, RIGHT, TOP, scatter

TOPIC = "/topics/fibromyalgia"
BRIEF = "/brief?condition=fibromyalgia"
PAGES = [
    "/topics",
    TOPIC,
    "/topics/fibromyalgia?outcome=sleep",
    "/topics/low_back_pain",
    "/topics/reiki",
    "/topics/pain",
    "/topics/cortisol",
    "/topics/massage_unspecified",
    BRIEF,
    "/brief",
    "/brief?q=does+massage+help+pain",
    "/brief?q=astronauts",
]


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_sound(curated: FlaskClient, url: str) -> None:
    page = soup(curated, url)
    assert len(page.find_all("h1")) == 1
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert not strange_scripts(page)
    assert not page.find_all(["style", "iframe"])
    assert not page.find_all(style=True)
    tables = [each for each in page.find_all("table") if not each.select("thead th[scope=col]")]
    assert not tables
    assert "not measured" not in ours(html.document_fromstring(str(page)))


@pytest.mark.parametrize("url", ["/topics/absent", "/topics/women", "/topics/", "/topics/%2e%2e"])
def test_what_is_no_topic_is_not_there(curated: FlaskClient, url: str) -> None:
    answer = curated.get(url)
    assert answer.status_code == 404
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_invented_publications_have_topics_too(pages: FlaskClient) -> None:
    for url in ("/topics", TOPIC, "/topics/swedish", BRIEF, "/brief?q=massage"):
        assert pages.get(url).status_code == 200
    assert pages.get("/topics").status_code == 200
    bare = create_app(InventedKnowledgeBase(())).test_client()
    for url in ("/topics", TOPIC, BRIEF):
        assert bare.get(url).status_code == 200


def test_without_an_index_the_pages_say_so() -> None:
    pages = create_app(InventedKnowledgeBase(index=False)).test_client()
    assert {pages.get(url).status_code for url in ("/topics", TOPIC, BRIEF)} == {503}


# The topic


def test_the_index_leads_to_topics_with_as_many_studies(curated: FlaskClient) -> None:
    page = soup(curated, "/topics")
    assert [text(each) for each in page.select("h2")] == ["Conditions", "Techniques", "Outcomes"]
    link = page.select_one(f"a[href='{TOPIC}']")
    assert link is not None
    assert text(link.select_one(".count")) == text(soup(curated, TOPIC).select(".held b")[1])


def test_a_topic_says_what_it_is_with_sources_or_that_nothing_is_written(curated: FlaskClient) -> None:
    what = soup(curated, TOPIC).select_one("section[aria-labelledby=what]")
    assert what is not None
    assert len(what.select(".source a[href^='https://doi.org/']")) == 2
    assert "We have written nothing on this topic yet." in text(soup(curated, "/topics/reiki"))


def test_the_numbers_of_a_topic_are_those_of_their_searches(curated: FlaskClient) -> None:
    page = soup(curated, TOPIC)
    held = [int(text(each)) for each in page.select(".held b")]
    way = page.select_one(".ways a")
    assert way is not None
    assert held == [total(curated, str(way["href"])), total(curated, "/search?condition=fibromyalgia&counted=yes")]
    cells = page.select(".gaps td a")
    assert len(cells) >= 24
    for cell in cells:
        said = text(cell)
        number = 0 if said == "no study here" else int(said)
        assert total(curated, str(cell["href"])) == number
        assert str(cell["aria-label"]).startswith(said)


def test_rows_of_the_brief_stand_in_the_order_of_the_tally_and_not_by_what_they_say(curated: FlaskClient) -> None:
    table = soup(curated, BRIEF).select_one(".counts")
    assert table is not None
    heads = [text(each) for each in table.select("thead th")]
    at, first = heads.index("Of studies"), heads.index("Better")
    rows = [[text(cell) for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    outcomes = list(dict.fromkeys(row[0].split(" compared with ")[0] for row in rows))
    tally = [text(each) for each in soup(curated, TOPIC).select(".tally .outcome")]
    assert outcomes == tally[: len(outcomes)]
    assert all(sum(map(int, row[first : first + 4])) == int(row[at]) for row in rows)


def test_a_topic_has_the_tally_and_what_stands_against_it(curated: FlaskClient) -> None:
    page = soup(curated, TOPIC)
    assert page.select_one(".strip") is not None
    assert page.select_one(".tally table") is not None


def test_the_strip_shows_what_is_not_in_the_abstracts(curated: FlaskClient) -> None:
    page = soup(curated, TOPIC)
    strip = page.select_one(".core")
    assert strip is not None
    totals = [[int(text(cell)) for cell in row.select("td")] for row in strip.select(".totals tr")]
    studies = len(strip.select("tbody:not(.totals) tr"))
    assert [sum(column) for column in zip(*totals, strict=True)] == [studies] * 8
    assert totals[-1][6] == studies, "unclear thinking is in no abstract of the corpus"
    assert not soup(curated, "/topics/migraine").select(".core")


@pytest.mark.parametrize(("id", "columns"), [("low_back_pain", 3), ("cancer", 11), ("preterm_birth", 5)])
def test_every_agreed_set_is_shown_with_who_agreed_on_it(curated: FlaskClient, id: str, columns: int) -> None:
    section = soup(curated, f"/topics/{id}").select_one("section[aria-labelledby=core]")
    assert section is not None
    assert section.p is not None
    assert " agreed on what trials of this condition should measure" in text(section.p)
    assert section.select_one("p a[href^='https://doi.org/']") is not None
    assert len(section.select("thead th")) == columns
    totals = [[int(text(cell)) for cell in row.select("td")] for row in section.select(".totals tr")]
    studies = len(section.select("tbody:not(.totals) tr"))
    assert [sum(column) for column in zip(*totals, strict=True)] == [studies] * columns


def test_doses_are_a_table_beside_a_picture_and_no_claim(curated: FlaskClient) -> None:
    page = soup(curated, TOPIC)
    section = page.select_one("section[aria-labelledby=dose]")
    assert section is not None
    rows = {text(row.th): [text(cell) for cell in row.select("td")] for row in section.select("tbody tr")}
    assert rows["Field T et al., 2002"][:5] == ["30", "2", "5", "10 computed", "300 computed"]
    assert rows["Nadal-Nicolás Y et al., 2020"][1] == "not in the abstract"
    both = [row for row in rows.values() if "not in the abstract" not in (row[0], row[3])]
    assert len(section.select("svg.scatter .dot")) == len(both)
    assert "No dose-response claim can be made from this." in text(section)
    assert re.search(
        r"Of \d+ studies that speak of pain, \d+ state .* \d+ states? neither in the abstract", text(section)
    )
    other = soup(curated, f"{TOPIC}?outcome=sleep_disturbance").select_one("section[aria-labelledby=dose]")
    assert other is not None
    assert "Direction of sleep" in text(other)  # of which disturbed sleep is a kind
    assert "speak of pain" in text(soup(curated, f"{TOPIC}?outcome=%3Cscript%3E"))


def test_a_marker_is_counted_neither_way(curated: FlaskClient) -> None:
    assert "counted neither as better nor as worse" in text(soup(curated, "/topics/cortisol"))


def test_a_kind_of_an_outcome_is_counted_as_what_it_is_a_kind_of(curated: FlaskClient) -> None:
    found = soup(curated, "/topics/sleep_hours").select_one("section[aria-labelledby=found]")
    assert "of which it is a kind" in text(found)
    assert {text(each) for each in found.select("tbody .outcome")} == {"sleep"}  # type: ignore[union-attr]
    assert "of which it is a kind" not in text(soup(curated, "/topics/sleep"))


def test_harm_is_told_with_its_sources_on_every_topic(curated: FlaskClient) -> None:
    for url in (TOPIC, "/topics/pain", "/topics/reiki"):
        harm = soup(curated, url).select_one("section[aria-labelledby=harm]")
        assert harm is not None
        assert {str(each["href"]) for each in harm.select("a")} == {
            "https://pubmed.ncbi.nlm.nih.gov/12777645/",
            "https://doi.org/10.1155/2014/480956",
        }


# The brief


def test_a_brief_has_one_address(curated: FlaskClient) -> None:
    answer = curated.get("/brief?page=3&sort=newest&q=massage&year=2011&condition=fibromyalgia")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/brief?q=massage&condition=fibromyalgia&year=2011"


def test_a_brief_says_what_was_asked_found_and_not_known(curated: FlaskClient) -> None:
    page = soup(curated, "/brief?q=does+massage+help+pain")
    said = text(page.select_one(".brief"))
    assert "Read as technique massage; outcome pain." in said
    asked = re.search(r"(\d+) of (\d+) publications here answer it; (\d+) of these count as studies", said)
    assert asked is not None
    assert int(asked[1]) == total(curated, "/search?q=does+massage+help+pain")
    for words in ("Before–after only", "What is unknown", "Harm", "PMID 12777645", "doi 10.1155/2014/480956"):
        assert words in said
    assert "This is evidence, not advice." in said
    assert "revision" in said
    assert "Searched word by word." in text(soup(curated, "/brief?q=massage&literal=1").select_one(".brief"))
    permalink = page.select_one(".permalink")
    assert text(permalink) == "http://localhost/brief?q=does+massage+help+pain"


def test_a_brief_cites_the_strongest_designs_first_and_nothing_retracted(
    curated: FlaskClient, pages: FlaskClient
) -> None:
    cited = [text(each) for each in soup(curated, BRIEF).select("ol li")]
    levels = [int(each[1]) for line in cited if (each := re.search(r"level (\d)", line))]
    sizes = [int(each[1]) for line in cited if "level 2" in line and (each := re.search(r"n = (\d+)", line))]
    assert len(cited) == len(levels) == CITED
    assert levels == sorted(levels)
    assert sizes == sorted(sizes, reverse=True)
    invented = text(soup(pages, "/brief?q=massage").select_one("ol"))
    assert "Weaver W" in invented
    assert "Kiln" not in invented, "it was retracted"


def test_a_design_that_was_chosen_is_kept(curated: FlaskClient) -> None:
    cited = [text(each) for each in soup(curated, "/brief?condition=fibromyalgia&design=rct").select("ol li")]
    assert cited
    assert all("RCT, level 2" in each for each in cited)


def test_nothing_found_is_no_finding(curated: FlaskClient) -> None:
    said = text(soup(curated, "/brief?q=astronauts").select_one(".brief"))
    assert "That does not mean that there is no such study." in said
    assert "What was found" not in said


# The picture


amounts = st.floats(0.25, 2_000, allow_nan=False)


@given(st.lists(st.tuples(amounts, amounts, st.just("better")), min_size=1, max_size=30))
def test_every_study_is_within_the_picture(points: list[tuple[float, float, str]]) -> None:
    picture = scatter(points)
    assert picture is not None
    assert len(picture.marks) == len(points)
    assert all(LEFT <= each.x <= RIGHT and TOP <= each.y <= BOTTOM for each in picture.marks)
    for ticks in (picture.across, picture.up):
        numbers = [float(each.text.replace(",", "")) for each in ticks]
        assert len(numbers) >= 2
        assert numbers == sorted(numbers)


def test_a_dose_on_a_line_stands_on_it_and_equals_stand_apart() -> None:
    picture = scatter([(8, 40, "better"), (8, 40, "worse"), (32, 20, "mixed"), (0, 30, "better")])
    assert picture is not None
    line = next(each.at for each in picture.across if each.text == "8")
    assert [each.x == line for each in picture.marks] == [True, False, False]
    assert scatter([(0, 0, "better")]) is None
