"""Connections that look where they have come to before they say a word.

A name may turn from a public address into a private one between the look at it and the connection; so the peer of
each new connection is looked at, before TLS begins and before any of the request is sent.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from ingest.addresses import refuse_private

# Whether private addresses are allowed. urllib3 makes its connections itself, so this cannot come as an argument.
_PRIVATE: ContextVar[bool] = ContextVar("private", default=False)


@contextmanager
def connecting(*, private: bool) -> Iterator[None]:
    """Connections that `Adapter` makes in the block may reach private addresses only where `private` says so."""
    token = _PRIVATE.set(private)
    try:
        yield
    finally:
        _PRIVATE.reset(token)


class Adapter(HTTPAdapter):
    """requests' adapter, over connections that are looked at."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **rest: Any) -> None:
        """See `HTTPAdapter`."""
        super().init_poolmanager(connections, maxsize, block, **rest)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        try:
            if not _PRIVATE.get():
                refuse_private(str(made.getpeername()[0]), self.host)
        except BaseException:
            made.close()
            raise
        return made


class _TLSConnection(_Connection, HTTPSConnection):
    """`_Connection` stands before urllib3's own in the order of resolution."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection
