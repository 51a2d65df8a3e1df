"""Connections that look where they have come to before they say a word, and that a watch cuts off in time.

A name may turn from a public address into a private one between the look at it and the connection; so the peer of
each new connection is looked at, before TLS begins and before any of the request is sent.

A timeout of a socket is for each receive, which a server defeats that drips: headers, the size of a chunk, trailers,
one `100 Continue` after the other, all read in loops that are not ours. So a timer shuts the socket itself, and
whoever is reading from it, wherever, finds it at its end.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from ingest.addresses import refuse_private


class Watch:
    """A block in which what `Adapter` connects to is looked at, and shut after `seconds`; then it is `over`.

    `private` allows private addresses. A body that ends where its connection ends looks whole when it was shut: ask
    `over` before believing it.
    """

    def __init__(self, seconds: float, *, private: bool) -> None:
        self.over = False
        self.private = private
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._token = _WATCH.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _WATCH.reset(self._token)
        self._timer.cancel()
        with self._lock:
            while self._sockets:
                self._sockets.pop().close()

    def keep(self, used: socket.socket) -> None:
        """Shut the connection of `used` too when time is over. A handle of our own: TLS takes the first one away."""
        with self._lock:
            self._sockets.append(socket.fromfd(used.fileno(), used.family, used.type))
        if self.over:
            self._shut()

    def _shut(self) -> None:
        with self._lock:
            self.over = True
            for each in self._sockets:
                with suppress(OSError):  # the other end was faster
                    each.shutdown(socket.SHUT_RDWR)


# urllib3 makes its connections itself, so this cannot come to them as an argument.
_WATCH: ContextVar[Watch] = ContextVar("watch")


class Adapter(HTTPAdapter):
    """requests' adapter, over connections that are watched. To be used inside a `Watch`."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **rest: Any) -> None:
        """See `HTTPAdapter`."""
        super().init_poolmanager(connections, maxsize, block, **rest)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TLSPool}


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        made = super()._new_conn()
        try:
            watch = _WATCH.get()
            if not watch.private:
                refuse_private(str(made.getpeername()[0]), self.host)
            watch.keep(made)
        except BaseException:
            made.close()
            raise
        return made

    def request(self, *args: Any, **rest: Any) -> None:
        if self.sock is not None:  # a connection of an earlier try, or one on which TLS has begun
            _WATCH.get().keep(self.sock)
        super().request(*args, **rest)


class _TLSConnection(_Connection, HTTPSConnection):
    """`_Connection` stands before urllib3's own in the order of resolution."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = _TLSConnection
