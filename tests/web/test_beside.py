"""What a publication's page has beside its facts: how to cite it, what is like it, what is left out or corrected."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from flask.testing import FlaskClient

from kb.exporters.reference import Reference
from kb.record import Notice
from kb.store import Fetched
from tests.web.invented import INVENTED, JOINED, InventedKnowledgeBase, corrected
from tests.web.test_pages import KILN, NOTHING, POTTERS, WEAVERS, soup, text
from web import create_app
from web.metadata import tags

# Cite


def test_a_publication_can_be_cited_and_taken_away(pages: FlaskClient) -> None:
    page = soup(pages, WEAVERS)
    styles = {text(each.dt): text(each.dd) for each in page.select(".cite dl > div")}
    assert list(styles) == ["APA 7", "AMA 11", "Vancouver"]
    assert styles["APA 7"].endswith("Journal of Invented Trials, 3(2), 1–9. https://doi.org/10.5555/weavers")
    assert [each.text for each in page.select(".cite i")][:2] == ["Journal of Invented Trials", "3"]
    endings = ("ris", "bib", "json", "csv", "md", "html", "docx")
    assert [each["href"] for each in page.select(".files a")][:7] == [f"{WEAVERS}.{each}" for each in endings]


@pytest.mark.parametrize(
    ("ending", "kind", "words"),
    [
        ("ris", "application/x-research-info-systems", "TI  - Massage and relaxation in invented weavers"),
        ("bib", "application/x-bibtex", "@article{weaver-2011-massage-weavers,"),
    ],
)
def test_the_files_for_reference_managers(pages: FlaskClient, ending: str, kind: str, words: str) -> None:
    answer = pages.get(f"{WEAVERS}.{ending}")
    assert (answer.status_code, answer.content_type) == (200, kind)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=weaver-2011-massage-weavers.{ending}"
    assert words in answer.text
    assert "Invented weavers with fibromyalgia sleep badly" in answer.text
    assert pages.get(f"/publications/absent.{ending}").status_code == 404
    assert pages.get(f"{WEAVERS}.exe").status_code == 404
    moved = pages.get(f"/publications/{JOINED}.{ending}")
    assert (moved.status_code, moved.location) == (301, f"{WEAVERS}.{ending}")


@pytest.mark.parametrize("ending", ["ris", "bib"])
def test_a_file_holds_of_the_abstract_what_may_leave(ending: str) -> None:
    kept = create_app(InventedKnowledgeBase(policy="link_only")).test_client()
    assert "sleep badly" not in kept.get(f"{WEAVERS}.{ending}").text
    assert not soup(kept, WEAVERS).select("meta[name=citation_abstract]")


def test_what_programs_read_of_a_page(pages: FlaskClient) -> None:
    read = {each["name"]: each["content"] for each in soup(pages, WEAVERS).select("meta[name^=citation]")}
    assert (read["citation_firstpage"], read["citation_lastpage"]) == ("1", "9")
    assert read["citation_publication_date"] == "2011"
    assert str(read["citation_abstract"]).startswith("BACKGROUND: Invented weavers")
    assert "citation_pdf_url" not in read
    alternate = {each["type"]: each["href"] for each in soup(pages, WEAVERS).select("link[rel=alternate]")}
    assert alternate["application/x-research-info-systems"] == f"{WEAVERS}.ris"


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("1813-9", "1813", "1819"), ("e14", "e14", None), ("S3-23", "S3", "S23"), ("5-6, 9-10", "5-6, 9-10", None)],
)
def test_first_and_last_page(said: str, first: str, last: str | None) -> None:
    record = msgspec.structs.replace(INVENTED[0].record, pages=said)
    found = dict(tags(Reference("x", record, INVENTED[0].facts), "https://example.org", abstract=False))
    assert (found.get("citation_firstpage"), found.get("citation_lastpage")) == (first, last)


# Beside it


def test_similar_studies_have_design_size_and_year(pages: FlaskClient) -> None:
    found = soup(pages, WEAVERS).select(".alike > ul > li")
    assert [each.h3.a["href"] for each in found] == [POTTERS, KILN, NOTHING]  # type: ignore[index, union-attr]
    assert "2014 RCT level 2 of OCEBM 2011" in text(found[0])
    assert "n = 60" in text(found[0])
    assert "Retracted See the notice" in text(found[1])
    assert text(found[2]).endswith("Authors not stated, year not stated design not stated n not stated")


def test_versions_and_papers_of_the_study_are_told_once() -> None:
    ids = [each.id for each in INVENTED]
    related = {ids[0]: (("version", ids[1]), ("study", ids[3]))}
    page = soup(create_app(InventedKnowledgeBase(related=related)).test_client(), WEAVERS)  # type: ignore[arg-type]
    assert [text(each) for each in page.select(".nearby .what")] == [
        "Another version of this publication: a preprint, a meeting abstract or an update.",
        "Another paper of the same study. A person confirmed it.",
    ]
    assert [each["href"] for each in page.select(".alike h3 a")] == [KILN]


def test_without_an_index_the_page_stands_and_says_what_is_missing() -> None:
    page = soup(create_app(InventedKnowledgeBase(index=False)).test_client(), WEAVERS)
    assert not page.select("#similar")
    assert "Similar studies can be shown again" in text(page.main)


# What is left out, and what was corrected


def test_a_fact_is_stated_or_in_the_list_of_what_is_left_out(pages: FlaskClient) -> None:
    left_out = [text(each) for each in soup(pages, WEAVERS).select(".unstated li")]
    assert "who gave it (provider)" in left_out
    assert "how long a session was (minutes)" not in left_out
    assert text(soup(pages, WEAVERS).select_one("#unstated")) == "Not in the abstract"
    assert text(soup(pages, POTTERS).select_one("#unstated")) == "Not among the facts held here"
    assert "not done" not in text(soup(pages, POTTERS).main)


def test_a_correction_shows_both_readings() -> None:
    page = soup(create_app(InventedKnowledgeBase([corrected()])).test_client(), WEAVERS)
    kept = page.select("#fact-entered-1 details.before")
    assert [text(each.p) for each in kept] == ["A machine read 24; a person corrected it to 26."]
    assert text(page.select_one("#fact-entered-1 dd")).startswith("26 in Weaver 2011, table 1 corrected")
    assert len(page.select("dl details.before")) == 1
    rows = [text(each) for each in page.select("details.before li")]
    assert "↓ pain: better than relaxation training (between groups, p = .03)" in rows
    assert not soup(create_app(InventedKnowledgeBase()).test_client(), WEAVERS).select(".before")


def test_words_lead_to_every_fact_that_rests_on_them(pages: FlaskClient) -> None:
    page = soup(pages, WEAVERS)
    number = page.select_one(".abstract a[href='#outcome-3']")
    assert number is not None
    described = page.find(id=str(number["aria-describedby"]))
    assert [each["href"] for each in described.select("a")] == ["#outcome-3", "#outcome-4"]  # type: ignore[union-attr]
    assert text(described.parent.q).startswith("Anxiety and cortisol fell")  # type: ignore[union-attr]
    rows = {each["id"] for each in page.select(".facts dl > div, .ledger tbody tr")}
    assert {str(each["href"])[1:] for each in page.select(".says div a")} == rows


def test_a_notice_says_who_lists_it_and_when_that_was_fetched(pages: FlaskClient) -> None:
    assert text(soup(pages, KILN).select_one(".notice .listed")) == "Listed by invented, as fetched on Nov 1, 2026."
    assert not soup(pages, WEAVERS).select(".publication > .notice")


# Who cites whom


REVIEW = INVENTED[2].id
KINDS = {REVIEW: (("includes", INVENTED[0].id), ("cites", INVENTED[1].id)), INVENTED[0].id: (("included_by", REVIEW),)}


def test_a_review_shows_what_it_cites_and_a_person_says_what_it_includes() -> None:
    site = create_app(InventedKnowledgeBase(related=KINDS)).test_client()  # type: ignore[arg-type]
    page = soup(site, KILN)
    (section,) = page.select("[aria-labelledby=studies]")
    assert [text(each) for each in section.select(".what")] == ["A person confirmed that this review includes it."]
    assert [each["href"] for each in section.select("h3 a")] == [WEAVERS, POTTERS]
    assert text(section.select_one(".hint")).startswith("Cited by it; whether it counted them stands in its full text,")
    assert not {WEAVERS, POTTERS} & {each["href"] for each in page.select("[aria-labelledby=similar] h3 a")}
    (reviews,) = soup(site, WEAVERS).select("[aria-labelledby=reviews]")
    assert text(reviews.select_one(".what")) == "A person confirmed that it includes this publication."
    assert text(reviews.select_one(".notice")).startswith("Retracted")
    assert not soup(site, POTTERS).select("[aria-labelledby=studies], [aria-labelledby=reviews]")


def test_what_stands_as_a_version_is_not_told_again_as_cited() -> None:
    related = {REVIEW: (("version", INVENTED[0].id), ("cites", INVENTED[0].id), ("cites", INVENTED[1].id))}
    page = soup(create_app(InventedKnowledgeBase(related=related)).test_client(), KILN)  # type: ignore[arg-type]
    assert [each["href"] for each in page.select("[aria-labelledby=studies] h3 a")] == [POTTERS]


def test_of_many_the_first_ten_are_shown_with_their_number() -> None:
    many = tuple(msgspec.structs.replace(INVENTED[1], id=f"potter-{number:02}") for number in range(24))
    related = {REVIEW: tuple(("cites", each.id) for each in many)}
    site = create_app(InventedKnowledgeBase((*INVENTED, *many), related=related)).test_client()  # type: ignore[arg-type]
    (section,) = soup(site, KILN).select("[aria-labelledby=studies]")
    assert len(section.select("h3")) == 10
    assert text(section.select_one(".more")) == "and 14 more, 24 in all"


@pytest.mark.parametrize(("gone", "told"), [(1, "a publication that has"), (2, "2 publications that have")])
def test_a_review_of_retracted_work_says_so_first(gone: int, told: str) -> None:
    retracted = tuple(msgspec.structs.replace(INVENTED[2], id=f"gone-{number}") for number in range(gone))
    related = {INVENTED[0].id: tuple(("cites", each.id) for each in retracted)}
    site = create_app(InventedKnowledgeBase((*INVENTED, *retracted), related=related)).test_client()  # type: ignore[arg-type]
    notice = soup(site, WEAVERS).select_one(".publication > .notice")
    assert text(notice).startswith(f"Cites retracted work It cites {told} been retracted. Whether it counted")


# Where no notice was found


@pytest.mark.parametrize(
    ("listed", "lists"),
    [
        (None, "PubMed (fetched on Nov 1, 2026)"),
        (
            Fetched(datetime(2026, 11, 2, tzinfo=UTC), "file"),
            "PubMed (fetched on Nov 1, 2026), the Retraction Watch list (from a file taken in on Nov 2, 2026)",
        ),
    ],
)
def test_a_page_says_which_sources_have_no_notice(listed: Fetched | None, lists: str) -> None:
    site = create_app(InventedKnowledgeBase(listed=listed)).test_client()
    told = text(soup(site, WEAVERS).select_one(".unlisted"))
    assert told.startswith(
        f"No notice of a correction or retraction is attached to this record in: {lists}. They may be late"
    )
    assert not soup(site, KILN).select(".unlisted")  # it is retracted, and says so


def test_where_no_source_lists_retractions_the_page_says_so(pages: FlaskClient) -> None:
    told = text(soup(pages, POTTERS).select_one(".unlisted"))
    assert told == "None of its sources lists retractions: look at the publisher’s page."


def test_a_correction_leaves_the_question_of_a_retraction() -> None:
    record = msgspec.structs.replace(INVENTED[0].record, notices=(Notice("correction", "A word."),))
    corrected_since = msgspec.structs.replace(INVENTED[0], record=record, members=(record,))
    site = create_app(InventedKnowledgeBase((corrected_since,))).test_client()
    assert "No notice of a retraction is attached" in text(soup(site, WEAVERS).select_one(".unlisted"))
