"""Who cites whom and where no notice was found, from bytes to the page, by command. The literature is invented."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from kb.base import open_for_writing, open_kb
from tests.conftest import NOW
from tests.ingest.parsers.test_retraction_watch import HEADING
from touchstone import touchstone
from web import create_app

Run = Callable[..., str]
ARTICLE = """<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><ArticleTitle>{title}</ArticleTitle>
<Abstract><AbstractText>{abstract}</AbstractText></Abstract><AuthorList><Author><LastName>Dyer</LastName></Author>
</AuthorList></Article></MedlineCitation><PubmedData><ReferenceList>{references}</ReferenceList></PubmedData>
</PubmedArticle>"""
REFERENCE = '<Reference><ArticleIdList><ArticleId IdType="pubmed">{}</ArticleId></ArticleIdList></Reference>'
REVIEW = "dyer-undated-massage-invented-dyers-systematic"
TRIAL = "dyer-undated-massage-tired-dyers-spring"
GONE = "dyer-undated-stroking-sad-dyers-autumn"
RANDOMISED = "Forty dyers were randomly assigned to massage or to usual care. Pain was lower in the massage group."


def article(pmid: int, title: str, abstract: str, *references: int) -> str:
    cited = "".join(map(REFERENCE.format, references))
    return ARTICLE.format(pmid=pmid, title=title, abstract=abstract, references=cited)


ARTICLES = (
    article(
        990000001, "Massage of invented dyers: a systematic review", "Nine trials were pooled.", 990000002, 990000003
    )
    + article(990000002, "Massage of tired dyers in spring", RANDOMISED)
    + article(990000003, "Stroking of sad dyers in autumn", RANDOMISED)
)
LIST = HEADING + (
    "1,Stroking of sad dyers in autumn,J,Dora Dyer,5/3/2012 0:00,,0,1/1/2003 0:00,,990000003,Retraction,+X;\n"
)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "touchstone.toml").write_text("semantic = false\n")
    (tmp_path / "set.xml").write_text(f"<PubmedArticleSet>{ARTICLES}</PubmedArticleSet>")
    (tmp_path / "list.csv").write_text(LIST)

    def running(*words: str) -> str:
        done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", *words])
        assert done.exit_code == 0, done.output
        return done.output

    return running


def page(home: Path, id: str) -> BeautifulSoup:
    with closing(open_kb(home)) as kb:
        return BeautifulSoup(create_app(kb).test_client().get(f"/publications/{id}").text, "html.parser")


def links(page: BeautifulSoup, section: str) -> list[str]:
    return [str(each["href"]).rpartition("/")[2] for each in page.select(f"[aria-labelledby={section}] h3 a")]


def test_a_review_leads_to_its_trials_and_a_trial_to_its_review(run: Run, tmp_path: Path) -> None:
    run("file", str(tmp_path / "set.xml"))
    run("file", str(tmp_path / "list.csv"))
    review, trial, gone = (page(tmp_path / "home", id) for id in (REVIEW, TRIAL, GONE))
    assert links(review, "studies") == [GONE, TRIAL]
    assert "It cites a publication that has been retracted." in review.select(".notice")[0].text
    assert links(trial, "reviews") == links(gone, "reviews") == [REVIEW]
    assert not {REVIEW, TRIAL, GONE} & set(links(review, "similar"))
    assert "Retracted" in gone.select(".notice")[0].text
    assert not gone.select(".unlisted")


def test_a_page_names_who_would_have_told_of_a_retraction(run: Run, tmp_path: Path) -> None:
    run("file", str(tmp_path / "list.csv"))
    run("file", str(tmp_path / "set.xml"))
    (told,) = page(tmp_path / "home", TRIAL).select(".unlisted")
    assert "attached to this record in: PubMed (from a file taken in on " in told.text
    assert "Retraction Watch" not in told.text  # its list came before the trial was here
    (tmp_path / "list.csv").write_text(LIST.replace("+X;", "+Y;"))
    run("file", str(tmp_path / "list.csv"))
    assert "Retraction Watch" not in page(tmp_path / "home", TRIAL).text  # an extract tells nothing by its silence
    others = "".join(
        f"{at},Of others {at},J,Dan Dyer,5/3/2012 0:00,,0,1/1/2003 0:00,,{980000000 + at},Retraction,{'+Y;' * 40_000}\n"
        for at in range(2, 12)
    )
    (tmp_path / "list.csv").write_text(LIST.replace("+X;", "+Y;") + others)
    run("file", str(tmp_path / "list.csv"))
    (told,) = page(tmp_path / "home", TRIAL).select(".unlisted")
    assert ", the Retraction Watch list (from a file taken in on " in told.text


def test_documents_that_are_kept_give_what_an_older_parser_left(run: Run, tmp_path: Path) -> None:
    run("file", str(tmp_path / "set.xml"))
    assert "0 created, 0 updated, 3 unchanged" in run("reparse")
    with open_for_writing(tmp_path / "home") as kb:
        held = kb.store.publication(REVIEW)
        bare, payload = msgspec.structs.replace(held.record, references=()), kb.store.held(held.record)
        assert payload is not None
        kb.store.put(bare, publication=REVIEW, machine=held.machine, payload=payload.payload, at=NOW)
        assert kb.store.cited(REVIEW) == ()
    assert "1 updated, 2 unchanged" in run("reparse", "--dry-run")
    assert "0 created, 1 updated, 2 unchanged" in run("reparse")
    assert links(page(tmp_path / "home", REVIEW), "studies") == [TRIAL, GONE]


def test_an_older_document_is_not_read_over_a_later_one(run: Run, tmp_path: Path) -> None:
    run("file", str(tmp_path / "set.xml"))
    later = article(990000002, "Massage of tired dyers in spring, corrected", RANDOMISED)
    (tmp_path / "later.xml").write_text(f"<PubmedArticleSet>{later}</PubmedArticleSet>")
    run("file", str(tmp_path / "later.xml"))
    assert "0 created, 0 updated, 3 unchanged" in run("reparse")
    assert "corrected" in page(tmp_path / "home", TRIAL).h1.text  # type: ignore[union-attr]
