"""What is known of a person, and what each role may do."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Role = Literal["curator", "administrator"]  # a reader needs no account, and so has none
Scope = Literal["read", "curate"]
ROLES: tuple[Role, ...] = ("curator", "administrator")
SCOPES: tuple[Scope, ...] = ("read", "curate")


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account: `name` signs in, `shown` is what others see."""

    id: int
    name: str
    shown: str
    role: Role
    disabled: bool
    at: datetime


class Invitation(msgspec.Struct, frozen=True):
    """A link that may be used once: to make an account, or (`person`) to choose a new password for one."""

    name: str
    role: Role
    person: int | None
    expires: datetime


class Token(msgspec.Struct, frozen=True):
    """What a job signs in with: it acts for `person`, within `scopes`. `id` names it, and is not its secret."""

    id: int
    person: int
    name: str
    scopes: tuple[Scope, ...]
    at: datetime
    used: datetime | None
    revoked: bool


class Entry(msgspec.Struct, frozen=True):
    """A line of the audit trail: who did what to which, and how it was before and after, as JSON."""

    id: int
    at: datetime
    person: int | None
    who: str
    action: str
    subject: str
    before: str | None
    after: str | None


def may(person: Person | None, role: Role) -> bool:
    """Whether a person may do what `role` may; an administrator may all that a curator may."""
    return person is not None and not person.disabled and ROLES.index(person.role) >= ROLES.index(role)
