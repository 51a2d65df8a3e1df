"""Signing in and out, inviting, and what administrators do with accounts: each a transaction, each with its trail.

The rules, after OWASP ASVS 5.0 (6.3, 7): a session has a new secret whenever somebody signs in and is a row, so that
it is dead for every copy of its cookie once the row is gone; it ends after `IDLE` without use, and after `LONGEST` in
any case. Whoever fails `MOST` times within `WINDOW` waits, counted by name and by address, for all processes
together; an answer tells nobody whether a name exists. A browser that has come in to the account before is counted
by itself (`kb/store/devices.py`), so that strangers who guess keep nobody from their own account (6.1.1).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from kb.errors import AccountError, LastAdministratorError, LinkUsedUpError, TooManyAttemptsError
from kb.people import digest, hashed, matches, may, new_secret, weakness
from kb.people.passwords import is_outdated
from kb.people.types import Entry, Invitation, Person, Role
from kb.store import devices, people, tokens
from kb.store.store import Store

IDLE, LONGEST = timedelta(days=7), timedelta(days=30)
MOST, WINDOW = 10, timedelta(minutes=5)  # as warehouse, the software of pypi.org, has it
GOOD_FOR = timedelta(days=7)  # a link to make an account or choose a password
_LONGEST = 100  # characters of a name; what is longer is kept nowhere
_SEEN = timedelta(minutes=5)  # a session's last use is noted no oftener


class Accounts:
    """The accounts of a store. Safe for the threads of a process, and for several processes."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock

    # Signing in and out.

    def sign_in(self, name: str, password: str, address: str, device: str = "") -> str | None:
        """The secret of a new session, or None; raises `TooManyAttemptsError` before anything is compared.

        `device` is what `know` gave the browser when somebody came in with it, if it holds such a thing.
        """
        now, keys = self._clock(), [f"name:{_plain(name)}", f"address:{address}"]
        with self._store.transaction() as connection:
            found = people.called(connection, _plain(name))
            if found and devices.is_known(connection, digest(device), found[0].id, now):
                keys = [f"device:{digest(device)}"]
            if any(people.failures(connection, each, now - WINDOW) >= MOST for each in keys):
                raise TooManyAttemptsError(WINDOW)
        kept = found[1] if found else None
        right = matches(kept, password)  # outside of the transaction: it is slow on purpose
        with self._store.transaction() as connection:
            if not right or found is None or kept is None or found[0].disabled:
                people.failed(connection, keys, now)
                return None
            if is_outdated(kept):
                people.change(connection, found[0].id, password=hashed(password))
            return _come_in(connection, found[0].id, "sign in", now)

    def sign_in_as(self, subject: str) -> str | None:
        """The secret of a new session for whom a provider has told us; None where nobody here is that."""
        now = self._clock()
        with self._store.transaction() as connection:
            found = people.known_as(connection, subject)
            if found is None or found.disabled:
                return None
            return _come_in(connection, found.id, "sign in", now)

    def know(self, session: str, device: str = "") -> str:
        """What the browser of a new session keeps, to be known by when it comes again, in place of what it had."""
        secret = new_secret()
        with self._store.transaction() as connection:
            if found := people.session(connection, digest(session)):
                devices.forget(connection, digest=digest(device))
                devices.know(connection, digest(secret), found[0], self._clock())
        return secret

    def visitor(self, secret: str) -> Person | None:
        """Whose session this is, as long as it lasts."""
        now, kept = self._clock(), digest(secret)
        with self._store.look() as connection:
            found = people.session(connection, kept)
            person = people.person(connection, found[0]) if found else None
        if found is None or person is None or person.disabled:
            return None
        _, since, seen = found
        if now - seen > IDLE or now - since > LONGEST:
            self.sign_out(secret)
            return None
        if now - seen > _SEEN:
            with self._store.transaction() as connection:
                people.see(connection, kept, now)
        return person

    def sign_out(self, secret: str) -> None:
        """End this session."""
        with self._store.transaction() as connection:
            people.close_sessions(connection, digest=digest(secret))

    def sign_out_everywhere(self, person: Person) -> int:
        """End all sessions of a person; returns how many."""
        with self._store.transaction() as connection:
            people.note(connection, person.id, "sign out everywhere", f"person:{person.id}", self._clock())
            devices.forget(connection, person=person.id)
            return people.close_sessions(connection, person=person.id)

    # Links that are used once.

    def invite(self, by: Person | None, name: str, role: Role) -> str:
        """The secret of a link with which somebody makes an account; raises `AccountError` for a name that is taken."""
        now, called = self._clock(), _plain(name)
        if not called or len(name) > _LONGEST:
            raise AccountError("A name has between 1 and 100 characters.")
        with self._store.transaction() as connection:
            if people.called(connection, called):
                raise AccountError(f"There is an account {called!r} already.")
            secret = new_secret()
            people.invite(connection, digest(secret), Invitation(called, role, None, now + GOOD_FOR))
            people.note(connection, _number(by), f"invite as {role}", called, now)
            return secret

    def reset(self, by: Person | None, id: int) -> str:
        """The secret of a link with which a person comes in anew; older links and all sessions end at once, the
        password, the provider's account and the tokens when it is used."""
        now = self._clock()
        with self._store.transaction() as connection:
            person = self._known(people.person(connection, id))
            people.revoke_invitations(connection, id)
            people.close_sessions(connection, person=id)
            devices.forget(connection, person=id)
            secret = new_secret()
            kept = Invitation(person.name, person.role, id, now + GOOD_FOR)
            people.invite(connection, digest(secret), kept)
            people.note(connection, _number(by), "reset the password of", f"person:{id}", now)
            return secret

    def invitation(self, secret: str) -> Invitation | None:
        """What a link is for; None where it was used, or its time is over."""
        with self._store.look() as connection:
            found = people.invitation(connection, digest(secret))
        return found if found and found.expires > self._clock() else None

    def accept(self, secret: str, password: str, shown: str = "") -> str:
        """Use a link: make the account or set the password, end all other sessions, and return that of a new one.

        Raises `LinkUsedUpError`, and `AccountError` where the password is refused.
        """
        invitation = self._good(secret)
        if why := weakness(password, (invitation.name, shown)):
            raise AccountError(why)
        return self._take(secret, invitation, shown, "choose a password", password=hashed(password))

    def accept_as(self, secret: str, subject: str) -> str:
        """Use a link: from now on whom a provider calls `subject` signs in to this account.

        Raises `LinkUsedUpError`, and `AccountError` where another account has this subject.
        """
        invitation = self._good(secret)
        with self._store.look() as connection:
            other = people.known_as(connection, subject)
        if other is not None and other.id != invitation.person:
            raise AccountError(f"The provider's account is that of {other.name!r} here already.")
        return self._take(secret, invitation, "", "sign in through the provider", subject=subject)

    def _good(self, secret: str) -> Invitation:
        invitation = self.invitation(secret)
        if invitation is None:
            raise LinkUsedUpError
        return invitation

    def _take(self, secret: str, invitation: Invitation, shown: str, action: str, **kept: str) -> str:
        now = self._clock()
        with self._store.transaction() as connection:
            if not people.take_invitation(connection, digest(secret)):
                raise LinkUsedUpError
            if invitation.person is None:
                if people.called(connection, invitation.name):
                    raise LinkUsedUpError
                id = people.add(connection, invitation.name, invitation.role, now, **kept)
            else:
                id = invitation.person
                people.change(connection, id, **{"password": None, "subject": None, **kept})
                people.close_sessions(connection, person=id)
                tokens.revoke_all(connection, id)
            if shown.strip():
                people.change(connection, id, shown=shown.strip()[:100])
            return _come_in(connection, id, action, now)

    # What administrators do.

    def people(self) -> tuple[Person, ...]:
        """All accounts."""
        with self._store.look() as connection:
            return people.everybody(connection)

    def set_role(self, by: Person | None, id: int, role: Role) -> None:
        """Give a person a role; raises `LastAdministratorError` rather than leave nobody who may give one."""
        with self._store.transaction() as connection:
            person = self._known(people.person(connection, id))
            if role != "administrator":
                self._keep_one(people.everybody(connection), person)
            people.change(connection, id, role=role)
            told = {"before": _json(role=person.role), "after": _json(role=role)}
            people.note(connection, _number(by), "set the role of", f"person:{id}", self._clock(), **told)

    def set_disabled(self, by: Person | None, id: int, disabled: bool) -> None:
        """Shut an account, with all its sessions and tokens, or open it again; raises `LastAdministratorError`."""
        with self._store.transaction() as connection:
            person = self._known(people.person(connection, id))
            if disabled:
                self._keep_one(people.everybody(connection), person)
                people.close_sessions(connection, person=id)
            people.change(connection, id, disabled=int(disabled))
            told = {"before": _json(disabled=person.disabled), "after": _json(disabled=disabled)}
            action = "disable" if disabled else "enable"
            people.note(connection, _number(by), action, f"person:{id}", self._clock(), **told)

    # The trail.

    def trail(self, subject: str | None = None, most: int = 100) -> tuple[Entry, ...]:
        """The last lines of the audit trail, the latest first."""
        with self._store.look() as connection:
            return people.trail(connection, subject, most)

    @staticmethod
    def _known(person: Person | None) -> Person:
        if person is None:
            raise AccountError("There is no such account.")
        return person

    @staticmethod
    def _keep_one(everybody: Collection[Person], person: Person) -> None:
        others = [each for each in everybody if may(each, "administrator") and each.id != person.id]
        if may(person, "administrator") and not others:
            raise LastAdministratorError


def _come_in(connection: Connection, id: int, how: str, now: datetime) -> str:
    """A new session of this account, with its line in the trail; returns its secret."""
    people.note(connection, id, how, f"person:{id}", now)
    secret = new_secret()
    people.open_session(connection, digest(secret), id, now)
    return secret


def _plain(name: str) -> str:
    return " ".join(name[:_LONGEST].split()).casefold()


def _number(by: Person | None) -> int | None:
    return by.id if by else None


def _json(**values: object) -> str:
    return msgspec.json.encode(values).decode()
