"""Every page renders, says what it must, and stays whole whatever is asked or stored."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.extraction import Arm, Extraction, Finding, Method, Outcome, findings
from kb.publication import Publication
from kb.record import Contributor, Identifier, Notice, Record, Section
from kb.rights import Policy
from tests.web.conftest import strange_scripts
from tests.web.invented import INVENTED, JOINED, InventedKnowledgeBase
from web import create_app
from web.headers import HEADERS

WEAVERS, POTTERS, KILN, NOTHING = (f"/publications/{each.id}" for each in INVENTED)
PAGES = ["/", "/search", "/search?q=massage", "/search?q=zzz", "/about", WEAVERS, POTTERS, KILN, NOTHING]


def soup(pages: FlaskClient, url: str) -> BeautifulSoup:
    return BeautifulSoup(pages.get(url).data, "html.parser")


def text(part: Any) -> str:
    return " ".join(part.get_text().split())


@pytest.mark.parametrize("url", PAGES)
def test_every_page_stands_and_is_sound_html(pages: FlaskClient, url: str) -> None:
    answer = pages.get(url)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.data, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert len(page.find_all("h1")) == 1
    assert page.title is not None
    assert text(page.title).endswith("Touchstone")
    ids = [each["id"] for each in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    inside = {str(each["href"])[1:] for each in page.find_all(href=re.compile("^#"))}
    assert inside <= set(ids), "a link within the page leads nowhere"
    assert not page.find_all(style=True)
    assert not strange_scripts(page)
    assert not page.find_all(["style", "iframe", "object"])


@pytest.mark.parametrize("url", [*PAGES, "/healthz", "/absent", "/publications/absent", "/static/touchstone.css"])
def test_every_answer_has_the_headers(pages: FlaskClient, url: str) -> None:
    with pages.get(url) as answer:
        headers = answer.headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("method", "url", "status", "words"),
    [
        ("GET", "/absent", 404, "Nothing is kept at this address"),
        ("GET", "/publications/absent", 404, "Nothing is kept at this address"),
        ("GET", "/publications/%2e%2e%2fetc", 404, "Nothing is kept at this address"),
        ("POST", "/search", 405, "This page can only be read"),
    ],
)
def test_faults_are_pages(pages: FlaskClient, method: str, url: str, status: int, words: str) -> None:
    answer = pages.open(url, method=method)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert status != 405 or "GET" in answer.headers["Allow"]


def test_without_an_index_publications_go_on_working() -> None:
    pages = create_app(InventedKnowledgeBase(index=False)).test_client()
    for url in ("/", "/search?q=massage"):
        answer = pages.get(url)
        assert (answer.status_code, "index is being rebuilt" in answer.text) == (503, True)
        assert answer.headers["Retry-After"]
    assert pages.get(WEAVERS).status_code == 200
    assert pages.get("/about").status_code == 200
    assert (pages.get("/healthz").status_code, pages.get("/healthz").json["index_revision"]) == (503, None)  # type: ignore[index]


def test_healthz(pages: FlaskClient) -> None:
    assert pages.get("/healthz").json == {"status": "ok", "store_revision": 7, "index_revision": 7, "publications": 4}


def test_a_fault_of_ours_is_a_page_and_keeps_its_secrets() -> None:
    class Broken(InventedKnowledgeBase):
        def count(self) -> int:
            raise RuntimeError("/secret/path")

    answer = create_app(Broken()).test_client().get("/about")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


# The answer


def test_the_read_back_can_be_taken_apart(pages: FlaskClient) -> None:
    page = soup(pages, "/search?q=FMS+massage")
    read_back = page.select_one(".readback")
    assert read_back is not None
    assert "Read as condition fibromyalgia (+ FMS, fibrositis) × technique massage ×" in text(read_back)
    assert [each["href"] for each in read_back.select(".drop")] == ["/search?q=massage", "/search?q=FMS"]
    assert "/search?q=FMS+massage&literal=1" in [each["href"] for each in read_back.select("a")]
    assert "Searched word by word" in text(soup(pages, "/search?q=FMS+massage&literal=1"))
    assert text(page.h1) == "1 of 4 publications here for “FMS massage”"


def test_what_is_chosen_is_shown_kept_and_can_be_dropped(pages: FlaskClient) -> None:
    page = soup(pages, "/search?q=massage&design=rct&sort=newest")
    form = page.select_one("form.narrowing")
    assert form is not None
    assert [(each["name"], each["value"]) for each in form.select("input[type=hidden]")] == [
        ("q", "massage"),
        ("sort", "newest"),
    ]
    assert [each["value"] for each in form.select("input[checked]")] == ["rct"]
    assert page.select_one("a.drop[href='/search?q=massage&sort=newest'][aria-label]") is not None


def test_a_form_s_empty_fields_lead_to_the_short_address(pages: FlaskClient) -> None:
    answer = pages.get("/search?q=neck+pain&sort=&page=&design=&utm_source=x")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search?q=neck+pain")


def test_paging(pages: FlaskClient) -> None:
    small = create_app(InventedKnowledgeBase(page=1)).test_client()
    page = soup(small, "/search?q=massage&page=2")
    assert [each["href"] for each in page.select(".pager a")] == ["/search?q=massage", "/search?q=massage&page=3"]
    assert "page 2 of 4" in text(page.select_one(".pager"))
    assert not soup(pages, "/search?q=massage").select(".pager")


def test_nothing_found_says_what_to_do(pages: FlaskClient) -> None:
    page = soup(pages, "/search?q=FMS+astronauts&year=2011")
    found = [(text(each), each["href"]) for each in page.select(".nothing a")]
    assert found == [
        ("Ask for “FMS” alone", "/search?q=FMS&year=2011"),
        ("Search only these words", "/search?q=FMS+astronauts&year=2011&literal=1"),
    ]
    assert page.select(".browse a[href='/search?condition=fibromyalgia']")


def test_where_nothing_is_found_the_part_that_emptied_it_is_named(pages: FlaskClient) -> None:
    told = [text(each) for each in soup(pages, "/search?q=FMS&design=rct&year=1890").select(".nothing li")]
    assert told[:2] == ["No longer narrow to year “1890”: 1 publication", "Search only these words"]


def card(page: BeautifulSoup, url: str) -> Any:
    return next(each for each in page.select("article.card") if each.select_one(f".title a[href='{url}']"))


def test_a_card_says_how_good_and_how_sure(pages: FlaskClient) -> None:
    page = soup(pages, "/search?q=massage")
    weavers, potters, kiln, nothing = (card(page, url) for url in (WEAVERS, POTTERS, KILN, NOTHING))
    assert "RCT level 2 of OCEBM 2011" in text(weavers)
    assert "n = 24" in text(weavers)
    assert "10 sessions of 30 minutes over 5 weeks" in text(weavers)
    assert "full text not known to be free" in text(weavers)
    assert "Harms: not mentioned" in text(weavers)
    assert "Harms: reported that none occurred" in text(potters)
    assert "Our summary" in text(potters)
    assert "Our summary" not in text(weavers)
    assert "9 trials, n = 1,404" in text(kiln)
    assert text(kiln).startswith("Retracted")
    for words in (
        "design not stated",
        "n not stated",
        "technique not stated",
        "dose not stated",
        "No outcome was read",
        "year not stated",
    ):
        assert words in text(nothing)
    assert [each.get_text() for each in weavers.select(".title mark")] == ["Massage "]


def test_a_change_within_one_group_never_looks_like_an_effect(pages: FlaskClient) -> None:
    found = card(soup(pages, "/search?q=massage"), WEAVERS).select(".outcomes li")
    lines = {text(each): each["class"] for each in found}
    assert lines == {
        "pain ↓: better than relaxation training": ["better"],
        "hours of sleep =: no difference from the comparison group": ["no_difference"],
        "tenderness ↕: mixed against relaxation": ["mixed"],
        "anxiety ↓: better than before (massage group)": ["within"],
        "cortisol ↓: lower than before (massage group)": ["marker"],
        "stiffness +: better": ["unclear"],
    }
    labels = {text(each.parent.parent.parent.dt) for each in found if each["class"] == ["within"]}
    assert labels == {"Before–after only"}


# A publication


def test_the_ledger_says_each_outcome_with_its_basis(pages: FlaskClient) -> None:
    rows = [
        [text(cell) for cell in row.select("th, td")][:7] for row in soup(pages, WEAVERS).select(".ledger tbody tr")
    ]
    assert rows[0] == [
        "pain", "↓ lower", "better", "between groups", "relaxation training", "not stated", "p = .03",
    ]  # fmt: skip
    assert rows[2][:5] == [
        "anxietyState-Trait Anxiety Inventoryin: massage group",
        "↓ lower", "better", "before–after within a group", "its own start",
    ]  # fmt: skip
    assert rows[3][2] == "a marker: neither better nor worse"
    assert rows[4][1:4] == ["+ improved", "better", "unclear"]
    potters = [[text(cell) for cell in row.select("td")] for row in soup(pages, POTTERS).select(".ledger tbody tr")]
    assert potters[0][:6] == [
        "↑ higher", "worse", "between groups", "usual care", "follow-up", "mean difference 1.1; 95 % CI 0.2 to 2.0",
    ]  # fmt: skip
    assert potters[0][6] == "in Potter 2014, table 2 checked"


def test_the_abstract_is_whole_and_every_quote_is_marked(pages: FlaskClient) -> None:
    publication = INVENTED[0]
    page = soup(pages, WEAVERS)
    abstract = page.select_one(".abstract")
    assert abstract is not None
    for number in abstract.select("sup"):
        number.extract()
    paragraphs = [each for each in abstract.select("p") if not each.has_attr("class")]
    bodies = [publication.record.abstract[each.start : each.end] for each in publication.record.sections]  # type: ignore[index]
    assert [each.get_text() for each in paragraphs] == bodies
    assert [text(each) for each in abstract.select("h3")] == ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]
    whole = "".join(bodies)
    for _, finding in findings(publication.facts):
        quote = publication.quote(finding)
        assert quote is not None
        assert quote in whole
        begin = next(each for each in abstract.select("mark[id]") if quote.startswith(each.get_text()[: len(quote)]))
        assert begin["title"]


def test_a_fact_leads_to_its_words_and_back(pages: FlaskClient) -> None:
    page = soup(pages, WEAVERS)
    minutes = page.find(id="fact-minutes-a-session-1")
    assert minutes is not None
    link = minutes.select_one("a.ref")
    assert link is not None
    words = page.find(id=str(link["href"])[1:])
    assert words is not None
    assert words.get_text().startswith("30 minutes")
    back = words.parent.find("a", href="#fact-minutes-a-session-1")  # type: ignore[union-attr]
    assert text(back).endswith(text(link).rpartition(" ")[2])


def test_what_is_derived_checked_or_not_stated_is_said(pages: FlaskClient) -> None:
    facts = text(soup(pages, WEAVERS).select_one(".facts"))
    assert "Sessions in all 10 its words, passage" in facts
    assert facts.count("derived") == 2
    assert "Not in the abstract" in facts
    assert "who knew which treatment was given (blinding)" in facts
    assert "whether anybody was harmed (harms, adverse events)" in facts
    assert "fibromyalgia its words, passage 1 checked" in facts
    assert "Of the 21 facts of this page, 20 were read by a machine and are not yet checked" in facts
    potters = text(soup(pages, POTTERS).main)
    assert "Each of the 6 facts of this page was read or checked by a person." in potters
    assert "No abstract is stored" in potters
    assert "Our summary" in potters
    assert "60 in Potter 2014, table 1 corrected" in potters


def test_every_fact_of_the_record_has_a_row(pages: FlaskClient) -> None:
    """An `Extraction` with a new field that no row shows fails here."""
    shown = soup(pages, WEAVERS)
    ids = {str(each["id"]) for each in shown.select(".facts [id], .ledger [id]")}
    stated = [path for path, _ in findings(INVENTED[0].facts)]
    assert len({each for each in ids if re.search(r"-\d+$", each)}) == len(stated)


def test_notices_and_commentary_stand_apart(pages: FlaskClient) -> None:
    kiln = soup(pages, KILN)
    assert kiln.main is not None
    assert text(kiln.main).startswith("Retracted Retracted in 2020")
    commentary = soup(pages, WEAVERS).select_one(".commentary")
    assert text(commentary).startswith("Commentary, not evidence")


def test_a_citation_can_be_picked_up(pages: FlaskClient) -> None:
    told = [(each["name"], each["content"]) for each in soup(pages, WEAVERS).select("meta[name^=citation]")]
    assert ("citation_author", "Weaver, Wilma") in told
    assert ("citation_doi", "10.5555/weavers") in told
    assert ("citation_public_url", f"http://localhost{WEAVERS}") in told
    assert "https://pubmed.ncbi.nlm.nih.gov/990000001/" in [
        each["href"] for each in soup(pages, WEAVERS).select(".ids a")
    ]


# Hostile text

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}${7*7}</mark>&#60;b&#62;\u202e"


def hostile_publication() -> Publication:
    kinds = msgspec.structs.fields(Record)
    texts: dict[str, Any] = {
        each.name: HOSTILE for each in kinds if each.type in (str, str | None) and each.name != "format"
    }
    finding: Finding[Any] = Finding(HOSTILE, 0, 20, document=HOSTILE)
    record = Record(
        **texts,
        format="medline",
        identifiers=(Identifier("doi", f"10.1/{HOSTILE}"), Identifier("registration", HOSTILE)),
        contributors=(Contributor(HOSTILE, HOSTILE),),
        sections=(Section(HOSTILE, 0, len(HOSTILE)),),
        publication_types=(HOSTILE,),
        subject_headings=(HOSTILE,),
        notices=(Notice("correction", HOSTILE),),
        commentary=(HOSTILE,),
    )
    row = Outcome(
        HOSTILE, "up", "between_groups", arm=HOSTILE, versus=HOSTILE, p=HOSTILE, interval=HOSTILE, effect=HOSTILE
    )
    facts = Extraction(version=HOSTILE, registration=finding, conclusion=finding, outcomes=(Finding(row, 3, 40),))
    method = msgspec.structs.replace(
        facts.method,
        blinding=Finding(HOSTILE, document=f"https://x/{HOSTILE}"),
        arms=(Finding(Arm(HOSTILE), document="javascript:alert(1)"),),
        techniques=(finding,),
    )
    sample = msgspec.structs.replace(
        facts.sample, age=finding, sex=finding, conditions=(finding,), populations=(finding,)
    )
    facts = msgspec.structs.replace(facts, method=method, sample=sample)
    return msgspec.structs.replace(INVENTED[0], id="hostile", record=record, facts=facts)


@pytest.mark.parametrize("url", ["/", "/search", "/search?year=1", "/publications/hostile"])
def test_hostile_text_is_shown_and_never_obeyed(url: str) -> None:
    answer = create_app(InventedKnowledgeBase([hostile_publication()])).test_client().get(url)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.data, "html.parser")
    assert not strange_scripts(page)
    assert not page.find_all(onerror=True)
    assert {str(each["src"]) for each in page.find_all("img")} == {"/static/touchstone.svg"}
    assert not [each for each in page.find_all(href=True) if not re.match("(/|#|https?://)", str(each["href"]))]
    assert "49" not in answer.text
    assert url == "/search?year=1" or HOSTILE.replace("\u202e", "")[:30] in page.get_text()


@given(st.text(max_size=400))
def test_any_question_has_an_answer(question: str) -> None:
    pages = create_app(InventedKnowledgeBase()).test_client()
    answer = pages.get("/search", query_string={"q": question, "condition": question}, follow_redirects=True)
    assert answer.status_code == 200
    assert len(answer.history) <= 1
    page = BeautifulSoup(answer.data, "html.parser")
    assert not strange_scripts(page)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff%fe",
        "q=" + "a" * 5000,
        "q=" + "(" * 300,
        "q=NOT+NOT+NOT",
        "q=*&q=?????*",
        "page=-1",
        "page=" + "9" * 400,
        "sort=%3Cscript%3E",
        "&".join(f"year={each}" for each in range(500)),
        "condition=../../etc/passwd",
        "q[]=x&q%5B%5D=y",
        "=&=&&&",
    ],
)
def test_hostile_addresses_have_an_answer(pages: FlaskClient, query: str) -> None:
    assert pages.get(f"/search?{query}", follow_redirects=True).status_code == 200


# Rights


@pytest.mark.parametrize("policy", ["excerpt", "link_only"])
def test_a_page_for_strangers_keeps_the_abstract_back_and_shows_every_fact(policy: Policy) -> None:
    whole = create_app(InventedKnowledgeBase()).test_client()
    kept = create_app(InventedKnowledgeBase(policy=policy)).test_client()
    url = f"/publications/{INVENTED[0].id}"
    abstract = INVENTED[0].record.abstract
    assert abstract
    page = soup(kept, url)
    assert not page.select("mark")
    assert "belongs to its publisher" in page.get_text()
    assert abstract[-60:] not in page.get_text(" ", strip=True)
    assert len(page.select("dl > div")) == len(soup(whole, url).select("dl > div"))


SLEPT = "The weavers who were massaged slept longer than the weavers who had rested beside their looms all afternoon. "
ENDED = "Massage in the afternoon may be offered to weavers of any age who sleep badly and who have asked for it twice."
LEAKY = msgspec.structs.replace(
    INVENTED[0],
    record=msgspec.structs.replace(
        INVENTED[0].record, abstract=SLEPT + ENDED, sections=(), commentary=("He quotes: " + SLEPT, "Only talk.")
    ),
    facts=Extraction(
        version="invented 1",
        method=Method(setting=Finding(SLEPT.strip(), 0, len(SLEPT) - 1)),
        outcomes=(
            Finding(Outcome("sleep", "up", "between_groups", versus=SLEPT[4:-2], effect=SLEPT[4:-2]), 0, len(SLEPT)),
        ),
        conclusion=Finding(ENDED, len(SLEPT), len(SLEPT + ENDED)),
    ),
)


@pytest.mark.parametrize("policy", ["excerpt", "link_only"])
@pytest.mark.parametrize("url", ["/", "/search?q=weavers", f"/publications/{LEAKY.id}"])
def test_nothing_of_a_page_for_strangers_carries_a_sentence_of_the_abstract(policy: Policy, url: str) -> None:
    """Neither its text nor its attributes: a tooltip is as good a copy as a paragraph."""
    whole = create_app(InventedKnowledgeBase([LEAKY])).test_client().get(url).text
    page = BeautifulSoup(create_app(InventedKnowledgeBase([LEAKY], policy=policy)).test_client().get(url).data, "lxml")
    for excerpt in page.select(".abstract > p:not(.none)"):
        assert policy == "excerpt"
        excerpt.decompose()  # what the policy lets out by its own name
    for sentence in (SLEPT.strip(), ENDED):
        assert sentence[10:95] in " ".join(BeautifulSoup(whole, "lxml").get_text("").split())
        assert sentence[4:90] not in page.get_text("")
        assert sentence[10:95] not in str(page)
    if "publications" in url:
        assert "Only talk." in page.get_text()
        assert page.select("[title^='“The weavers']")


def test_a_card_for_strangers_falls_back_on_our_own_summary() -> None:
    summed = msgspec.structs.replace(LEAKY, record=msgspec.structs.replace(LEAKY.record, summary="They slept, we say."))
    for policy, told in (("full", "slept longer than"), ("link_only", "Our summary They slept, we say.")):
        pages = create_app(InventedKnowledgeBase([summed], policy=policy)).test_client()  # type: ignore[arg-type]
        snippet = soup(pages, "/search?q=weavers").select_one(".snippet")
        assert snippet
        assert told in text(snippet)


def test_the_address_of_a_publication_that_was_joined_leads_on(pages: FlaskClient) -> None:
    answer = pages.get(f"/publications/{JOINED}")
    assert (answer.status_code, answer.location) == (301, f"/publications/{INVENTED[0].id}")
