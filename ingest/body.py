"""The body of an answer, received piece by piece, counted and unpacked, so that neither a bomb nor a lie costs much.

gzip (RFC 1952) is one member or several, one behind the other, and zeros may fill up its end.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import requests
import urllib3

from ingest.errors import FetchError

_PIECE = 16_384  # bytes received at a time: one piece of a bomb unpacks to at most a thousand times as much


def body_of(response: requests.Response, where: str, largest: int) -> bytes:
    """The body, unpacked. Raises `FetchError` where it breaks off or has, packed or not, more than `largest` bytes."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(f"the body is coded as {coding}", where=where, remedy="Only gzip is understood.")
    pieces = _within(_pieces(response, where), where, largest)
    if "gzip" in coding:
        pieces = _within(_unpacked(pieces, where, largest), where, largest)
    return b"".join(pieces)


def _pieces(response: requests.Response, where: str) -> Iterator[bytes]:
    while True:
        try:
            piece = response.raw.read1(_PIECE, decode_content=False)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise FetchError.for_now(f"the body broke off ({type(error).__name__})", where) from error
        if not piece:
            break
        yield piece
    missing = response.raw.length_remaining
    if missing:
        raise FetchError.for_now(f"the body broke off {missing:,} bytes early", where)


def _within(pieces: Iterable[bytes], where: str, largest: int) -> Iterator[bytes]:
    count = 0
    for piece in pieces:
        count += len(piece)
        if count > largest:
            remedy = "Ask for less at a time, or raise max_payload in touchstone.toml."
            raise FetchError(f"the body has more than {largest:,} bytes", where=where, remedy=remedy)
        yield piece


def _unpacked(pieces: Iterable[bytes], where: str, largest: int) -> Iterator[bytes]:
    """Of each piece at most a byte more than `largest`, which is enough to be refused for."""
    member, begun, ended = zlib.decompressobj(wbits=31), False, False
    for piece in pieces:
        rest = piece.lstrip(b"\0") if ended and not begun else piece
        while rest:
            begun = True
            try:
                yield member.decompress(rest, largest + 1)
            except zlib.error as error:
                raise FetchError.for_now("the compressed body is broken", where) from error
            rest = b""
            if member.eof:
                rest = member.unused_data.lstrip(b"\0")
                member, begun, ended = zlib.decompressobj(wbits=31), False, True
    if begun or not ended:
        raise FetchError.for_now("the compressed body ends too early", where)
