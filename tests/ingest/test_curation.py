"""Keeping the corpus: what is wrong with an entry is told, what its document says otherwise is found, drafts wait.

Every study, abstract and label of these tests is invented.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ingest.curation import EntryFile, census, disagreements, problems, read_folder, read_material
from ingest.errors import MaterialError
from kb.record import is_retracted
from kb.vocabulary import Vocabulary
from tests.conftest import NOW
from touchstone import touchstone

ENTRY = """summary = "Invented weavers had massage or usual care; pain was lower with massage."

[citation]
title = "Massage of invented weavers"
authors = ["Weaver, Wilma"]
year = 2011
pmid = "990000001"

[document]
id = "https://pubmed.ncbi.nlm.nih.gov/990000001/"
kind = "abstract"
checked = 2026-01-02
what = "every fact below"

[study]
design = "rct"
randomised = true
n = 30

[study.dose]
minutes = 30

[[study.arms]]
name = "massage"
role = "intervention"
n = 15

[[study.arms]]
name = "usual care"
role = "comparator"
comparator = "usual_care"

[[study.outcomes]]
name = "pain"
concept = "pain"
change = "down"
basis = "between_groups"
arm = "massage"
versus = "usual care"
"""
CITED = """PMID- 990000002
TI  - Another massage of invented weavers
FAU - Loom, L
DP  - 2012
"""
ABSTRACT = """PMID- 990000003
TI  - Massage of invented spinners: a randomised trial
FAU - Spinner, Sarah
DP  - 2013
AB  - METHODS: Thirty women with fibromyalgia were randomly assigned to massage (n = 15) or usual care (n = 15),
      for 30 minutes twice a week. RESULTS: Pain was lower in the massage group than in the
      usual care group (p = .04).
"""
LABELS: dict[str, Any] = {
    "randomised": True,
    "n_total": 30,
    "n_total_alternatives": [],
    "arms": [{"name": "massage", "n": 15}, {"name": "usual care", "n": None}],
    "dose": {"session_min": 30, "sessions_per_week": None, "weeks": None, "sessions_total": None},
    "outcomes": [
        {"outcome": "pain", "direction": "decreased", "comparison": "between", "contrast": "massage vs usual care"}
    ],
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "studies").mkdir(parents=True)
    (folder / "citations").mkdir()
    (folder / "studies" / "weaver-2011-massage.toml").write_text(ENTRY, "utf-8")
    (folder / "citations" / "weavers.nbib").write_text(CITED, "utf-8")
    return folder


def wrong(corpus: Path, vocabulary: Vocabulary) -> list[str]:
    return [each.what for each in problems(read_folder(corpus, vocabulary, NOW))]


def against(corpus: Path, material: Path, vocabulary: Vocabulary) -> list[str]:
    held = read_material((material,))
    return [each.what for each in disagreements(read_folder(corpus, vocabulary, NOW), held)]


def lines(folder: Path, *rows: dict[str, Any]) -> Path:
    """A folder of material with one file of JSON lines."""
    folder.mkdir(exist_ok=True)
    (folder / "abstracts.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in rows), "utf-8")
    return folder


def test_a_whole_corpus_has_no_problem(corpus: Path, vocabulary: Vocabulary) -> None:
    assert wrong(corpus, vocabulary) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("pain was lower with massage.", "massage is effective.", "summary: no verdict and no advice (effective)"),
        ("pain was lower.", "One. Two. Three.", None),
        ("usual care; pain", "usual care. Pain was low. So pain", "summary: longer than two sentences"),
        ("pain was lower", "pain " * 90, "summary: longer than two sentences"),
        ('name = "pain"', 'name = "significant pain"', "study.outcomes 1: no verdict in the name of a measure"),
        ('name = "pain"', 'name = "cost-effectiveness"', None),
        ("n = 30\n", 'n = 30  # ? "Thirty"\n', 'what stands before "# ?" waits to be confirmed'),
        ("randomised = true\n", "", "study: a randomised trial has"),
        ('design = "rct"', 'design = "protocol"', "study.outcomes: a protocol has no results"),
        ('"990000001"', '"99x"', "citation.pmid: '99x' has not its shape"),
        ('concept = "pain"', 'concept = "pian"', "study.outcomes 1.concept: the vocabulary has no 'pian'"),
        ("checked = 2026-01-02\n", "", "missing required field `checked`"),
        ("year = 2011", "year = 2012", "the name of the file is not author-year-words"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told(
    old: str, new: str, told: str | None, corpus: Path, vocabulary: Vocabulary
) -> None:
    path = corpus / "studies" / "weaver-2011-massage.toml"
    path.write_text(ENTRY.replace(old, new), "utf-8")
    found = wrong(corpus, vocabulary)
    assert (told is None) is (found == [])
    assert told is None or any(told in each for each in found)


def test_an_entry_without_results_is_a_citation(corpus: Path, vocabulary: Vocabulary) -> None:
    path = corpus / "studies" / "weaver-2011-massage.toml"
    path.write_text(ENTRY.partition("[[study.outcomes]]")[0], "utf-8")
    (told,) = wrong(corpus, vocabulary)
    assert told.startswith("study.outcomes: an entry states results")


def test_a_publication_stands_in_the_corpus_once(corpus: Path, vocabulary: Vocabulary) -> None:
    (corpus / "citations" / "again.nbib").write_text(CITED.replace("990000002", "990000001"), "utf-8")
    assert wrong(corpus, vocabulary) == [
        "pmid 990000001: stands in weaver-2011-massage.toml already",
        "title 2012 another massage of invented weavers: stands in again.nbib already",
    ]


def test_a_citation_makes_no_claim(corpus: Path, vocabulary: Vocabulary) -> None:
    (corpus / "citations" / "claims.nbib").write_text(ABSTRACT, "utf-8")
    (told,) = wrong(corpus, vocabulary)
    assert "a citation makes no claim" in told


def test_a_list_names_what_is_in_the_corpus(corpus: Path, vocabulary: Vocabulary) -> None:
    (corpus / "lists").mkdir()
    path = corpus / "lists" / "weaving.toml"
    studies = ("pmid:990000001", "pmid:990000002", "weaver-2011-massage-invented-weavers")
    body = 'title = "T"\nnote = "N"\nupdated = 2026-01-02\n[[sections]]\ntitle = "S"\n'
    items = "".join(f'[[sections.items]]\nstudy = "{each}"\n' for each in studies)
    path.write_text(body + items, "utf-8")
    assert wrong(corpus, vocabulary) == []
    path.write_text(body + '[[sections.items]]\nstudy = "doi:10.5555/lost"\n', "utf-8")
    assert wrong(corpus, vocabulary) == ["doi:10.5555/lost: is not in the corpus"]
    path.write_text(body.replace("updated", "upset"), "utf-8")
    assert any("unknown field `upset`" in each or "missing" in each for each in wrong(corpus, vocabulary))


def test_words_of_the_document_are_found(corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    seven = "Weavers had massage or usual care; pain rose."
    eight = "All of the invented weavers had massage or usual care; pain rose."
    material, cited = tmp_path / "material", {"pmid": "990000002"}
    assert against(corpus, lines(material, {"pmid": "990000001", "text": seven}, cited), vocabulary) == []
    (told,) = against(corpus, lines(material, {"pmid": "990000001", "text": eight}, cited), vocabulary)
    assert told == 'in the words of the document: "invented weavers had massage or usual care pain"'


@pytest.mark.parametrize("form", ["named", "csv", "archive"])
def test_documents_are_found_in_every_form(form: str, corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    copied = "So the invented weavers had massage or usual care; pain rose. PMID: 990000001 and PMID: 990000002"
    material = tmp_path / "material"
    material.mkdir()
    if form == "named":
        (material / "weaver-2011-massage.txt").write_text(copied, "utf-8")
    elif form == "csv":
        (material / "library.csv").write_text(f'pmid,abstract\n990000001,"{copied}"\n', "utf-8")
    else:
        entry = corpus / "studies" / "weaver-2011-massage.toml"
        entry.write_text(ENTRY.replace('pmid = "', 'pmcid = "PMC99"\npmid = "'), "utf-8")
        body = copied.replace("massage", "<b>massage</b>").encode()
        with tarfile.open(material / "articles.tar.gz", "w:gz") as archive:
            member = tarfile.TarInfo("articles/PMC99.nxml")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    told = against(corpus, material, vocabulary)
    assert [each.partition(":")[0] for each in told] == ["in the words of the document"]


def test_a_pmid_occurs_in_a_document(corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    lists = tmp_path / "material" / "cases" / "domain"
    lists.mkdir(parents=True)
    with gzip.open(lists / "list.txt.gz", "wt") as file:
        file.write("Loom L. Another one. J Inv. 2012. PMID: 990000077.")
    told = against(corpus, lists, vocabulary)
    assert told == [], "a few documents of somebody's own say nothing of the others"
    told = against(corpus, tmp_path / "material", vocabulary)
    assert told == ["pmid 990000002: occurs in no document of the material"]  # the other was read at PubMed itself


def test_a_number_from_elsewhere_names_its_document(corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    articles = tmp_path / "material" / "cases" / "domain"
    articles.mkdir(parents=True)
    listed = '<ref>Loom L. Another one.<pub-id pub-id-type="pmid">990000002</pub-id></ref>'
    with tarfile.open(articles / "articles.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("articles/PMC99.nxml")
        member.size = len(listed)
        archive.addfile(member, io.BytesIO(listed.encode()))
    entry = corpus / "studies" / "weaver-2011-massage.toml"
    said = ENTRY.replace("pubmed.ncbi.nlm.nih.gov/990000001/", "example.org/weavers")
    told = {}
    for numbers in ("", 'numbers = "the page of a library"\n', 'numbers = "the reference list of PMC99"\n'):
        entry.write_text(said.replace("[study]", f"{numbers}[study]", 1), "utf-8")
        told[numbers] = against(corpus, tmp_path / "material", vocabulary)
    missing = "pmid 990000001: occurs in no document of the material"
    assert list(told.values()) == [[missing], [], [missing]], "a list that is at hand has to have it"


def test_labels_agree(corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    assert labelled(corpus, vocabulary, tmp_path, LABELS) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"n_total": 31}, "study.n: 30, and the labels say 31"),
        ({"n_total": 31, "n_total_alternatives": [30]}, None),
        ({"randomised": False}, "study.randomised: True, and the labels say False"),
        ({"dose": {"session_min": 45}}, "study.dose.minutes: 30, and the labels say 45"),
        ({"arms": [{"n": 14}]}, "study.arms (massage): 15, which no labelled group has"),
        ({"outcomes": [LABELS["outcomes"][0] | {"direction": "no_difference"}]}, "the labels say no_difference"),
        ({"outcomes": [LABELS["outcomes"][0] | {"direction": "improved"}]}, None),
        ({"outcomes": [LABELS["outcomes"][0] | {"comparison": "within"}]}, "the labels say decreased, within"),
        ({"outcomes": [LABELS["outcomes"][0] | {"contrast": "usual care vs massage"}]}, "the labels say decreased"),
        ({"outcomes": [LABELS["outcomes"][0] | {"outcome": "sleep", "direction": "increased"}]}, None),
    ],
)
def test_what_others_labelled_otherwise_is_told(
    change: dict[str, Any], told: str | None, corpus: Path, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    found = labelled(corpus, vocabulary, tmp_path, LABELS | change)
    assert (told is None) is (found == [])
    assert told is None or told in found[0]


def labelled(corpus: Path, vocabulary: Vocabulary, tmp_path: Path, gold: dict[str, Any]) -> list[str]:
    rows = ({"pmid": "990000001", "text": "", "gold": gold}, {"pmid": "990000002"})
    return against(corpus, lines(tmp_path / "material", *rows), vocabulary)


def test_a_draft_waits_until_it_is_confirmed(corpus: Path, tmp_path: Path) -> None:
    document = tmp_path / "spinners.nbib"
    document.write_text(ABSTRACT, "utf-8")
    studies = corpus / "studies"
    made = CliRunner().invoke(touchstone, ["corpus", "draft", str(document), "--to", str(studies)])
    assert made.exit_code == 0, made.output
    path = studies / "spinner-2013-massage-invented-spinners-randomised.toml"
    draft = path.read_text("utf-8")
    assert 'n = 30  # ? "Thirty women"' in draft
    assert 'basis = "between_groups"' in draft
    checked = CliRunner().invoke(touchstone, ["corpus", "check", str(corpus)])
    assert checked.exit_code == 1
    assert "checked" in checked.stderr

    confirmed = draft.replace("# ? checked = the date on which you compared the facts, as 2026-01-31", "")
    confirmed = confirmed.replace("[document]", "[document]\nchecked = 2026-01-31")
    confirmed = "\n".join(line.partition("  # ?")[0] for line in confirmed.splitlines())
    path.write_text(confirmed.replace('"""\n# ? Ours', '"""\nOurs'), "utf-8")
    checked = CliRunner().invoke(touchstone, ["corpus", "check", str(corpus)])
    assert checked.exit_code == 0, checked.output
    assert "2 studies" in checked.output
    assert "1 citations without facts, 0 lists" in checked.output

    path.write_text("mine", "utf-8")
    again = CliRunner().invoke(touchstone, ["corpus", "draft", str(document), "--to", str(studies)])
    assert "is there already" in again.output
    assert path.read_text("utf-8") == "mine"


def test_the_counts_as_json(corpus: Path, tmp_path: Path) -> None:
    material = lines(tmp_path / "material", {"pmid": "990000001", "gold": LABELS}, {"pmid": "990000002"})
    told = CliRunner().invoke(touchstone, ["corpus", "check", str(corpus), "--material", str(material), "--json"])
    assert told.exit_code == 0, told.output
    counts, compared = json.loads(told.output)
    assert (counts["studies"], counts["citations"], counts["designs"]) == (1, 1, {"rct": 1})
    assert (compared["labelled"], compared["rows"], compared["rows_of"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "body"),
    [("a.jsonl", b"not json"), ("a.jsonl", b"[1]"), ("a.jsonl", b"\xff\xfe"), ("a.tar.gz", b"x"), ("a.txt.gz", b"x")],
)
def test_material_that_is_not_what_it_seems_is_named(name: str, body: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(MaterialError) as error:
        read_material((tmp_path,))
    assert str(tmp_path / name) in str(error.value)


def test_a_folder_without_a_corpus_is_not_a_good_one(tmp_path: Path) -> None:
    told = CliRunner().invoke(touchstone, ["corpus", "check", str(tmp_path)])
    assert told.exit_code == 1
    assert "there is no corpus here" in told.stderr
    assert "0 facts, 0 read" in told.output


def test_every_open_question_of_a_draft_is_told_and_no_fact_is_called_confirmed(
    corpus: Path, vocabulary: Vocabulary
) -> None:
    path = corpus / "studies" / "weaver-2011-massage.toml"
    path.write_text(ENTRY.replace("n = 30", 'n = 30  # ? "Thirty"'), "utf-8")
    counts = census(read_folder(corpus, vocabulary, NOW))
    assert counts.facts > counts.confirmed == 0
    path.write_text(path.read_text("utf-8").replace("checked = 2026-01-02\n", ""), "utf-8")
    told = wrong(corpus, vocabulary)
    assert len(told) == 2
    assert "checked" in told[0]
    assert told[1] == 'what stands before "# ?" waits to be confirmed'


def test_what_was_retracted_stays_so(corpus: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    document = tmp_path / "spinners.nbib"
    document.write_text(ABSTRACT.replace("DP  - 2013", "DP  - 2013\nRIN - J Inv. 2014;1:1"), "utf-8")
    made = CliRunner().invoke(touchstone, ["corpus", "draft", str(document), "--to", str(tmp_path)])
    (draft,) = tmp_path.glob("spinner-*.toml")
    assert made.exit_code == 0
    assert 'types = ["Retracted Publication"]' in draft.read_text("utf-8")
    path = corpus / "studies" / "weaver-2011-massage.toml"
    path.write_text(ENTRY.replace("year = 2011", 'year = 2011\ntypes = ["Retracted Publication"]'), "utf-8")
    entry = next(each for each in read_folder(corpus, vocabulary, NOW) if isinstance(each, EntryFile))
    assert is_retracted(entry.record.notices)


def test_a_draft_asks_which_of_the_groups_is_meant(tmp_path: Path) -> None:
    document = tmp_path / "spinners.nbib"
    document.write_text(ABSTRACT.replace("to massage (n = 15)", "to Swedish massage (n = 15)"), "utf-8")
    CliRunner().invoke(touchstone, ["corpus", "draft", str(document), "--to", str(tmp_path)])
    (draft,) = tmp_path.glob("spinner-*.toml")
    assert 'arm = "Swedish massage"\nversus = "usual care"' in draft.read_text("utf-8"), "the massage group is that"
    document.write_text(ABSTRACT.replace("in the massage group", "in the treated group"), "utf-8")
    draft.unlink()
    CliRunner().invoke(touchstone, ["corpus", "draft", str(document), "--to", str(tmp_path)])
    assert "# ? one of the arms: massage; usual care" in draft.read_text("utf-8")
