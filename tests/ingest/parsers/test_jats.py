"""JATS: where real articles differ from each other. All articles here are invented."""

from __future__ import annotations

import pytest

from ingest.parsers import Unreadable
from kb.record import Record
from tests.ingest.parsers.conftest import Read

META = '<article-id pub-id-type="doi">10.5555/invented.1</article-id>'
TITLE = "<title-group><article-title>Invented</article-title></title-group>"


def article(meta: str, journal: str = "", attributes: str = "") -> str:
    """An article of this front matter; one without title gets one."""
    title = "" if "<title-group>" in meta else TITLE
    front = f"<front><journal-meta>{journal}</journal-meta><article-meta>{META}{title}{meta}</article-meta></front>"
    return f'<article xmlns:xlink="http://www.w3.org/1999/xlink"{attributes}>{front}<body><p>Body.</p></body></article>'


def only(items: list[Record | Unreadable]) -> Record:
    (record,) = items
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("inside", "text", "labels"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\nTwo.", []),
        ("<sec><title>Aim.</title><p>One.</p></sec>", "Aim: One.", ["Aim"]),
        ("<sec><p>One.</p></sec>", "One.", []),
        ("<sec><title>Aim</title><p>One.</p><p>Two.</p></sec>", "Aim: One. Two.", ["Aim"]),
        ("<p><bold>Aim:</bold> One.</p>", "Aim: One.", ["Aim"]),
        ("<p><bold>Aim</bold>: One.</p>", "Aim: One.", ["Aim"]),
        ("<p><bold>AIM</bold> One.</p>", "AIM: One.", ["AIM"]),
        ("<p><bold>Massage</bold> helps.</p>", "Massage helps.", []),
        ("<p><italic>Massage</italic> Helps.</p>", "Massage Helps.", []),
        ("<p><italic>Aim:</italic> One.</p>", "Aim: One.", ["Aim"]),
        ("<p>We saw <bold>Aim:</bold> One.</p>", "We saw Aim: One.", []),
        ("<p>30 patients<sup><xref ref-type='bibr'>1</xref></sup>.</p>", "30 patients.", []),
        ("<p>30 patients <xref ref-type='bibr'>[1]</xref>.</p>", "30 patients [1].", []),
        ("<p>See<xref ref-type='fn'>*</xref><fn><p>a note</p></fn>.</p>", "See.", []),
        ("<list><list-item><p>One</p></list-item><list-item><p>Two</p></list-item></list>", "One Two", []),
        ("<p>10<sup>3</sup> H<sub>2</sub>O<break/>and</p>", "103 H2O and", []),
        ("Words without a paragraph.", "Words without a paragraph.", []),
    ],
)
def test_abstracts(inside: str, text: str, labels: list[str], read: Read) -> None:
    record = only(read(article(f"<abstract>{inside}</abstract>")))
    assert record.abstract == text
    assert [each.label for each in record.sections] == labels
    assert all(text[each.start : each.end].strip() for each in record.sections)


@pytest.mark.parametrize(
    "kind", ["graphical", "teaser", "toc", "short", "key-points", "plain-language-summary", "web-summary"]
)
def test_what_stands_beside_an_abstract_is_none(kind: str, read: Read) -> None:
    beside = f'<abstract abstract-type="{kind}"><p>Beside.</p></abstract>'
    assert only(read(article(beside))).abstract is None
    assert only(read(article(beside + "<abstract><p>It.</p></abstract>"))).abstract == "It."


def test_a_summary_is_the_abstract_where_there_is_no_other(read: Read) -> None:
    summary = '<abstract abstract-type="summary"><p>Sum.</p></abstract>'
    assert only(read(article(summary))).abstract == "Sum."
    assert only(read(article(summary + "<abstract><p>It.</p></abstract>"))).abstract == "It."


def test_the_abstract_in_the_articles_language_is_read(read: Read) -> None:
    both = '<abstract xml:lang="de"><p>Das.</p></abstract><abstract xml:lang="en"><p>It.</p></abstract>'
    assert only(read(article(both, attributes=' xml:lang="en"'))).abstract == "It."


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        (
            (
                "<pub-date pub-type='epub'><year>2010</year></pub-date>"
                "<pub-date pub-type='ppub'><year>2011</year></pub-date>"
            ),
            "year",
            2011,
        ),
        ("<pub-date date-type='pub'><year>2012</year></pub-date>", "year", 2012),
        ("<pub-date><string-date>May 2013</string-date></pub-date>", "year", 2013),
        ("<fpage>1694</fpage><lpage>702</lpage>", "pages", "1694-1702"),
        ("<fpage>50193-2021</fpage>", "pages", "50193-2021"),
        ("<fpage>7</fpage><lpage>7</lpage>", "pages", "7"),
        ("<elocation-id>e17</elocation-id>", "pages", "e17"),
        ("<volume>3</volume><issue>Suppl 1</issue>", "issue", "Suppl 1"),
        ("<permissions><copyright-statement>© Us</copyright-statement></permissions>", "rights", "© Us"),
        (
            "<permissions><license xlink:href='https://creativecommons.org/licenses/by/4.0/'/></permissions>",
            "rights",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("<title-group><article-title>A</article-title><subtitle>b</subtitle></title-group>", "title", "A: b"),
        (
            "<title-group><article-title>Invented?<fn><p>Funded.</p></fn></article-title></title-group>",
            "title",
            "Invented?",
        ),
        ("<kwd-group><title>Keywords</title><kwd>touch</kwd></kwd-group>", "subject_headings", ("touch",)),
    ],
)
def test_fields(meta: str, field: str, value: object, read: Read) -> None:
    assert getattr(only(read(article(meta))), field) == value


@pytest.mark.parametrize(
    ("contrib", "people"),
    [
        ("<contrib><name><surname>Wolle</surname></name></contrib>", [("Wolle", None)]),
        ("<contrib contrib-type='editor'><name><surname>Wolle</surname></name></contrib>", []),
        (
            "<contrib><string-name><given-names>T</given-names> <surname>Wolle</surname></string-name></contrib>",
            [("Wolle", "T")],
        ),
        ("<contrib contrib-type='author'><string-name>Tess M Wolle</string-name></contrib>", [("Wolle", "Tess M")]),
        ("<contrib contrib-type='author'><string-name>Wolle, Tess</string-name></contrib>", [("Wolle", "Tess")]),
        (
            "<contrib contrib-type='author'><collab><institution>Weavers</institution></collab></contrib>",
            [("Weavers", None)],
        ),
        ("<collab>Weavers</collab>", [("Weavers", None)]),
        ("<contrib contrib-type='author'><anonymous/></contrib>", []),
    ],
)
def test_people(contrib: str, people: list[tuple[str, str | None]], read: Read) -> None:
    record = only(read(article(f"<contrib-group>{contrib}</contrib-group>")))
    assert [(each.family, each.given) for each in record.contributors] == people


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("retraction-forward", "retracted"),
        ("retracted-article", "retraction_notice"),
        ("correction-forward", "correction"),
        ("concern-forward", "expression_of_concern"),
        ("corrected-article", None),
        ("companion", None),
    ],
)
def test_notices(type: str, kind: str | None, read: Read) -> None:
    related = f"<related-article related-article-type='{type}' xlink:href='10.5555/other.1'/>"
    notices = only(read(article(related))).notices
    assert [(each.kind, each.text) for each in notices] == ([(kind, "10.5555/other.1")] if kind else [])


def test_an_article_whose_text_breaks_off_is_read_and_told(read: Read) -> None:
    first, second = read(article("")[:-20])
    assert isinstance(first, Record)
    assert isinstance(second, Unreadable)
    assert "breaks at line 1" in second.reason


@pytest.mark.parametrize("wrapped", ["<articles>{}{}</articles>", "<a:set xmlns:a='urn:a'>{}{}</a:set>"])
def test_several_articles_and_any_namespace(wrapped: str, read: Read) -> None:
    one, two = (
        article(""),
        article("").replace("<article ", "<article xmlns='https://jats.nlm.nih.gov/ns/archiving/1.3/' "),
    )
    records = read(wrapped.format(one, two))
    assert [each.key for each in records if isinstance(each, Record)] == ["10.5555/invented.1"] * 2


def test_an_article_without_ids_has_a_lasting_key(read: Read) -> None:
    body = article("").replace(META, "")
    assert only(read(body)).key == only(read("\n" + body)).key != ""


BACK = "<back><ref-list><ref><citation><pub-id pub-id-type='pmid'>{}</pub-id></citation></ref></ref-list></back>"


def test_what_is_cited_is_that_of_its_own_article(read: Read) -> None:
    bare = article("").replace("front", "fore")
    whole = "".join(
        each.replace("</article>", f"{BACK.format(number)}</article>")
        for number, each in ((1, article("")), (2, bare), (3, article("")))
    )
    found = read(f"<articles>{whole}{article('')}</articles>")
    cited = [[each.value for each in record.references] for record in found if isinstance(record, Record)]
    assert cited == [["1"], ["3"], []]
    assert [each.key for each in found if isinstance(each, Unreadable)] == ["file, record 2"]


def test_a_translation_inside_an_article_cites_nothing_for_it(read: Read) -> None:
    inner = article("").replace("<article ", "<sub-article ").replace("</article>", f"{BACK.format(7)}</sub-article>")
    assert only(read(article("").replace("</article>", f"{inner}</article>"))).references == ()


def test_an_article_that_breaks_off_in_its_references_is_read_without_them(read: Read) -> None:
    first, second = read(article("").replace("</article>", BACK.format(1)[:-40]))
    assert isinstance(first, Record)
    assert first.references == ()
    assert isinstance(second, Unreadable)
