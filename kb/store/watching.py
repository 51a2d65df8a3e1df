"""Watching questions: who begins and who stops, what was seen of an answer, and which letters are due.

An address is used for nothing but what was asked for: it is kept from the day it was given, forgotten after `GOOD_FOR`
unless whoever reads its letters said yes, and gone with the watch when that is stopped. Letters that nobody may want,
those that ask for this yes, are few: `TO_ONE` to an address and `FROM_ONE` from a place of the network within `WINDOW`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from kb.alerts.address import checked_address
from kb.alerts.types import Answer, Event, Letter, Question, Watch
from kb.errors import TooManyLettersError, WatchError
from kb.people import Person, digest, new_secret
from kb.store import people, questions
from kb.store.store import Store

GOOD_FOR = timedelta(days=7)  # a link that confirms an address
WINDOW, TO_ONE, FROM_ONE = timedelta(days=1), 3, 30
MOST = 50  # questions that one person or one address watches: each costs a search a run
_LONGEST = 8000  # characters of a question's address

Tell = Callable[[Answer, Answer], tuple[str, ...]]  # what of a changed answer is worth telling


class Asked(msgspec.Struct, frozen=True):
    """What a letter that asks for a yes says: the secrets of its link (None: it was said before) and its stop-link."""

    question: Question
    address: str
    confirm: str | None
    stop: str


class Watching:
    """The questions of a store that are watched. Safe for the threads of a process, and for several processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    # Beginning and stopping.

    def watch(self, person: Person, query: str, name: str, answer: Answer, tell: Tell) -> None:
        """Let a person watch a question, whose answer now is `answer`; once is enough. Raises `WatchError`."""
        question, now = self._held(query, name), self._clock()
        self.observe(question, answer, tell)
        with self._store.transaction() as connection:
            if questions.watches(connection, question=question.id, person=person.id, address=None):
                return
            _few(questions.counted(connection, person=person.id))
            questions.add(connection, question.id, now, person=person.id, stop=new_secret())
            people.note(connection, person.id, "watch", f"question:{question.id}", now)

    def ask(self, address: str, query: str, name: str, person: Person | None, origin: str) -> Asked:
        """Ask whoever reads `address` whether they want to be told; nothing else is sent to it until they say yes.

        Raises `WatchError` for what is no address, and `TooManyLettersError`.
        """
        to, now = checked_address(address), self._clock()
        confirm = new_secret()
        keys = ((f"letter to:{digest(to.casefold())}", TO_ONE), (f"letter from:{origin}", FROM_ONE))
        with self._store.transaction() as connection:
            if any(people.failures(connection, key, now - WINDOW) >= most for key, most in keys):
                raise TooManyLettersError(WINDOW)
            people.failed(connection, [key for key, _ in keys], now)
        question = self._held(query, name)
        with self._store.transaction() as connection:
            questions.end_unconfirmed(connection, now - GOOD_FOR)
            mine = questions.watches(connection, question=question.id, address=to)
            if mine and mine[0].confirmed:
                return Asked(question, to, None, questions.stop_of(connection, mine[0].id))
            for each in mine:
                questions.end(connection, each.id)
            _few(questions.counted(connection, address=to))
            whose = {"person": person.id if person else None, "address": to}
            stop = new_secret()
            questions.add(connection, question.id, now, stop=stop, confirm=digest(confirm), **whose)
            return Asked(question, to, confirm, stop)

    def awaiting(self, confirm: str) -> Watch | None:
        """The watch that a link confirms; None where its time is over, or it was used."""
        with self._store.look() as connection:
            found = questions.watches(connection, confirm=digest(confirm))
        return found[0] if found and found[0].at > self._clock() - GOOD_FOR else None

    def confirm(self, confirm: str, answer: Answer, tell: Tell) -> Watch | None:
        """Whoever reads the address wants to be told of what changes from now on; None as `awaiting`."""
        found = self.awaiting(confirm)
        if found is None:
            return None
        self.observe(found.question, answer, tell)
        with self._store.transaction() as connection:
            last = questions.last_event(connection, found.question.id)
            questions.change(connection, found.id, confirm=None, after=last)
        return found

    def stoppable(self, stop: str) -> Watch | None:
        """The watch that a stop-link ends."""
        with self._store.look() as connection:
            return next(iter(questions.watches(connection, stop=stop)), None)

    def stop(self, stop: str) -> Watch | None:
        """End the watch of a stop-link, and forget its address; None where it has ended before."""
        with self._store.transaction() as connection:
            found = next(iter(questions.watches(connection, stop=stop)), None)
            if found:
                questions.end(connection, found.id)
        return found

    def of(self, person: Person) -> tuple[Watch, ...]:
        """What a person watches, the newest first."""
        with self._store.look() as connection:
            return questions.watches(connection, person=person.id)

    def stop_own(self, person: Person, id: int) -> bool:
        """End one of a person's own watches; False where it is none of theirs."""
        with self._store.transaction() as connection:
            mine = next((each for each in questions.watches(connection, person=person.id) if each.id == id), None)
            if mine is None:
                return False
            questions.end(connection, id)
            people.note(connection, person.id, "stop watching", f"question:{mine.question.id}", self._clock())
            return True

    # What was seen.

    def watched(self) -> tuple[Question, ...]:
        """The questions of which somebody is told."""
        with self._store.look() as connection:
            return questions.watched(connection)

    def observe(self, question: Question, answer: Answer, tell: Tell) -> tuple[str, ...]:
        """Compare an answer with what was seen last, note the event if there is one, and return its lines.

        Told is outside of the transaction, for it may take long; who was slower than another says nothing.
        """
        with self._store.look() as connection:
            held = questions.question(connection, question.id)
        before = held.seen if held else None
        if before == answer:
            return ()
        lines = tell(before, answer) if before is not None else ()
        with self._store.transaction() as connection:
            held = questions.question(connection, question.id)
            if held is None or held.seen != before:
                return ()
            questions.see(connection, question.id, answer)
            if lines:
                questions.happen(connection, question.id, self._clock(), lines)
        return lines

    def events(self, query: str, most: int) -> tuple[Event, ...]:
        """What happened to the answer of a question, the latest first."""
        with self._store.look() as connection:
            return questions.events(connection, query, most)

    # Letters.

    def due(self) -> tuple[Letter, ...]:
        """The letters that are to be sent, the oldest event first."""
        with self._store.look() as connection:
            return questions.due(connection)

    def begin(self, letter: Letter) -> bool:
        """Note that a letter is handed over now, before it is; False where it must not be."""
        with self._store.transaction() as connection:
            return questions.begin(connection, letter, self._clock())

    def sent(self, letter: Letter, *, refused: bool = False) -> None:
        """The server took a letter, or refused it for good."""
        with self._store.transaction() as connection:
            questions.mark(connection, letter, "refused" if refused else "sent")

    def unsent(self, letter: Letter) -> None:
        """The server certainly did not take a letter: the next run tries again."""
        with self._store.transaction() as connection:
            questions.unbegin(connection, letter)

    def interrupted(self) -> int:
        """How many letters an earlier run began and did not finish; they are lost from now on, and never sent again."""
        with self._store.transaction() as connection:
            return questions.interrupted(connection)

    def forget_unconfirmed(self) -> int:
        """Forget the addresses that nobody confirmed in time; returns how many."""
        with self._store.transaction() as connection:
            return questions.end_unconfirmed(connection, self._clock() - GOOD_FOR)

    def _held(self, query: str, name: str) -> Question:
        """The question, put into the store; raises `WatchError` for what cannot stand in a letter."""
        if len(query) > _LONGEST or not query.isprintable() or not query.isascii() or not name.isprintable():
            raise WatchError("This question is too long to be watched, or holds what cannot be written.")
        with self._store.transaction() as connection:
            return questions.hold(connection, query, name, self._clock())


def _few(watches: int) -> None:
    if watches >= MOST:
        raise WatchError(f"More than {MOST} questions cannot be watched. Stop another first.")
