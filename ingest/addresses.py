"""What may be fetched from: web addresses whose hosts are public.

What is fetched may come from a document, so hosts that resolve to loopback, private, link-local or other special
addresses (RFC 6890) are refused unless the configuration allows them. An IPv6 address may carry an IPv4 address to
which a gateway sends it on (RFC 6052 NAT64, RFC 3056 6to4, RFC 4291 mapped and compatible): then that one counts.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from ingest.errors import FetchError

_LAST_32_BITS = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# Special, and not known as such to every version of `ipaddress`: NAT64 of a network's own, site-local (RFC 3879),
# documentation, segment routing.
_SPECIAL = tuple(map(IPv6Network, ("64:ff9b:1::/48", "fec0::/10", "3fff::/20", "5f00::/16")))


def place_of(url: str) -> str:
    """The address without its query, user and fragment: what may be told and logged. Raises `FetchError`."""
    parts = _parts(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def joined(base: str, other: str) -> str:
    """`other` as a page at `base` means it. Raises `FetchError` where it is no address."""
    try:
        return urljoin(base, other)
    except ValueError as error:
        raise _broken() from error


def same_origin(one: str, other: str) -> bool:
    """Whether both are of one host, port and scheme (RFC 6454): what was told to one may be told to the other."""
    first, second = _parts(one), _parts(other)
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


def refuse_what_is_no_web_address(url: str) -> None:
    """Raise `FetchError` where `url` is not of http or https, or names no host."""
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        remedy = "Give an address with http:// or https://."
        raise FetchError("it is no web address", where=place_of(url), remedy=remedy)


def refuse_private_host(url: str) -> None:
    """Raise `FetchError` where any address of the host is not public."""
    where = place_of(url)
    try:
        found = socket.getaddrinfo(_parts(url).hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError.for_now("its host was not found", where) from error
    for entry in found:
        refuse_private(str(entry[4][0]), where)


def refuse_private(address: str, where: str) -> None:
    """Raise `FetchError` where `address`, an IP address as the system writes it, is not public."""
    found = ip_address(address.partition("%")[0])
    if not _is_public(found):
        remedy = "Set allow_private = true in touchstone.toml if this host is really meant."
        raise FetchError(f"{found} is a private address", where=where, remedy=remedy)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        carried = _carried(address)
        if carried is not None:
            return _is_public(carried)
        if any(address in network for network in _SPECIAL):
            return False
    return address.is_global and not address.is_multicast


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 address."""
    if any(address in network for network in _LAST_32_BITS):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise _broken() from error


def _broken() -> FetchError:
    """What is broken cannot be told apart from its user and query, so it is not told."""
    return FetchError("it is no web address, but broken", where="an address", remedy="Check the address.")
