"""Each format as its specification asks, and as other people's readers read it. All literature is invented."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import bibtexparser
import msgspec
import pytest
import rispy

from kb.exporters import EXPORTERS, export
from kb.exporters.bibtex import escaped
from kb.exporters.csv import guarded, unguarded
from kb.exporters.lists import joined, name, named, parted
from kb.extraction import Extraction, Finding, Outcome
from kb.publication import Publication
from kb.record import Contributor, Notice, Record
from kb.rights import Policy
from kb.vocabulary import Vocabulary
from tests.exporters.invented import ABSTRACT, BARE, WEAVERS, publication
from tests.exporters.test_round_trip import HOSTILE

FULL: dict[str, Policy] = {"default": "full"}


def written(format: str, vocabulary: Vocabulary, *records: Record, rights: dict[str, Policy] | None = None) -> str:
    publications = (publication(each, id=f"invented-{place}") for place, each in enumerate(records))
    return b"".join(export(publications, EXPORTERS[format], rights or {}, vocabulary)).decode()


@pytest.mark.parametrize("format", EXPORTERS)
@pytest.mark.parametrize(
    ("rights", "whole", "some"),
    [({}, False, False), ({"default": "excerpt"}, False, True), ({"pubmed": "full"}, True, True)],
)
def test_an_abstract_leaves_only_as_far_as_it_may(
    format: str, rights: dict[str, Policy], whole: bool, some: bool, vocabulary: Vocabulary
) -> None:
    record = msgspec.structs.replace(WEAVERS, abstract="word " * 99 + "end")
    text = " ".join(written(format, vocabulary, record, rights=rights).split())
    if format == "markdown":
        assert "word word" not in text
    else:
        assert ("word word" in text, "word end" in text) == (some, whole)


def test_a_fact_leaves_in_no_more_words_than_its_abstract_may(vocabulary: Vocabulary) -> None:
    words = "pain of the shoulder blades as weavers tell of it who sat at an invented loom for more than nine hours"
    facts = Extraction(version="1", outcomes=(Finding(Outcome(words, "down", "between_groups")),))
    held = publication(WEAVERS, facts)
    said = [b"".join(export([held], EXPORTERS["markdown"], rights, vocabulary)).decode() for rights in ({}, FULL)]
    assert [words in each for each in said] == [False, True]
    assert words[:60] in said[0]


@pytest.mark.parametrize("format", EXPORTERS)
def test_what_is_ours_alone_stays_here(format: str, vocabulary: Vocabulary) -> None:
    record = msgspec.structs.replace(WEAVERS, commentary=("Talk of the forum",), curated=Extraction(version="person 7"))
    text = written(format, vocabulary, record)
    assert "Talk of the forum" not in text
    assert "person 7" not in text


@pytest.mark.parametrize("format", EXPORTERS)
def test_a_retraction_is_told_in_every_format(format: str, vocabulary: Vocabulary) -> None:
    text = " ".join(written(format, vocabulary, WEAVERS).split())
    text = text.replace("**", "")
    assert "RIN - J Invent Trials. 2013;5:1" in text or "RETRACTED: J Invent Trials. 2013;5:1" in text
    assert "WITHDRAWN: by its authors" in text


@pytest.mark.parametrize("format", EXPORTERS)
def test_nothing_and_next_to_nothing_are_written(format: str, vocabulary: Vocabulary) -> None:
    assert "None" not in written(format, vocabulary, BARE)
    assert "Only a title" in written(format, vocabulary, BARE).replace("\n      ", " ")
    written(format, vocabulary)


@pytest.mark.parametrize("format", EXPORTERS)
def test_publications_are_taken_one_by_one(format: str, vocabulary: Vocabulary) -> None:
    taken = 0

    def endless() -> Iterator[Publication]:
        nonlocal taken
        while True:
            taken += 1
            yield publication(WEAVERS)

    pieces = export(endless(), EXPORTERS[format], {}, vocabulary)
    for _ in range(10):
        assert next(pieces)
    assert taken <= 11


def test_ris_is_tags_at_the_beginnings_of_lines(vocabulary: Vocabulary) -> None:
    text = written("ris", vocabulary, WEAVERS)
    lines = text.split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-3:] == ["ER  - ", "", ""]
    assert all(each[2:6] == "  - " for each in lines[:-2])
    assert "\n" not in text.replace("\r\n", "")
    assert {"SP  - 101", "EP  - 109", "JF  - Journal of invented trials (Hoboken, N.J.)", "A2  - Editor, Ed"} <= {
        *lines
    }


@pytest.mark.parametrize("value", HOSTILE)
def test_other_readers_find_three_records(value: str, vocabulary: Vocabulary) -> None:
    hostile = msgspec.structs.replace(
        WEAVERS,
        title=value,
        contributors=(Contributor(value, value), Contributor(value, None, "collective")),
        abstract=value,
        subject_headings=(value,),
        summary=value,
    )
    records = (WEAVERS, hostile, WEAVERS)
    full: dict[str, Policy] = {"default": "full"}
    assert len(rispy.loads(written("ris", vocabulary, *records, rights=full))) == 3
    library = bibtexparser.parse_string(written("bibtex", vocabulary, *records, rights=full), parse_stack=[])
    assert ([each.key for each in library.entries], library.failed_blocks) == ([f"invented-{n}" for n in range(3)], [])
    items = json.loads(written("csl_json", vocabulary, *records, rights=full))
    assert items[1]["title"] == " ".join(value.split())
    rows = list(csv.reader(io.StringIO(written("csv", vocabulary, *records, rights=full), newline="")))
    assert [len(each) for each in rows] == [len(rows[0])] * 4
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert written("nbib", vocabulary, *records, rights=full).count("\nOWN - ") == 3


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("'Tis", "'Tis"),
        ("1-9", "1-9"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, safe: str) -> None:
    assert guarded(cell) == safe
    assert unguarded(safe) == cell


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("100% & $5 #1 a_b", r"100\% \& \$5 \#1 a\_b"),
        (r"{a} \b", r"\textbraceleft{}a\textbraceright{} \textbackslash{}b"),
        ("~ ^ < > |", r"\textasciitilde{} \textasciicircum{} \textless{} \textgreater{} \textbar{}"),
        ("a -- b --- ''c''", "a -{}- b -{}-{}- '{}'c'{}'"),
        ("one\ntwo", "one two"),
        ("@article{x,", r"{@}article\textbraceleft{}x,"),
        ("Ärzte ≥ 3 µg", "Ärzte ≥ 3 µg"),
    ],
)
def test_latex_shows_what_is_written(text: str, latex: str) -> None:
    assert escaped(text) == latex


def test_capitals_inside_a_title_are_guarded(vocabulary: Vocabulary) -> None:
    record = msgspec.structs.replace(BARE, title="Swedish massage, DNA and pH in Thai weavers: a trial")
    assert "title = {Swedish massage, {DNA} and {pH} in {Thai} weavers: a trial}" in written(
        "bibtex", vocabulary, record
    )
    record = msgspec.structs.replace(BARE, title="TENS or massage")
    assert "title = {{TENS} or massage}" in written("bibtex", vocabulary, record)


def test_groups_are_told_from_people(vocabulary: Vocabulary) -> None:
    assert "and {Weavers, Dyers and Spinners Group (WDSG)}" in written("bibtex", vocabulary, WEAVERS)
    assert "{Loom and Shuttle}, Ann" in written("bibtex", vocabulary, WEAVERS)
    assert '{"literal":"Weavers, Dyers and Spinners Group (WDSG)"}' in written("csl_json", vocabulary, WEAVERS)
    assert "CN  - Weavers, Dyers and Spinners Group (WDSG)" in written("nbib", vocabulary, WEAVERS)


def test_medline_lines_are_short_and_continued(vocabulary: Vocabulary) -> None:
    lines = written("nbib", vocabulary, WEAVERS, rights={"default": "full"}).split("\n")
    assert all(len(each) <= 88 for each in lines)
    assert all(each[4:6] == "- " or each.startswith("      ") for each in lines if each)
    assert "SI  - ClinicalTrials.gov/NCT99000001" in lines
    assert "GN  - Identifier: registration OWN-REGISTER-7" in lines


def test_a_reading_list_tells_design_size_and_outcomes(vocabulary: Vocabulary) -> None:
    text = written("markdown", vocabulary, WEAVERS, BARE)
    assert text.startswith(
        "# Reading list\n\n1. **DNA \\& massage in {invented} weavers: 5% \\\\ of \\$10, a\\_b^c\\~d"
    )
    assert "\n   - Design: randomised controlled trial; n = 40\n" in text
    assert "\n   - Between groups, compared with rest (read by a machine): better (not counted: " in text
    assert "): pain ↓ (p \\< .05)\n" in text
    assert "<https://doi.org/10.5555/weavers%282011%29_1%3c>" in text
    assert "*Journal of invented trials (Hoboken, N.J.)* 2011;3(Suppl 1):101-109. <" in text
    assert "**EXPRESSION OF CONCERN** on 2012-03-04: Doubts" in text
    assert "\n2. **Only a title**. undated\n" in text
    assert ABSTRACT[:40] not in text


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_begins_a_block_of_a_reading_list(value: str, vocabulary: Vocabulary) -> None:
    hostile = msgspec.structs.replace(WEAVERS, title=f"{value}\n\n# {value}\n- {value}", summary=f"\n1. {value}")
    lines = [each for each in written("markdown", vocabulary, hostile).split("\n") if each]
    assert lines[0] == "# Reading list"
    assert lines[1].startswith("1. **")
    assert all(each.startswith("   - ") for each in lines[2:])


def test_only_pages_are_linked(vocabulary: Vocabulary) -> None:
    notice = Notice("withdrawn", "because", link="javascript:alert(1)")
    text = written("markdown", vocabulary, msgspec.structs.replace(BARE, notices=(notice,)))
    assert "- **WITHDRAWN**: because javascript:alert(1)\n" in text


@pytest.mark.parametrize("things", [["a"], ["a; b", "c;", ";d", ";;"], [";;;", "x"], []])
def test_lists_are_taken_apart_as_they_were(things: list[str]) -> None:
    assert parted(joined(things)) == things


@pytest.mark.parametrize(
    "who",
    [
        Contributor("Weaver", "Wilma"),
        Contributor("Weaver, MD", "Wilma, Jr"),
        Contributor("Weaver,", None),
        Contributor("Group,", None, "collective"),
        Contributor("A, B and C", None, "collective"),
        Contributor("Ed", "E", "editor"),
    ],
)
def test_names_are_taken_apart_as_they_were(who: Contributor) -> None:
    assert named(name(who), editor=who.role == "editor") == who
