"""The index follows what people change, without letting them wait for it.

A change is in the store when its page is answered; the index is only a view. If nobody else writes and little has
changed, it is brought abreast at once, by a thread of its own, under the lock that ingest runs take; a page waits for
that for a moment at most. Otherwise the next run does it: `touchstone ingest ...` and `touchstone check` always do.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

from filelock import FileLock, Timeout

from kb.errors import KnowledgeBaseError
from kb.index import IndexWriter
from kb.store import Store

PATIENCE = 0.8  # seconds that a page waits
MOST = 50  # changes that are followed at once; more are a run's, whose lock this would hold too long
_QUEUE = 30  # seconds that one change waits behind another
_log = logging.getLogger(__name__)


class Follower:
    """Brings the index of a home abreast of its store. One for a process; those of several respect each other."""

    def __init__(self, lock: Path, store: Store, writer: Callable[[], IndexWriter]) -> None:
        self._lock, self._store, self._writer = lock, store, writer
        self._made: IndexWriter | None = None
        self._one = Lock()

    def follow(self, patience: float = PATIENCE) -> bool:
        """Try to bring the index abreast; whether it was within `patience` seconds. Raises nothing.

        What is slower goes on behind the page; where another process writes, the index follows with its run.
        """
        wanted = self._store.revision
        thread = Thread(target=self._work, name="index follows", daemon=True)
        thread.start()
        thread.join(patience)
        return not thread.is_alive() and self._made is not None and self._made.followed() >= wanted

    def _work(self) -> None:
        if not self._one.acquire(timeout=_QUEUE):
            return
        lock = FileLock(self._lock)
        try:
            with lock.acquire(blocking=False):
                self._made = self._made or self._writer()
                while 0 < self._made.followed() < self._store.revision and self._few(self._made):
                    self._made.refresh(self._store)
        except Timeout:
            pass
        except (KnowledgeBaseError, OSError) as error:
            _log.warning("the index follows with the next run: %s", error)
        finally:
            self._one.release()

    def _few(self, writer: IndexWriter) -> bool:
        return len(self._store.changes(writer.followed())) <= MOST
