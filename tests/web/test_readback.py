"""How a question was read, as the page shows it, and the ways on where it finds nothing. Over the curated corpus."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, ResultSet, Tag
from flask.testing import FlaskClient

from tests.web.conftest import soup, text, total


def chips(pages: FlaskClient, question: str) -> list[str]:
    """Kind and name of each chip."""
    page = soup(pages, f"/search?q={question}")
    return [" ".join(text(each) for each in chip.select(":scope > .kind, :scope > b")[:2]) for chip in _chips(page)]


def _chips(page: BeautifulSoup) -> ResultSet[Tag]:
    return page.select(".readback .chips li")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how+many+sessions+of+massage+for+low+back+pain", ["technique massage", "condition low back pain"]),
        ("dry+needling+or+massage", ["word dry needling", "or technique massage"]),
        ("knee+massage", ["word knee", "technique massage"]),
        ("massage+or+exercise+for+back+pain", ["technique massage", "or word exercise", "condition back pain"]),
    ],
)
def test_what_is_required_is_a_chip_and_or_stands_between_alternatives(
    curated: FlaskClient, question: str, expected: list[str]
) -> None:
    assert chips(curated, question) == expected


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("how many sessions of massage for low back pain", "massage low back pain"),
        ("what pressure is best in massage for fibromyalgia", "massage for fibromyalgia"),
        ("how deep should the pressure be for fibromyalgia", "fibromyalgia"),
        ("dry needling or massage", "massage"),
        ("massage or exercise for back pain", "massage for back pain"),
        ("manual lymph drainage or bandage", "manual lymph drainage"),
        ("pain in fibromyalgia: massage or medication", "pain in fibromyalgia massage"),
        ("massage knee pain", "massage knee osteoarthritis"),
        ("massage for my mother's sore knees", "massage knee pain"),
    ],
)
def test_a_question_finds_no_less_than_what_it_is_about(curated: FlaskClient, question: str, least: str) -> None:
    found, enough = (total(curated, f"/search?q={each.replace(' ', '+')}") for each in (question, least))
    assert found >= enough > 0


def test_words_that_only_rank_are_told(curated: FlaskClient) -> None:
    told = text(soup(curated, "/search?q=massage+for+low+back+pain+with+education+zebras").select_one(".readback"))
    assert "Higher with “education”, but counted without too" in told
    assert "None of these has “zebras” too" in told
    assert not {"word education", "word zebras"} & set(chips(curated, "massage+low+back+pain+education+zebras"))


@pytest.mark.parametrize(
    "question",
    [
        "hand+massage+in+old+people+with+dementia+who+are+agitated",
        "foot+reflexology+for+anxiety+before+surgery",
        "massage+for+tension+headache+in+office+workers",
    ],
)
def test_only_what_finds_something_is_offered_and_finds_as_much_as_it_says(curated: FlaskClient, question: str) -> None:
    page = soup(curated, f"/search?q={question}")
    offers = [each for each in page.select(".nothing li") if " : " in text(each) and each.select_one("a")]
    assert offers
    for each in offers:
        said = re.search(r" : ([\d,]+) publications?$", text(each))
        assert said is not None
        link = each.select_one("a")
        assert link is not None
        assert total(curated, str(link["href"])) == int(said[1].replace(",", "")) > 0


def test_the_broader_concept_is_offered(curated: FlaskClient) -> None:
    offers = [
        text(each)
        for each in soup(curated, "/search?q=foot+reflexology+for+anxiety+before+surgery").select(".nothing li")
    ]
    assert offers[0] == "Ask for “reflexology” in place of “foot reflexology” : 1 publication"


def test_a_hit_is_not_said_to_lack_a_word_that_a_reader_sees(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=massage+for+sleep+by+acupressure")
    for card in page.select(".card:has(.lacks)"):
        without = text(card.select_one(".lacks")).partition("without ")[2].partition(",")[0]
        title = text(card.select_one(".title")).casefold()
        assert not any(f" {word} " in f" {title} " for word in re.findall(r"“(\w+)”", without))
