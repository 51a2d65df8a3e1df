"""The outcomes of a study in a document: what compares groups never stands in a line with what does not.

All outcomes are invented.
"""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest

from kb.citing import Piece
from kb.exporters import docx_file, html_file, markdown, markdown_file
from kb.exporters.collection import of_references
from kb.exporters.document import Block, Cited, Document, Line, document
from kb.exporters.outcomes import WITHIN, outcome_lines
from kb.exporters.reference import Reference
from kb.extraction import Basis, Change, Extraction, Finding, Outcome, State, Timepoint
from kb.lists.notes import passages
from kb.record import Record
from kb.vocabulary import Vocabulary
from tests.kb.test_teaching import read


def outcome(name: str, basis: Basis = "between_groups", state: State = "checked", **told: Any) -> Finding[Outcome]:
    made = Outcome(name=name, **({"change": "down", "polarity": "low", "basis": basis} | told))
    return Finding(made, state=state)


def facts(*outcomes: Finding[Outcome]) -> Extraction:
    return Extraction(version="invented", outcomes=outcomes)


MANY = facts(
    outcome("pain", versus="rest", arm="massage", timepoint="end", p="p = .03"),
    outcome("worry", "within_group", arm="massage"),
    outcome("sleep", versus="rest", arm="massage", timepoint="end", change="up", polarity="high"),
    outcome("pain", versus="touch", arm="massage", change="none"),
    outcome("cortisol", versus="rest", polarity="context", concept="cortisol"),
    outcome("weight", versus="rest", polarity="context"),
    outcome("pain", versus="rest", arm="massage", timepoint="follow_up", change="none"),
    outcome("mood", "unclear"),
    outcome("worry", "within_group", arm="rest", change="none", state="machine"),
)


def test_each_comparison_has_a_line_and_what_compares_nothing_stands_apart_after_it(vocabulary: Vocabulary) -> None:
    told = [(each.label, each.text.replace("\u00a0", " ")) for each in outcome_lines(MANY, vocabulary)]
    assert told == [
        (
            "Between groups, massage compared with rest",
            "better, end of treatment: pain ↓ (p = .03), sleep ↑; no difference, follow-up: pain =",
        ),
        ("Between groups, massage compared with touch", "no difference: pain ="),
        (f"{WITHIN} (massage)", "better than before: worry ↓"),
        (f"{WITHIN} (rest)", "no change from before: worry ="),
        ("Not clear whether between groups", "better: mood ↓"),
        ("Markers, neither better nor worse", "lower than rest: cortisol ↓"),
        ("Not counted as better or worse", "lower than rest: weight ↓"),
    ]


def test_only_a_line_of_which_a_machine_read_part_says_so(vocabulary: Vocabulary) -> None:
    assert [each.machine for each in outcome_lines(MANY, vocabulary)] == [
        False,
        False,
        False,
        True,
        False,
        False,
        False,
    ]


def test_a_group_that_is_not_named_is_not_invented(vocabulary: Vocabulary) -> None:
    (each,) = outcome_lines(facts(outcome("pain")), vocabulary)
    assert each.label == "Between groups, compared with a group not named"


def test_what_is_told_of_the_group_compared_with_says_so(vocabulary: Vocabulary) -> None:
    (each,) = outcome_lines(facts(outcome("pain", arm="control group", versus="massage")), vocabulary)
    assert each.label == "Between groups, control group compared with massage"
    assert each.text == "better (told of the group compared with): pain\u00a0↓"


@pytest.mark.parametrize(("change", "timepoint"), list(product(get_args(Change), get_args(Timepoint))))
def test_every_outcome_has_its_place_whatever_it_says(
    change: Change, timepoint: Timepoint, vocabulary: Vocabulary
) -> None:
    for basis in get_args(Basis):
        found = outcome("spun\nthread", basis, change=change, timepoint=timepoint, p="p\n= 1")
        (each,) = outcome_lines(facts(found), vocabulary)
        assert "spun thread" in each.text
        assert "(p = 1)" in each.text
        assert ("compared with" in each.label) == (basis == "between_groups")
        assert (WITHIN in each.label) == (basis == "within_group")


def test_an_outcome_whose_sign_would_stand_alone_keeps_it(vocabulary: Vocabulary) -> None:
    (each,) = outcome_lines(facts(outcome("pain", "within_group")), vocabulary)
    assert each.text == "better than before: pain\u00a0↓"


def test_each_writer_tells_them_apart(vocabulary: Vocabulary) -> None:
    record = Record(source="file", key="1", format="ris", title="Invented weavers")
    weavers = Reference("weavers", record, MANY)
    made = of_references("t", "", (weavers,))
    page = document(made, vocabulary, lambda _: (Piece("Cited"),))
    files = (
        markdown_file.write(page).decode().replace("**", ""),
        html_file.write(page).decode().replace("<b>", "").replace("</b>", ""),
        read(docx_file.write(page)),
        "".join(markdown.write((weavers,), vocabulary)),
    )
    for file in files:
        said = file.replace("\u00a0", " ")
        assert "massage compared with rest: better, end of treatment: pain ↓ (p = .03), sleep ↑;" in said
        assert f"{WITHIN} (massage): better than before: worry ↓" in said
        assert f"{WITHIN} (rest) (read by a machine): no change from before" in said
        assert "Outcomes:" not in said


def test_a_reading_list_of_the_command_says_where_no_outcome_is_held(vocabulary: Vocabulary) -> None:
    record = Record(source="file", key="1", format="ris", title="Invented weavers")
    said = "".join(markdown.write((Reference("weavers", record, facts()),), vocabulary))
    assert "   - Outcomes: not stated\n" in said


def test_in_a_page_a_note_begins_on_the_line_of_its_label() -> None:
    def said(note: str) -> str:
        entry = Cited(1, None, (Piece("Cited"),), (Line("Note", "", curator=True, note=passages(note)),))
        return html_file.write(Document("t", "", (), (Block(None, (), (entry,)),))).decode()

    assert "<li><p><b>Note:</b> Read it.</p>\n<p>Twice.</p></li>" in said("Read it.\n\nTwice.")
    assert "<li><b>Note:</b> <ul>\n<li>a</li>" in said("- a")
