"""A mail server on loopback that keeps what it takes, and refuses, breaks off or asks for a password where told to."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class MailServer:
    """`letters` are those that it said yes to, `raw` as they came.

    `answer` and `recipient_answer` are said in place of its yes; where it `breaks`, it takes a letter and says nothing.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.to: list[str] = []
        self.recipient_answer, self.answer, self.breaks = "250 OK", "250 OK", False
        self.signed_in: list[tuple[bytes, bytes]] = []
        self.port = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: object) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            self.raw.append(envelope.content)
            self.to += envelope.rcpt_tos
        if self.breaks:  # it has the letter, and its yes never comes
            server.transport.close()
        return self.answer

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, way: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.signed_in.append((given.login, given.password))
        return AuthResult(success=given.password == b"a secret")


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """A server on a free port; with `tls` it takes nothing before STARTTLS and a password."""
    keeps = MailServer()
    more = {"tls_context": tls, "require_starttls": True, "auth_required": True} if tls else {}
    keeps.port = _free_port()
    controller = Controller(keeps, hostname="127.0.0.1", port=keeps.port, authenticator=keeps.authenticate, **more)
    controller.start()
    try:
        yield keeps
    finally:
        controller.stop()


def _free_port() -> int:
    """A port that was free a moment ago: the server cannot choose one itself."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
