"""A WSGI application of ours on loopback, for browsers and clients that may hang up in the middle of an answer.

It stands on the standard library: Werkzeug's own server leaves an answer's file open when its reader is gone before
the end, and so fails whichever test runs when the garbage is collected.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128  # a page asks for all that it needs at once


class _Handler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: a failed test is to show what failed."""


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """The address of `app`, without a slash at its end, on a free port until the block ends."""
    with make_server("127.0.0.1", 0, app, _Server, _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
