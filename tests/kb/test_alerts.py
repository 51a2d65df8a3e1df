"""What of a changed answer is told, and in which words; letters and addresses. All literature is invented."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.alerts import Answer, Event, Flag, Letter, Question, checked_address, compare, told
from kb.alerts.changes import lines
from kb.alerts.letters import Links, change_letter, question_letter
from kb.errors import SettingsError, WatchError
from kb.settings import MailSettings
from kb.votes import Cell, Verdicts
from tests.conftest import NOW
from tests.web.invented import INVENTED, VOCABULARY
from tests.web.test_words import NEVER

PAIN = Cell("pain", "inactive")
NAMES = {"weaver": "Weaver 2011", "potter": "Potter 2014", "loom": "Loom 2020"}
MAIL = MailSettings(host="127.0.0.1", site="https://evidence.example.org", sender="Touchstone <t@example.org>")
LINKS = Links(answer="https://evidence.example.org/search?q=massage", stop=f"https://evidence.example.org/{'x' * 120}")


def counted(better: int, unclear: int = 0, within: int = 0, cell: Cell = PAIN) -> Verdicts:
    return Verdicts(cell, better, 0, 0, unclear, within)


def pain(said: str) -> tuple[str]:
    return (f"pain, compared with no treatment, waiting or usual care: {said}",)


def words(old: Answer, new: Answer) -> tuple[str, ...]:
    return lines(compare(old, new), NAMES, VOCABULARY)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            Answer((counted(5, 1),), ("potter",)),
            Answer((counted(6, 1),), ("potter", "weaver")),
            (
                *pain("5 better, 1 without a clear direction of 6, now 6 better, 1 without a clear direction of 7"),
                "new: Weaver 2011",
            ),
        ),
        (
            Answer(),
            Answer((counted(1),), ("weaver",)),
            (
                "pain, compared with no treatment, waiting or usual care: no study, now 1 better of 1",
                "new: Weaver 2011",
            ),
        ),
        (
            Answer((counted(0, within=1, cell=Cell("pain", "none")),), ("weaver",)),
            Answer((counted(0, within=2, cell=Cell("pain", "none")),), ("potter", "weaver")),
            (
                "pain, looked at before and after only, which is no comparison: 1 study, now 2",
                "new: Potter 2014",
            ),
        ),
        (
            Answer((counted(2),), ("potter", "weaver")),
            Answer((counted(1),), ("weaver",), flags=(Flag("potter", "retracted"),)),
            (
                "retracted: Potter 2014",
                "pain, compared with no treatment, waiting or usual care: 2 better of 2, now 1 better of 1",
                "no longer counted: Potter 2014",
            ),
        ),
        (Answer(), Answer(flags=(Flag("potter", "correction"),)), ("corrected: Potter 2014",)),
        (
            Answer(flags=(Flag("potter", "retracted"),)),
            Answer(),
            ("no longer among what is found with the notice “retracted”: Potter 2014",),
        ),
        (Answer(), Answer(reviews=("loom",)), ("new review: Loom 2020",)),
        (Answer(reviews=("gone",)), Answer(), ("review no longer among what is found: 1",)),
        (
            Answer((counted(1),), ("weaver",)),
            Answer((counted(0, 1),), ("weaver",)),
            (
                *pain("1 better of 1, now 0 better, 1 without a clear direction of 1"),
                "no study came or went: what is here was read anew, or corrected",
            ),
        ),
    ],
    ids=["count", "first", "within", "retraction", "correction", "undone", "review", "review gone", "read anew"],
)
def test_a_change_is_told_in_words_with_its_denominators(old: Answer, new: Answer, said: tuple[str, ...]) -> None:
    assert words(old, new) == said
    assert not NEVER.search(" ".join(said))


def test_order_and_a_study_that_counts_for_nothing_are_no_change() -> None:
    sleep = counted(1, cell=Cell("sleep", "active"))
    old = Answer((counted(1), sleep), ("potter", "weaver"), ("loom",))
    same = Answer((sleep, counted(1)), ("weaver", "potter", "dyer"), ("loom",))
    assert not compare(old, same).worth_telling
    assert told(old, same, lambda ids: INVENTED, VOCABULARY) == ()


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_told_is_what_differs_and_nothing_else(a: int, b: int, c: int, d: int) -> None:
    changes = compare(Answer((counted(a, b),)), Answer((counted(c, d),)))
    assert changes.worth_telling is ((a, b) != (c, d))


def test_publications_are_named_in_two_words() -> None:
    old, new = Answer(), Answer((counted(1),), (INVENTED[0].id,))
    assert told(old, new, lambda ids: INVENTED, VOCABULARY)[-1] == "new: Weaver et al. 2011"


def test_many_are_named_by_ten_and_a_number() -> None:
    ids = tuple(f"study-{n:02}" for n in range(13))
    changes = compare(Answer(), Answer(reviews=ids))
    (said,) = lines(changes, {each: each for each in ids}, VOCABULARY)
    assert said.endswith("study-09, 3 more")


def letter(name: str = "“massage”", address: str = "r@example.org") -> Letter:
    event = Event(7, Question(1, "q=massage", name, None), NOW, ("retracted: Pötter 2014", "new review: Loom 2020"))
    return Letter(3, event, address, "secret")


def test_a_letter_says_what_changed_with_its_links_and_no_advice() -> None:
    sent = message_from_bytes(change_letter(letter(), LINKS, MAIL, NOW).as_bytes(), policy=default)
    text = sent.get_content()
    assert "* retracted: Pötter 2014" in text
    assert LINKS.answer in text.splitlines()
    assert LINKS.stop in text.splitlines()
    assert "no advice" in text
    assert not NEVER.search(text)
    assert (sent["To"], sent["From"]) == ("r@example.org", "Touchstone <t@example.org>")
    assert sent["Subject"] == "Changed: the answer to “massage”"
    assert sent["List-Unsubscribe"] == f"<{LINKS.stop}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == "<change.7.3@example.org>"


def test_links_of_headers_are_not_folded() -> None:
    raw = change_letter(letter("“" + "massage " * 40 + "”"), LINKS, MAIL, NOW).as_bytes()
    assert f"List-Unsubscribe: <{LINKS.stop}>\r\n".encode() in raw
    assert max(map(len, raw.splitlines())) < 998
    assert raw.isascii()


@pytest.mark.parametrize("confirm", ["https://evidence.example.org/watch/confirm/abc", None])
def test_a_letter_that_asks_says_what_for(confirm: str | None) -> None:
    sent = question_letter("r@example.org", "“massage”", confirm, LINKS, MAIL, NOW)
    text = sent.get_content()
    assert (confirm in text.splitlines()) if confirm else ("already" in text)
    assert LINKS.stop in text
    assert sent["List-Unsubscribe"] == f"<{LINKS.stop}>"


@pytest.mark.parametrize("name", ["x\r\nBcc: victim@example.org", "x\nBcc: victim@example.org", "x\rBcc: v"])
def test_an_end_of_line_in_a_header_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage"):
        change_letter(letter(name), LINKS, MAIL, NOW)


HOSTILE = [
    "r@example.org\r\nBcc: victim@example.org",
    "r@example.org\n",
    "r@example.org, victim@example.org",
    "Reader <r@example.org>",
    "r@example.org>\r\nRCPT TO:<victim@example.org",
    "r%0d%0a@example.org\x00",
    '"r\r\n"@example.org',
    "r@[127.0.0.1]",
    "r@localhost",
    "r",
    "",
    f"{'r' * 250}@example.org",
    "röader@example.org",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(WatchError):
        checked_address(address)


@given(st.text(max_size=80))
def test_no_address_breaks_a_line_or_names_two(text: str) -> None:
    try:
        found = checked_address(text)
    except WatchError:
        return
    assert found.isascii()
    assert found.isprintable()
    assert found.count("@") == 1
    assert not set(found) & set(' ,;<>"')


@pytest.mark.parametrize(
    "sender", ["nobody", "T <t@example.org>\r\nBcc: v@example.org", "T\r\nX: y <t@example.org>", ""]
)
def test_a_sender_that_is_no_address_is_refused(sender: str) -> None:
    with pytest.raises(SettingsError):
        change_letter(letter(), LINKS, msgspec.structs.replace(MAIL, sender=sender), NOW)
