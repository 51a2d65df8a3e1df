"""Teaching sheets as pages and files, for everybody; all literature is invented but for the curated corpus."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import msgspec
import pytest
from flask.testing import FlaskClient

from kb.extraction import Extraction
from kb.record import Notice
from kb.rights import Policy
from kb.teaching import SHEETS, make
from kb.teaching.word import MEDIA_TYPE
from tests.web.conftest import soup, strange_scripts, text
from tests.web.invented import INVENTED, JOINED, VOCABULARY, WEAVERS, InventedKnowledgeBase
from tests.web.markup import problems
from web import create_app

TEACH = "/publications/{}/teach/{}"
WOVEN, POTTED, KILN, NOTHING = (each.id for each in INVENTED)
SENTENCE = "Invented weavers with fibromyalgia sleep badly"


def cited() -> FlaskClient:
    record = msgspec.structs.replace(INVENTED[0].record, abstract=None, sections=())
    bare = msgspec.structs.replace(INVENTED[0], record=record, facts=Extraction(version="invented"))
    return create_app(InventedKnowledgeBase((bare,))).test_client()


def under(policy: Policy) -> FlaskClient:
    return create_app(InventedKnowledgeBase(policy=policy)).test_client()


def file(pages: FlaskClient, id: str, name: str) -> str:
    """The words of a Word file that is there."""
    answer = pages.get(f"{TEACH.format(id, name)}.docx")
    assert answer.status_code == 200, name
    assert answer.mimetype == MEDIA_TYPE
    assert answer.headers["Content-Disposition"] == f"attachment; filename={id}-{name}.docx"
    document = docx.Document(BytesIO(answer.data))
    told = [each.text for each in document.paragraphs]
    return "\n".join(told + [cell.text for table in document.tables for row in table.rows for cell in row.cells])


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("id", [WOVEN, POTTED, KILN, NOTHING])
def test_every_sheet_is_sound_and_says_what_it_holds(pages: FlaskClient, id: str, name: str) -> None:
    answer = pages.get(TEACH.format(id, name))
    assert answer.status_code == 200
    assert problems(answer.text) == []
    page = soup(pages, TEACH.format(id, name))
    assert not strange_scripts(page)
    assert not page.find_all(style=True)
    publication = next(each for each in INVENTED if each.id == id)
    sheet = make(name, publication, VOCABULARY, "full")  # type: ignore[arg-type]
    told = text(page.select_one("article.sheet"))
    for part in sheet.parts:
        assert all(each.ask in told for each in part.blanks)
    assert len(page.select(".rules i")) == sum(each.lines for part in sheet.parts for each in part.blanks)
    assert all(each.ask in told for each in sheet.key)
    assert sheet.head.title in told
    assert f"{TEACH.format(id, name)}" in told


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_of_a_bare_citation_is_sound(name: str) -> None:
    assert problems(cited().get(TEACH.format(WOVEN, name)).text) == []


def test_what_hides_behind_a_sheet_is_closed_until_it_is_opened(pages: FlaskClient) -> None:
    for name in ("consort", "spin"):
        page = soup(pages, TEACH.format(WOVEN, name))
        (hidden,) = page.select("details.answers")
        assert not hidden.has_attr("open")
        assert "before–after within a group" in text(hidden.extract())
        assert "before–after within a group" not in text(page.select_one("article"))
    for name in ("worksheet", "journal-club"):
        assert not soup(pages, TEACH.format(WOVEN, name)).select(".answers")


def test_a_key_shows_value_quote_and_reader(pages: FlaskClient) -> None:
    told = text(soup(pages, TEACH.format(WOVEN, "key")).select_one(".answers"))
    assert "Minutes a session 30 [“30 minutes”; by machine]" in told
    assert "↓ lower better between groups relaxation training not stated p = .03" in told
    assert "[“Pain was lower after massage than after relaxation (p = .03)”; by machine]" in told
    told = text(soup(pages, TEACH.format(POTTED, "key")).select_one(".answers"))
    assert "Entered 60 [in Potter 2014, table 1; corrected by a person]" in told


@pytest.mark.parametrize("policy", ["excerpt", "link_only"])
def test_where_an_abstract_may_not_be_shown_no_sheet_shows_it(policy: Policy) -> None:
    pages = under(policy)
    for name in SHEETS:
        assert SENTENCE not in pages.get(TEACH.format(WOVEN, name)).text
        assert name == "spin" or SENTENCE not in file(pages, WOVEN, name)
    spin = soup(pages, TEACH.format(WOVEN, "spin"))
    assert "may not be shown here" in text(spin.select_one(".unfit"))
    assert spin.select(".places a[href='https://doi.org/10.5555/weavers']")
    for name in ("spin", "spin-key"):
        assert pages.get(TEACH.format(WOVEN, name) + ".docx").status_code == 404


def test_a_file_holds_what_exports_hold_though_the_page_shows_more(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = InventedKnowledgeBase(policy="link_only")
    monkeypatch.setattr(kb, "shown", lambda _: "full")
    pages = create_app(kb).test_client()
    assert SENTENCE in text(soup(pages, TEACH.format(WOVEN, "spin")))
    assert not soup(pages, TEACH.format(WOVEN, "spin")).select("a[download]")
    assert pages.get(TEACH.format(WOVEN, "spin") + ".docx").status_code == 404
    assert SENTENCE not in file(pages, WOVEN, "key")


def test_every_file_that_is_offered_is_there(pages: FlaskClient) -> None:
    for publication in INVENTED:
        for name in SHEETS:
            page = soup(pages, TEACH.format(publication.id, name))
            offered = page.select("a[download]")
            assert bool(offered) != bool(page.select(".unfit"))
            for each in offered:
                ending = str(each["href"]).rpartition("/")[2].removesuffix(".docx")
                assert publication.record.title in file(pages, publication.id, ending)
    assert SENTENCE in file(pages, WOVEN, "spin")
    assert "CONCLUSIONS: The weavers would come again." in file(pages, WOVEN, "spin")
    assert WEAVERS.count("CONCLUSIONS") == 1


@pytest.mark.parametrize("name", SHEETS)
def test_a_retraction_stands_on_every_sheet(pages: FlaskClient, name: str) -> None:
    notices = [text(each) for each in soup(pages, TEACH.format(KILN, name)).select(".sheet .notice")]
    assert notices == [
        "Retracted This publication was retracted: nothing of it counts as evidence here.",
        "Retracted Retracted in 2020 because it was invented.",
    ]
    if name != "consort":  # of a review there is none
        assert "nothing of it counts" in file(pages, KILN, name)
    assert not soup(pages, TEACH.format(WOVEN, name)).select(".sheet .notice")


def test_a_notice_without_a_link_or_with_one() -> None:
    notice = Notice("correction", "An invented erratum.", link="https://example.org/erratum")
    record = msgspec.structs.replace(INVENTED[0].record, notices=(notice,))
    kb = InventedKnowledgeBase((msgspec.structs.replace(INVENTED[0], record=record),))
    page = soup(create_app(kb).test_client(), TEACH.format(WOVEN, "worksheet"))
    assert text(page.select_one(".notice")) == "Corrected An invented erratum. https://example.org/erratum"


def test_old_addresses_lead_on_and_others_nowhere(pages: FlaskClient) -> None:
    assert pages.get(f"/publications/{WOVEN}/teach").location == TEACH.format(WOVEN, "worksheet")
    answer = pages.get(TEACH.format(JOINED, "key"))
    assert (answer.status_code, answer.location) == (301, TEACH.format(WOVEN, "key"))
    assert pages.get(TEACH.format(JOINED, "key") + ".docx").location == TEACH.format(WOVEN, "key") + ".docx"
    for name in ("answers", "key-key", "worksheet-key", "key.pdf", "%3Cb%3E"):
        assert pages.get(TEACH.format(WOVEN, name)).status_code == 404
        assert pages.get(TEACH.format(WOVEN, name) + ".docx").status_code == 404
    assert pages.get(TEACH.format("absent", "key")).status_code == 404
    assert pages.get("/publications/absent/teach").status_code == 404


def test_the_publication_and_the_list_lead_to_the_sheets(pages: FlaskClient, curated: FlaskClient) -> None:
    links = [str(each["href"]) for each in soup(pages, f"/publications/{WOVEN}").select(".teach a")]
    assert links == [TEACH.format(WOVEN, name) for name in SHEETS]
    lists = [str(each["href"]) for each in soup(curated, "/lists").select("a[href^='/lists/']")]
    on_list = soup(curated, lists[0])
    leading = [str(each["href"]) for each in on_list.select(".teach-it a")]
    assert len(leading) == len(on_list.select(".list ol > li h3 a[href^='/publications/']")) > 0
    assert all(curated.get(each).status_code == 200 for each in leading)
    assert all(re.fullmatch(r"/publications/[^/]+/teach/worksheet", each) for each in leading)


def test_a_sheet_that_leads_nowhere_is_not_offered_and_the_reason_stands_beside_it(pages: FlaskClient) -> None:
    shown = soup(pages, f"/publications/{POTTED}").select_one("section.teach")
    assert shown is not None
    assert [str(each["href"]).rpartition("/")[2] for each in shown.select("a")] == [
        each for each in SHEETS if each != "spin"
    ]
    assert "Find the spin: No abstract is held here" in text(shown)
    for name in ("worksheet", "key", "consort"):
        assert not soup(pages, TEACH.format(POTTED, name)).select(".about-sheet a[href$='/spin']")
    itself = soup(pages, TEACH.format(POTTED, "spin"))
    assert text(itself.select_one("[aria-current]")) == "Find the spin"
    assert text(itself.select_one(".unfit")).startswith("No abstract is held here")
    reader = soup(cited(), f"/publications/{WOVEN}").select_one("section.teach")
    assert reader is not None
    assert [str(each["href"]).rpartition("/")[2] for each in reader.select("a")] == [
        "worksheet",
        "journal-club",
        "consort",
    ]
    assert "Teacher’s key: Only the citation is held here" in text(reader)


def test_a_key_without_an_abstract_speaks_of_what_is_held(pages: FlaskClient) -> None:
    key = text(soup(pages, TEACH.format(POTTED, "key")).select_one("article"))
    assert "Not among the facts held here: how long a session was" in key
    assert "Not stated:" not in key
    assert "Not stated:" in text(soup(pages, TEACH.format(WOVEN, "key")).select_one("article"))
