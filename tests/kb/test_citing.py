"""Citations in three styles, a row a case. All literature is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.citing import STYLES, citations
from kb.record import Contributor, Identifier, Notice, Record

ONE = (Contributor("Weaver", "Wilma B"),)
TWO = (*ONE, Contributor("Loom", "LM"))
GROUP = Contributor("Weavers Study Group", None, "collective")
TWENTY_TWO = tuple(Contributor(f"Author{i:02}", "A") for i in range(1, 23))


def article(**changes: Any) -> Record:
    stated: dict[str, Any] = {
        "title": "Massage in invented weavers",
        "contributors": ONE,
        "container": "Journal of Invented Trials",
        "container_abbreviation": "J Invent Trials",
        "year": 2011,
        "volume": "3",
        "issue": "2",
        "pages": "1813-9",
        "identifiers": (Identifier("doi", "10.5555/weavers"), Identifier("pmid", "990000001")),
    }
    return Record(source="invented", key="1", format="medline", **(stated | changes))


def cited(record: Record) -> tuple[str, ...]:
    return tuple(each.text for each in citations(record))


BARE: dict[str, Any] = {"identifiers": ()}
APA, AMA, NLM = range(3)
END = "J Invent Trials. 2011;3(2):1813-"


@pytest.mark.parametrize(
    ("changes", "apa", "ama", "vancouver"),
    [
        (
            {},
            (
                "Weaver, W. B. (2011). Massage in invented weavers. Journal of Invented Trials, 3(2), 1813–1819."
                " https://doi.org/10.5555/weavers"
            ),
            f"Weaver WB. Massage in invented weavers. {END}1819. doi:10.5555/weavers",
            f"Weaver WB. Massage in invented weavers. {END}9. doi: 10.5555/weavers. PubMed PMID: 990000001.",
        ),
        (
            BARE | {"contributors": TWO},
            (
                "Weaver, W. B., & Loom, L. M. (2011). Massage in invented weavers. Journal of Invented Trials, 3(2),"
                " 1813–1819."
            ),
            f"Weaver WB, Loom LM. Massage in invented weavers. {END}1819.",
            f"Weaver WB, Loom LM. Massage in invented weavers. {END}9.",
        ),
        (
            BARE | {"contributors": (), "title": "Who wove?"},
            "Who wove? (2011). Journal of Invented Trials, 3(2), 1813–1819.",
            f"Who wove? {END}1819.",
            f"Who wove? {END}9.",
        ),
        (
            BARE | {"volume": None, "issue": None, "year": None, "pages": None},
            "Weaver, W. B. (n.d.). Massage in invented weavers. Journal of Invented Trials.",
            "Weaver WB. Massage in invented weavers. J Invent Trials.",
            "Weaver WB. Massage in invented weavers. J Invent Trials. [date unknown].",
        ),
        (
            BARE | {"container": None, "container_abbreviation": None, "volume": None, "issue": None, "pages": None},
            "Weaver, W. B. (2011). Massage in invented weavers.",
            "Weaver WB. Massage in invented weavers. 2011.",
            "Weaver WB. Massage in invented weavers. 2011.",
        ),
        (
            BARE | {"title": "[Massage in invented weavers]", "language": "ger"},
            "Weaver, W. B. (2011). [Massage in invented weavers]. Journal of Invented Trials, 3(2), 1813–1819.",
            f"Weaver WB. Massage in invented weavers. Article in German. {END}1819.",
            f"Weaver WB. [Massage in invented weavers]. {END}9. German.",
        ),
    ],
    ids=["whole", "two", "nobody", "undated", "no journal", "German"],
)
def test_an_article_in_every_style(changes: dict[str, Any], apa: str, ama: str, vancouver: str) -> None:
    assert cited(article(**changes)) == (apa, ama, vancouver)


@pytest.mark.parametrize(
    ("people", "apa", "ama", "vancouver"),
    [
        (TWENTY_TWO[:6], "Author05, A., & Author06, A. (", "Author05 A, Author06 A. M", "Author05 A, Author06 A. M"),
        (TWENTY_TWO[:7], "Author06, A., & Author07, A. (", "Author03 A, et al. M", "Author06 A, et al. M"),
        (TWENTY_TWO[:20], "Author19, A., & Author20, A. (", "Author03 A, et al. M", "Author06 A, et al. M"),
        (TWENTY_TWO[:21], "Author19, A., . . . Author21, A. (", "Author03 A, et al. M", "Author06 A, et al. M"),
        (
            (Contributor("Weavers Study Group", None, "collective"),),
            "Weavers Study Group. (",
            "Weavers Study Group. M",
            "Weavers Study Group. M",
        ),
        (
            (*TWO, Contributor("Weavers Study Group", None, "collective")),
            "Loom, L. M., & Weavers Study Group. (",
            "Loom LM; Weavers Study Group. M",
            "Loom LM; Weavers Study Group. M",
        ),
        ((Contributor("Weaver", "J F 3rd"),), "Weaver, J. F., III. (", "Weaver JF III. M", "Weaver JF 3rd. M"),
        ((Contributor("Weaver", "J F II"),), "Weaver, J. F., II. (", "Weaver JF II. M", "Weaver JF 2nd. M"),
        (
            (GROUP, *TWO, Contributor("Spool", "S")),
            "Weavers Study Group, Weaver, W. B., Loom, L. M., & Spool, S. (",
            "Weaver WB, Loom LM, Spool S; Weavers Study Group. M",
            "Weavers Study Group; Weaver WB, Loom LM, Spool S. M",
        ),
        (
            (*ONE, GROUP, Contributor("Loom", "LM")),
            "Weaver, W. B., Weavers Study Group, & Loom, L. M. (",
            "Weaver WB, Loom LM; Weavers Study Group. M",
            "Weaver WB; Weavers Study Group; Loom LM. M",
        ),
        (
            (*TWENTY_TWO[:7], GROUP),
            "Author07, A., & Weavers Study Group. (",
            "Author03 A, et al; Weavers Study Group. M",
            "Author06 A, et al. M",
        ),
        ((Contributor("Weaver", "karla"),), "Weaver, K. (", "Weaver K. M", "Weaver K. M"),
        ((Contributor("Weaver", "Ai BC"),), "Weaver, A. B. C. (", "Weaver ABC. M", "Weaver ABC. M"),
        ((Contributor("Weaver", "J Jr"),), "Weaver, J., Jr. (", "Weaver J Jr. M", "Weaver J Jr. M"),
        ((Contributor("de Weaver", "Jean-Paul"),), "de Weaver, J.-P. (", "de Weaver JP. M", "de Weaver JP. M"),
        ((Contributor("Weaver", "Ai-jun"),), "Weaver, A. (", "Weaver AJ. M", "Weaver AJ. M"),
        ((Contributor("Weaver", "P. de T. C."),), "Weaver, P. de T. C. (", "Weaver P de TC. M", "Weaver P de TC. M"),
        ((Contributor("Spool"), *ONE), "Spool, & Weaver, W. B. (", "Spool, Weaver WB. M", "Spool, Weaver WB. M"),
        ((*ONE, Contributor("Editor", "E", "editor")), "Weaver, W. B. (", "Weaver WB. M", "Weaver WB. M"),
    ],
)
def test_authors(people: tuple[Contributor, ...], apa: str, ama: str, vancouver: str) -> None:
    said = cited(article(contributors=people))
    assert apa in said[APA]
    assert ama in said[AMA]
    assert vancouver in said[NLM]


@pytest.mark.parametrize(
    ("pages", "apa", "ama", "vancouver"),
    [
        ("1-9", "1–9", "1-9", "1-9"),
        ("1-14", "1–14", "1-14", "1-14"),
        ("126-127", "126–127", "126-127", "126-7"),
        ("334-8; discussion 339-43", "334–338", "334-338", "334-8; discussion 339-43"),
        ("1385-7, A5-6", "1385–1387, A5–A6", "1385-1387, A5-A6", "1385-7, A5-6"),
        ("S3-23", "S3–S23", "S3-S23", "S3-23"),
        ("S9-S23", "S9–S23", "S9-S23", "S9-23"),
        ("7-7", "7", "7", "7"),
        ("e504-e504", "e504", "e504", "e504"),
        ("15S-22S", "15S–22S", "15S-22S", "15S-22S"),
        ("e13440", "Article e13440", "e13440", "e13440"),
        ("e504-e517", "e504–e517", "e504-e517", "e504-17"),
        ("CD001211", "Article CD001211", "CD001211", "CD001211"),
        ("102256", "Article 102256", "102256", "102256"),
        ("726", "726", "726", "726"),
        ("S0161-4754(20)30127-5", "S0161-4754(20)30127-5", "S0161-4754(20)30127-5", "S0161-4754(20)30127-5"),
    ],
)
def test_pages(pages: str, apa: str, ama: str, vancouver: str) -> None:
    said = cited(article(pages=pages, identifiers=()))
    assert said[APA].endswith(f"3(2), {apa}.")
    assert said[AMA].endswith(f"3(2):{ama}.")
    assert said[NLM].endswith(f"3(2):{vancouver}.")


@pytest.mark.parametrize(
    ("changes", "apa", "ama"),
    [
        ({"issue": None}, "Trials, 3, 1813–1819.", "2011;3:1813-1819."),
        ({"volume": None}, "Trials, (2), 1813–1819.", "2011;(2):1813-1819."),
        ({"volume": None, "issue": None}, "Trials, 1813–1819.", "2011:1813-1819."),
        ({"pages": None}, "Trials, 3(2).", "2011;3(2)."),
        ({"issue": "13-14"}, "Trials, 3(13–14), 1813–1819.", "2011;3(13-14):1813-1819."),
        ({"volume": "3-4"}, "Trials, 3–4(2), 1813–1819.", "2011;3-4(2):1813-1819."),
        ({"volume": None, "issue": None, "year": None}, "Trials, 1813–1819.", "Trials. 1813-1819."),
    ],
)
def test_what_is_not_stated_leaves_no_gap(changes: dict[str, Any], apa: str, ama: str) -> None:
    said = cited(article(identifiers=(), **changes))
    assert said[APA].endswith(apa)
    assert said[AMA].endswith(ama)


@pytest.mark.parametrize(
    ("notices", "apa", "ama", "vancouver"),
    [
        (
            (Notice("retracted", "J Invent Trials. 2013;5(1):7."),),
            " (Retraction published 2013)",
            " Retracted in: J Invent Trials. 2013;5(1):7.",
            " Retraction in: J Invent Trials. 2013;5(1):7.",
        ),
        (
            (Notice("retracted", "Duplicate of an article", dated=date(2014, 5, 1)),),
            " (Retraction published 2014)",
            " Retracted 2014.",
            " Retracted 2014.",
        ),
        ((Notice("withdrawn", "By the authors"),), " (Withdrawn)", " Withdrawn.", " Withdrawn."),
        ((Notice("correction", "J Invent Trials. 2013;5(1):7."),), "/weavers", "/weavers", "990000001."),
        ((Notice("retracted", "x"), Notice("reinstated", "y")), "/weavers", "/weavers", "990000001."),
    ],
)
def test_a_retraction_is_never_left_out(notices: tuple[Notice, ...], apa: str, ama: str, vancouver: str) -> None:
    said = cited(article(notices=notices))
    assert said[APA].endswith(apa)
    assert said[AMA].endswith(ama)
    assert said[NLM].endswith(vancouver)


def test_a_retraction_stands_apart_from_the_doi() -> None:
    doi = (Identifier("doi", "10.5555/weavers"),)
    assert cited(article(identifiers=doi))[NLM].endswith("doi: 10.5555/weavers")
    gone = article(identifiers=doi, notices=(Notice("retracted", "It was invented"),))
    assert cited(gone)[NLM].endswith("doi: 10.5555/weavers. Retracted.")


def test_a_year_that_is_not_stated_is_said_to_be_unknown() -> None:
    undated = article(identifiers=(), year=None)
    assert cited(undated)[NLM].endswith("J Invent Trials. [date unknown];3(2):1813-9.")
    bare = article(identifiers=(), year=None, volume=None, issue=None)
    assert cited(bare)[NLM].endswith("J Invent Trials. [date unknown]:1813-9.")


@pytest.mark.parametrize(
    ("changes", "ama"),
    [
        ({}, "Trials. Published online 2011:1813-1819. doi:10.5555/weavers"),
        ({"pages": None}, "Trials. Published online 2011. doi:10.5555/weavers"),
        ({"identifiers": ()}, "Trials. 2011:1813-1819."),
        ({"year": 1975}, "Trials. 1975:1813-1819. doi:10.5555/weavers"),
        ({"issue": "2"}, "Trials. 2011;(2):1813-1819. doi:10.5555/weavers"),
        ({"container": None, "container_abbreviation": None}, "weavers. 2011:1813-1819. doi:10.5555/weavers"),
    ],
)
def test_what_has_a_doi_and_no_volume_yet_is_published_online(changes: dict[str, Any], ama: str) -> None:
    assert cited(article(**({"volume": None, "issue": None} | changes)))[AMA].endswith(ama)


@pytest.mark.parametrize(
    ("name", "apa"),
    [
        ("Journal of invented trials", "Journal of Invented Trials"),
        ("The weaver's journal", "The Weaver's Journal"),
        ("Evidence-based weaving : eWEAVE", "Evidence-Based Weaving : eWEAVE"),
        ("weaving in and out : the journal", "Weaving in and Out : The Journal"),
        ("Insights into Weaving", "Insights into Weaving"),
        ("BMC weaving", "BMC Weaving"),
        ("Zeitschrift für erfundene Weberei", "Zeitschrift für erfundene Weberei"),
        ("Revista de tejedores", "Revista de tejedores"),
        ("European weaving : Organ der weber", "European Weaving : Organ der weber"),
    ],
)
def test_a_journals_name_has_capitals_in_apa(name: str, apa: str) -> None:
    said = citations(article(container=name))[APA]
    assert [each.text for each in said.pieces if each.italic] == [apa, "3"]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Comment on 'Massage in weavers'", "Comment on 'Massage in weavers.' "),
        ("Comment on ‘Who wove?’", "Comment on ‘Who wove?’ "),
        ("The hands of the weavers'", "The hands of the weavers'. "),
        ('Comment on "Massage in weavers"', 'Comment on "Massage in weavers." '),
    ],
)
def test_a_full_stop_stands_inside_a_quotation(title: str, said: str) -> None:
    assert all(said in each for each in cited(article(title=title)))


def test_a_full_stop_is_not_doubled_and_not_in_italics() -> None:
    weavers = article(container="Weavers, Inc.", container_abbreviation=None, volume=None, issue=None, pages=None)
    assert "Weavers, Inc. https" in cited(weavers)[APA]
    alone = article(container=None, container_abbreviation=None)
    for said in citations(alone)[:NLM]:
        assert [each.text for each in said.pieces if each.italic] == ["Massage in invented weavers"]
    assert "Trials (Auckland, NZ). 2011" in cited(article(container_abbreviation="Trials (Auckland, N.Z.)"))[AMA]


def test_journal_and_volume_are_in_italics_where_the_style_has_them() -> None:
    italic = {each.style: [piece.text for piece in each.pieces if piece.italic] for each in citations(article())}
    assert italic == {"APA 7": ["Journal of Invented Trials", "3"], "AMA 11": ["J Invent Trials"], "Vancouver": []}
    assert list(italic) == list(STYLES)


def test_a_text_of_any_shape_stays_on_one_line() -> None:
    odd = article(title="Two\nlines “quoted”", container_abbreviation="J. Invent.\tTrials.", pages="1 -\n9")
    for said in cited(odd):
        assert "\n" not in said
        assert "  " not in said
        assert "Two lines “quoted.”" in said
    assert " J Invent Trials. " in cited(odd)[AMA]
