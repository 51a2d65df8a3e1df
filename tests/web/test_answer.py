"""The answer at a glance: what was asked for first, in sentences with denominators, and each number with its studies.

Over the curated corpus, whose studies are real, and over invented ones.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from kb.base import open_kb
from kb.extraction import Dose, Extraction, Finding, Method, Outcome
from kb.record import Identifier
from kb.rights import full_text
from kb.search import Query
from kb.vocabulary import load_vocabulary
from kb.wording import dose_words
from tests.web.conftest import soup, text, total
from tests.web.invented import INVENTED, VOCABULARY, InventedKnowledgeBase
from tests.web.test_tally import better, over, study
from web import create_app
from web.directions import LINES, NAMES, directions

QUESTION = "/search?q=does+massage+help+people+with+fibromyalgia+sleep"


def test_what_was_asked_for_is_told_first(curated: FlaskClient) -> None:
    page = soup(curated, QUESTION)
    order = [each.get("class", [each.name])[0] for each in page.select(".readback, .glance, .strip, .tally, .card")]
    assert order[:5] == ["readback", "glance", "strip", "tally", "card"]
    assert text(page.select_one(".glance h3")) == "sleep"
    assert text(page.select_one(".tally tbody .outcome")) == "sleep"
    told = text(page.select_one(".glance"))
    assert re.search(r"Compared with [a-z ,]+: better in \d+ of \d+ stud(y|ies)", told)
    assert "people change without any treatment too" in told


def test_without_an_outcome_in_the_question_the_most_compared_is_told_and_said_to_be_that(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=massage+fibromyalgia")
    assert text(page.select_one(".glance h3")) == "pain the outcome most often compared among these"


def test_the_brief_tells_first_what_was_asked_for(curated: FlaskClient) -> None:
    rows = soup(curated, QUESTION.replace("/search", "/brief")).select(".brief tbody th")
    told = [text(each).split(" compared with ")[0] == "sleep" for each in rows]
    assert told[0]
    assert told == sorted(told, reverse=True)


def test_an_outcome_that_was_chosen_is_asked_for_too(curated: FlaskClient) -> None:
    page = soup(curated, "/search?condition=fibromyalgia&outcome=anxiety")
    assert text(page.select_one(".glance h3")) == "anxiety"


@pytest.mark.parametrize(
    "url", [QUESTION, "/search?q=massage&literal=1", "/search?q=pain&design=rct&sort=newest", "/search"]
)
def test_every_number_of_the_tally_leads_to_the_studies_behind_it(curated: FlaskClient, url: str) -> None:
    page = soup(curated, url)
    numbers = [(int(text(each)), str(each["href"])) for each in page.select(".tally td.n a")]
    assert all(behind.endswith("#studies") for _, behind in numbers)
    assert len(numbers) > 10
    assert all(count == total(curated, behind) for count, behind in numbers[:40])  # at its own address, not sent on
    assert not page.select(".tally td.nil a")


def test_a_number_that_was_followed_is_read_back_and_can_be_taken_away(curated: FlaskClient) -> None:
    link = soup(curated, QUESTION).select_one(".tally td.better a")
    assert link is not None
    page = soup(curated, str(link["href"]))
    (chip,) = [each for each in page.select(".chips li") if each.select_one(".kind").get_text() == "Found"]  # type: ignore[union-attr]
    assert re.fullmatch(r"Found sleep, compared with .*: better ×", text(chip))
    assert chip.select_one("a.drop")["href"] == QUESTION  # type: ignore[index]
    assert not page.select(".tally td a")  # every other number would lead out of this one
    kept = page.select_one(".narrowing input[name=says]")  # who narrows further keeps it
    assert kept is not None
    assert f"says={kept['value']}" in str(link["href"])


def test_the_strongest_that_stand_against_it_are_named_and_linked(curated: FlaskClient) -> None:
    page = soup(curated, QUESTION)
    named = page.select(".strip .counter li")
    assert 1 <= len(named) <= 3
    for each in named:
        assert re.search(r"sleep, [a-z ,]+: (worse|mixed|no clear direction)", text(each))
        assert curated.get(str(each.a["href"])).status_code == 200  # type: ignore[index]
    sorted_away = soup(curated, QUESTION + "&sort=newest")
    assert [text(each) for each in sorted_away.select(".strip .counter li")] == [text(each) for each in named]


def test_where_only_good_news_was_chosen_nothing_is_named_against_it() -> None:
    page = soup(over(study(1, better())), "/search?says=pain.inactive.better")
    assert page.select(".strip")
    assert not page.select(".counter")


def test_who_follows_good_news_still_meets_who_stands_against_it(curated: FlaskClient) -> None:
    link = soup(curated, QUESTION).select_one(".tally td.better a")
    assert link is not None
    page = soup(curated, str(link["href"]).split("#")[0])
    against = [text(each) for each in page.select(".strip ul:not(.counter) li")]
    counted = sum(int(each.split()[0]) for each in against[:3])
    assert bool(page.select(".strip .counter li")) == bool(counted)


def test_an_outcome_that_is_not_counted_is_told_as_that_and_no_other_in_its_place(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=massage+cortisol")
    assert text(page.select_one(".glance h3")) == "cortisol"
    assert "A marker" in text(page.select_one(".glance"))
    assert "better in" not in text(page.select_one(".glance"))


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("q=outcome%3Asleep+massage", "sleep"),
        ("q=massage&found=sleep.no_direction", "sleep"),
        ("q=massage&says=anxiety.not_stated.before_after", "anxiety"),
        ("q=massage+low+back+pain", "pain"),
        ("condition=low_back_pain", "pain"),
    ],
)
def test_an_outcome_is_asked_for_in_many_ways(curated: FlaskClient, asked: str, outcome: str) -> None:
    assert text(soup(curated, f"/search?{asked}").select_one(".glance h3")) == outcome


def test_all_outcomes_asked_for_are_told(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=fibromyalgia+massage+sleep+pain+fatigue+anxiety")
    assert {text(each) for each in page.select(".glance h3")} >= {"pain", "sleep", "fatigue", "anxiety"}


def test_a_review_is_told_beside_the_count_and_not_in_it(curated: FlaskClient) -> None:
    told = [text(each) for each in soup(curated, QUESTION).select(".glance li")]
    assert [
        each for each in told if re.fullmatch(r"A review of 9 trials \(Li Y.*, 2014\) ?: .*no difference.*\.", each)
    ]


def test_that_all_are_of_one_condition_is_said_where_nobody_asked_for_it(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=massage&condition=fibromyalgia")
    assert "are of people with" not in text(page.select_one(".glance"))
    only = INVENTED[0]
    twin = msgspec.structs.replace(only, id="twin")
    assert "All 2 are of people with fibromyalgia" in text(
        soup(over(only, twin), "/search?q=massage").select_one(".glance")
    )


def test_harm_that_was_asked_for_stands_first(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=side+effects+of+massage")
    assert text(page.select_one(".glance h3")) == "harm"
    assert "vertebral artery dissection" in text(page.select_one(".glance"))
    nothing = soup(curated, "/search?q=is+deep+tissue+massage+dangerous")
    assert text(nothing.select_one("#total b")) == "0"
    assert "vertebral artery dissection" in text(nothing.select_one(".glance"))


def test_what_a_brief_cites_is_of_its_answer(curated: FlaskClient) -> None:
    for question in ("massage+pain+pilot", "massage+rash", "does+massage+help+sleep"):
        ids: set[str] = set()
        pages = -(-total(curated, f"/search?q={question}") // 20)
        for number in range(1, pages + 1):
            page = soup(curated, f"/search?q={question}{f'&page={number}' if number > 1 else ''}")
            ids |= {str(each["href"]) for each in page.select(".card:not(:has(.lacks)) .title a")}
        cited = [str(each["href"]) for each in soup(curated, f"/brief?q={question}").select(".brief ol a")]
        assert set(cited) <= ids, question


def test_nothing_compared_is_not_called_nothing_against_it() -> None:
    within = msgspec.structs.replace(better(), basis="within_group")
    told = text(soup(over(study(1, within)), "/search").select_one(".strip"))
    assert "no comparison was read in these abstracts" in told
    assert "Nothing worse" not in told


def test_good_news_on_a_card_hides_no_bad_news() -> None:
    ways = [msgspec.structs.replace(better(f"ache {n}"), arm=f"group {n}") for n in range(6)]
    facts = Extraction(version="invented 1", outcomes=(*map(Finding, ways), Finding(better("ruin"))))
    worse = msgspec.structs.replace(better("harm done"), change="up", arm="massage")
    facts = msgspec.structs.replace(facts, outcomes=(*facts.outcomes, Finding(worse)))
    (between,) = directions(facts, VOCABULARY)
    assert len(between.lines) == LINES
    assert any(name.name == "harm done" for line in between.lines for name in line.names)


def test_a_chip_leads_to_its_topic(curated: FlaskClient) -> None:
    chips = soup(curated, QUESTION).select(".chips b a")
    assert [each["href"] for each in chips] == ["/topics/massage_unspecified", "/topics/fibromyalgia", "/topics/sleep"]
    assert all(curated.get(str(each["href"])).status_code == 200 for each in chips)


def test_a_word_that_means_bad_sleep_is_counted_with_sleep() -> None:
    vocabulary = load_vocabulary()
    for kind, whole in (("sleep_disturbance", "sleep"), ("disability", "function"), ("pain_relief", "pain")):
        concept = vocabulary.concept(kind)
        assert concept is not None
        assert concept.broader == whole


def test_what_went_the_same_way_stands_in_one_line_and_the_rest_is_counted() -> None:
    many = tuple(Finding(better(f"ache {number}")) for number in range(NAMES + 2))
    within = tuple(
        Finding(msgspec.structs.replace(better(f"rest {number}"), basis="within_group", arm=f"group {number}"))
        for number in range(LINES + 1)
    )
    facts = Extraction(version="invented 1", outcomes=(*many, *many, *within))
    between, before = directions(facts, VOCABULARY)
    assert (between.label, len(between.lines), between.more) == ("Between groups", 1, 0)
    assert (len(between.lines[0].names), between.lines[0].more) == (NAMES, 2)
    assert (before.label, len(before.lines), before.more) == ("Before–after only", LINES, 1)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, None),
        ({"minutes": 30.0}, "30 minutes a session"),
        ({"sessions": 1.0}, "1 session"),
        ({"sessions": 10.0, "minutes": 30.0, "weeks": 5.0, "per_week": 2.0}, "10 sessions of 30 minutes over 5 weeks"),
        ({"per_week": 2.0, "weeks": 1.0}, "2 a week over 1 week"),
        ({"minutes": 22.5, "per_week": 3.0}, "22.5 minutes a session, 3 a week"),
        ({"weeks": 20.0}, "20 weeks"),
    ],
)
def test_a_dose_is_told_in_a_phrase_of_what_is_stated(parts: dict[str, float], words: str | None) -> None:
    assert dose_words(Dose(**{name: Finding(value) for name, value in parts.items()})) == words


@pytest.mark.parametrize(
    ("identifiers", "rights", "place"),
    [
        ((), None, None),
        ((Identifier("doi", "10.5555/weavers"),), None, None),
        ((Identifier("doi", "10.5555/weavers"),), "CC BY 4.0", "https://doi.org/10.5555/weavers"),
        (
            (Identifier("pmid", "990000001"), Identifier("pmcid", "PMC9900001")),
            None,
            "https://pmc.ncbi.nlm.nih.gov/articles/PMC9900001/",
        ),
    ],
)
def test_a_full_text_is_linked_only_where_it_is_known_to_be_free(
    identifiers: tuple[Identifier, ...], rights: str | None, place: str | None
) -> None:
    record = msgspec.structs.replace(INVENTED[0].record, identifiers=identifiers, rights=rights)
    assert full_text(record) == place


def test_the_first_of_an_answer_are_the_first_of_its_page(curated_home: Path) -> None:
    kb = open_kb(curated_home)
    for query in (Query(text="massage pain", sort="level"), Query(sort="newest"), Query(text="FMS", sort="largest")):
        whole = [each.publication.id for each in kb.search(query).hits if each.whole]
        assert [each.id for each in kb.leading(query, 3)] == whole[:3]
    kb.close()


def test_a_dose_of_the_treated_group_is_the_dose_of_the_card() -> None:
    arm = msgspec.structs.replace(INVENTED[0].facts.method.arms[0].value, dose=Dose(minutes=Finding(45.0)))
    facts = msgspec.structs.replace(INVENTED[0].facts, method=Method(arms=(Finding(arm),)))
    page = soup(over(msgspec.structs.replace(INVENTED[0], facts=facts)), "/search")
    assert "45 minutes a session" in text(page.select_one(".card .about"))


def test_an_outcome_nobody_compared_makes_no_claim_at_a_glance() -> None:
    within = Outcome("pain", "down", "within_group", "pain", polarity="low")
    told = text(soup(over(study(1, within)), "/search?q=massage").select_one(".glance"))
    assert "better" not in told
    assert "it says nothing of massage" in told
    assert not soup(create_app(InventedKnowledgeBase(())).test_client(), "/search").select(".glance")


def test_what_a_review_says_is_never_cut_in_the_brief(curated: FlaskClient) -> None:
    told = [text(each) for each in soup(curated, "/brief?q=massage+fibromyalgia").select(".brief ol li")]
    said = [each.split("it says: ")[1] for each in told if "it says: " in each]
    assert said
    assert not [each for each in said if "…" in each]
    assert [each for each in said if each.endswith(" more.")]


def test_a_review_says_only_what_is_of_the_technique_that_was_asked_for(curated: FlaskClient) -> None:
    said = text(soup(curated, "/search?q=swedish+massage+anxiety").select_one(".glance"))
    assert "myofascial" not in said
    fibromyalgia = text(soup(curated, "/search?q=myofascial+release+fibromyalgia+anxiety").select_one(".glance"))
    assert "(myofascial release)" in fibromyalgia


def test_cancer_pain_is_found_in_whatever_order_it_is_said(curated: FlaskClient) -> None:
    assert total(curated, "/search?q=reflexology+for+cancer+pain") == total(
        curated, "/search?q=reflexology+pain+cancer"
    )


def test_a_benefit_that_is_gone_at_follow_up_says_so() -> None:
    end = msgspec.structs.replace(better(), timepoint="end")
    gone = msgspec.structs.replace(better(), timepoint="follow_up", change="none")
    client = over(study(1, end, gone), study(2, end))
    page = soup(client, "/search?q=massage")
    assert "better in 2 of 2 studies. Too few to test. At follow-up better in 0 of 1" in text(
        page.select_one(".glance")
    )
    assert "at follow-up better in 0 of 1" in text(page.select_one(".tally td.said"))
    assert "1 of 1 result that was measured again was not better" in text(page.select_one(".strip"))
    assert text(soup(client, "/brief?q=massage").select(".brief .counts td")[-1]) == "0 of 1"
    assert soup(client, "/about").select("#when")


def test_where_nothing_was_asked_nothing_is_told_at_a_glance(curated: FlaskClient) -> None:
    assert not soup(curated, "/search").select(".glance")
    assert not soup(curated, "/search?design=rct").select(".glance")
    assert soup(curated, "/search?technique=swedish").select(".glance")


def test_harm_is_told_once_and_nothing_stands_against_it(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=side+effects+of+massage")
    assert not page.select(".strip")
    assert len(page.select(".answer a[href='https://doi.org/10.1155/2014/480956']")) == 1
    both = soup(curated, "/search?q=massage+pain+side+effects")
    assert "Harms" not in text(both.select_one(".strip"))
    assert "Harms" in text(both.select_one(".glance"))


def test_reviews_of_drugs_are_not_told_and_of_several_the_number_is(curated: FlaskClient) -> None:
    assert "antidepressants" not in text(soup(curated, "/search?q=trigger+points").select_one(".glance"))
    page = soup(curated, "/search?q=what+helps+neck+pain")
    assert "Cheng" in text(page.select_one(".glance"))
    every = page.find("a", string=re.compile(r"^\d+ reviews$"))
    assert every is not None
    assert int(text(every).split()[0]) == total(curated, str(every["href"]))  # type: ignore[index]


def test_a_sign_and_its_words_agree_and_a_cost_is_no_marker(curated: FlaskClient) -> None:
    page = soup(curated, "/search?q=massage+cost-effectiveness+Alexander")
    (told,) = [each for each in page.select(".outcomes > div") if "cost-effectiveness" in text(each)]
    assert text(told.dt) == "Not counted as better or worse"
    assert "said to have improved compared with massage" in text(told)
    assert "told of the group compared with" in text(told)
    for page in (
        soup(curated, f"/search?q=massage&page={number}" if number > 1 else "/search?q=massage")
        for number in range(1, 6)
    ):
        assert not [each for each in page.select(".outcomes li") if "+:" in text(each) and "not stated" in text(each)]


def test_who_uses_a_keyboard_can_go_on_to_the_studies(curated: FlaskClient) -> None:
    page = soup(curated, QUESTION)
    skip = page.select_one("a.skip[href='#hits']")
    assert skip is not None
    here = page.select_one("#hits")
    assert here is not None
    first = here.find_next("a")
    assert first.find_parent("article", class_="card")  # type: ignore[union-attr]
    assert not soup(curated, "/about").select("a.skip[href='#hits']")
