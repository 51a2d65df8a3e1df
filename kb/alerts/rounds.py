"""A round: every question that is watched is looked at, what changed is noted, and the letters that are due are sent.

At most once. A letter is marked as begun, and that is committed, before it is handed to the server; a crash between
leaves it begun, and it is never sent again. The other choice, to mark it afterwards, would send it twice to whoever has
had it, and "never twice" was promised. What is lost so is the letter alone: the event stands in the feed and in the
account, and the next round says how many letters it does not know of. What the server certainly did not take is
unmarked, and due again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec

from kb.alerts.letters import Links, change_letter
from kb.alerts.post import NotKnownError, Post
from kb.alerts.types import Answer, Event, Letter, Question
from kb.errors import MailError
from kb.settings import MailSettings

Tell = Callable[[Answer, Answer], tuple[str, ...]]


class Watched(Protocol):
    """What a round needs of the store: `kb.store.watching.Watching` is it."""

    def watched(self) -> tuple[Question, ...]: ...
    def observe(self, question: Question, answer: Answer, tell: Tell) -> tuple[str, ...]: ...
    def due(self) -> tuple[Letter, ...]: ...
    def begin(self, letter: Letter) -> bool: ...
    def sent(self, letter: Letter, *, refused: bool = False) -> None: ...
    def unsent(self, letter: Letter) -> None: ...
    def interrupted(self) -> int: ...
    def forget_unconfirmed(self) -> int: ...


class Change(msgspec.Struct, frozen=True):
    """An answer that has changed."""

    question: str
    lines: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a round did. `waiting` letters are due and were not sent; `forgotten` are addresses nobody confirmed."""

    started_at: datetime
    questions: int
    changes: tuple[Change, ...]
    sent: int
    waiting: int
    refused: int
    lost: int
    forgotten: int
    problems: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 where all that was due was sent; 1 where something was not, and is named."""
        return 1 if self.problems else 0

    def text(self) -> str:
        """The report as a person reads it. No address is in it, for it goes to logs."""
        counts = ((self.questions, "question"), (len(self.changes), "answer"), (self.sent, "letter"))
        questions, answers, letters = (f"{n} {noun}{'s' if n != 1 else ''}" for n, noun in counts)
        lines = [f"{questions} looked at, {answers} changed, {letters} sent"]
        for each in self.changes:
            lines += [f"  {each.question}", *(f"    {line}" for line in each.lines)]
        told = (("waiting for the next run", self.waiting), ("refused for good", self.refused))
        lines += [f"  letters {words}: {n}" for words, n in told if n]
        if self.forgotten:
            lines.append(f"  addresses forgotten that nobody confirmed: {self.forgotten}")
        return "\n".join([*lines, *self.problems])


class Sending(msgspec.Struct):
    """The running counts of what is sent."""

    sent: int = 0
    refused: int = 0
    lost: int = 0
    problems: list[str] = []


def look(watched: Watched, answer_of: Callable[[Question], Answer], tell: Tell) -> tuple[int, tuple[Change, ...]]:
    """Look at every question that somebody watches; returns how many, and which answers changed."""
    questions = watched.watched()
    told = ((each, watched.observe(each, answer_of(each), tell)) for each in questions)
    return len(questions), tuple(Change(each.name, lines) for each, lines in told if lines)


def send(
    watched: Watched,
    post: Post,
    mail: MailSettings,
    links_of: Callable[[Event, str], Links],
    clock: Callable[[], datetime],
) -> Sending:
    """Send what is due; where the server fails altogether, the rest waits for the next round."""
    done = Sending()
    for letter in watched.due():
        message = change_letter(letter, links_of(letter.event, letter.stop), mail, clock())
        if not watched.begin(letter):
            continue
        try:
            post.send(message, letter.address)
        except MailError as error:
            done.problems.append(f"A letter was not sent: {error}")
            if error.refused:
                watched.sent(letter, refused=True)
                done.refused += 1
                continue
            watched.unsent(letter)
            if error.unreachable:
                break
        except NotKnownError as error:
            watched.sent(letter)
            done.lost += 1
            done.problems.append(f"Whether a letter was sent is not known ({error}); it is not sent again.")
        else:
            watched.sent(letter)
            done.sent += 1
    return done
