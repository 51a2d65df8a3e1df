"""A curator's note read as data: a little Markdown, and no mark-up of its own. All notes are invented."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.exporters import markdown_file
from kb.exporters.document import Document
from kb.lists.notes import Passage, Run, gist, passages


def words(note: str) -> list[tuple[str, list[str]]]:
    """The kinds and words of a note."""
    return [(each.kind, ["".join(run.text for run in runs) for runs in each.paragraphs]) for each in passages(note)]


@pytest.mark.parametrize(
    ("note", "read"),
    [
        (None, []),
        ("  \n", []),
        ("One\ntwo  \nthree\n\nfour", [("plain", ["One two\nthree", "four"])]),
        ("- a\n- b\n\nand\n\n1. c\n2. d", [("bullets", ["a", "b"]), ("plain", ["and"]), ("numbers", ["c", "d"])]),
        ("1. a\n\n   more\n2. b\n   - c\n   - d", [("numbers", ["a\nmore", "b\n– c\n– d"])]),
        ("1\n>\n1", [("plain", ["1", "1"])]),
        ("- a\n\n* b", [("bullets", ["a"]), ("bullets", ["b"])]),
        ("> a\n>\n> - b", [("quote", ["a", "b"])]),
        ("```\na\n  b\n```", [("plain", ["a\n  b"])]),
        ("# A heading\n\nNor this\n===", [("plain", ["# A heading", "Nor this ==="])]),
        ("![x](https://elsewhere.example/pixel.png)", [("plain", ["!x"])]),
        ("<script>alert(1)</script>", [("plain", ["<script>alert(1)</script>"])]),
        ("a\x00b\ufffe", [("plain", ["ab"])]),
    ],
)
def test_a_note_is_read(note: str | None, read: list[tuple[str, list[str]]]) -> None:
    assert words(note or "") == read


def test_words_have_their_kind() -> None:
    assert passages("a *b* **c *d*** `e`") == (
        Passage(
            "plain",
            (
                (
                    Run("a "),
                    Run("b", emphasis=True),
                    Run(" "),
                    Run("c ", strong=True),
                    Run("d", strong=True, emphasis=True),
                    Run(" "),
                    Run("e", code=True),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://b.example/?a=b&c", "https://b.example/?a=b&c"),
        ("mailto:cora@b.example", "mailto:cora@b.example"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html;base64,PHNjcmlwdD4=", None),
        ("/sign-out", None),
        ("//b.example", None),
        ("https://[b", "https://%5Bb"),
    ],
)
def test_a_link_leads_to_the_web_or_to_a_mailbox(address: str, link: str | None) -> None:
    assert {run.link for each in passages(f"[x](<{address}>)") for runs in each.paragraphs for run in runs} == {link}


def test_the_first_paragraph_says_what_it_is_about() -> None:
    assert gist("One *two*\n\nthree") == "One two"
    assert gist(None) == ""


@example("\\\n-")
@example("* a\n- b")
@given(st.text(alphabet=st.sampled_from("ab \n*_`>-1.)[](<&#!\\~|"), max_size=60))
def test_in_a_file_of_markdown_a_note_is_what_it_was(note: str) -> None:
    """Its words and the kinds of its passages; what touches without a space between may be emphasised otherwise."""
    file = markdown_file.write(Document("t", "", passages(note), ())).decode().partition("\n")[2]
    loose = str.maketrans("", "", " \n*")
    assert [("".join(each[1])).translate(loose) for each in words(file)] == [
        ("".join(each[1])).translate(loose) for each in words(note)
    ]
