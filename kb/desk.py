"""The desk: what signed-in people change, beside an ingest run and without its lock.

Each thing that can be changed has a class of its own in `kb/store/`, over the same store and clock; a change is one
short transaction, and leaves a line in the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from kb.following import Follower
from kb.settings import MailSettings
from kb.store import Store
from kb.store.accounts import Accounts
from kb.store.amending import Corrections, Reports
from kb.store.curating import ReadingLists
from kb.store.editions import Editions
from kb.store.tokens import Tokens
from kb.store.watching import Watching


class Desk(msgspec.Struct, frozen=True):
    """The writing side of a knowledge base, as the pages have it; `mail`: letters can be sent, and by whom."""

    store: Store
    accounts: Accounts
    tokens: Tokens
    clock: Callable[[], datetime]
    lists: ReadingLists
    editions: Editions
    corrections: Corrections
    reports: Reports
    watching: Watching
    index: Follower
    mail: MailSettings | None = None

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
