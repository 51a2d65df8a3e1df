"""SQLite as we run it: durable for what people write, quick and harmless for what they read.

WAL lets readers go on beside the writer. The writer syncs every commit (`synchronous=FULL`): in
simulated power cuts NORMAL lost the last commits and FULL none. It takes the write lock when a
transaction begins (`BEGIN IMMEDIATE`), because a read that later turns into a write fails at once
under WAL, whatever the busy timeout. Readers are `query_only`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as DBAPIConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

_SHARED = {
    "busy_timeout": "5000",
    "foreign_keys": "ON",
    "temp_store": "MEMORY",
    "mmap_size": str(128 * 2**20),
    "cache_size": "-16000",
    "trusted_schema": "OFF",
}
_WRITER = {"journal_mode": "WAL", "synchronous": "FULL", "journal_size_limit": str(64 * 2**20)}
_READER = {"query_only": "ON"}


LOOKS = "looks"  # an option of a connection that only reads: it waits for no writer, and no writer for it


def connect(path: Path, *, writable: bool) -> Engine:
    """An engine over the database file at `path`; a reader's never creates or changes it."""
    engine = create_engine(URL.create("sqlite", database=str(path)))
    pragmas = _SHARED | (_WRITER if writable else _READER)

    @event.listens_for(engine, "connect")
    def _configure(dbapi: DBAPIConnection, _record: Any) -> None:
        dbapi.isolation_level = None  # the driver must not begin transactions of its own
        for name, value in pragmas.items():
            dbapi.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        looks = not writable or connection.get_execution_options().get(LOOKS, False)
        connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")

    return engine


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whoever writes it meanwhile (SQLite's backup, in one step)."""
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
