"""The door to the mail server. It says of every letter one of three things: taken, certainly not taken, not known.

Before the last line of a letter was sent nothing was taken, and whatever goes wrong may be tried again. What goes
wrong after it, while the server's answer is waited for, leaves open whether the letter goes out (RFC 5321, 6.1).
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

from kb.alerts.letters import checked_sender
from kb.errors import MailError, SettingsError
from kb.settings import MailSettings

PATIENCE = 20.0  # seconds that an answer of the server is waited for
_DOT = re.compile(rb"^\.", re.MULTILINE)  # a line of one dot would end the letter (RFC 5321, 4.5.2)
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class NotKnownError(Exception):
    """Whether the server took the letter is not known."""


class Post:
    """A connection to the mail server, made anew where it was lost."""

    def __init__(self, mail: MailSettings, patience: float = PATIENCE) -> None:
        self._mail, self._patience = mail, patience
        self._sender = checked_sender(mail).addr_spec
        self._smtp: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, to: str) -> None:
        """Hand a letter over. Raises `MailError` where it was certainly not taken, `NotKnownError` else."""
        data = message.as_bytes(policy=message.policy.clone(linesep="\r\n"))
        smtp = self._connected()
        try:
            _expect(smtp.mail(self._sender), refuses=False)
            _expect(smtp.rcpt(to), refuses=True)
            _expect(smtp.docmd("data"), refuses=False, code=354)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MailError(f"the mail server broke off: {error}") from error
        except MailError:
            self._drop()  # the letter that was begun goes with the connection
            raise
        try:
            smtp.send(_DOT.sub(b"..", data) + b".\r\n")
            answer = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotKnownError(str(error)) from error
        _expect(answer, refuses=True)

    def close(self) -> None:
        """Take leave of the server."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            self._drop()
        try:
            self._smtp = self._open()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise MailError(f"the mail server {self._mail.host} cannot be used: {error}", unreachable=True) from error
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        mail, secure = self._mail, ssl.create_default_context()
        port = mail.port or _PORTS[mail.security]
        smtp: smtplib.SMTP
        if mail.security == "tls":
            smtp = smtplib.SMTP_SSL(mail.host, port, timeout=self._patience, context=secure)
        else:
            smtp = smtplib.SMTP(mail.host, port, timeout=self._patience)
        self._smtp = smtp  # from here on it is closed, whatever is refused
        smtp.ehlo_or_helo_if_needed()
        if mail.security == "starttls":
            smtp.starttls(context=secure)
            smtp.ehlo()
        if mail.user:
            smtp.login(mail.user, _password(mail))
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


@contextmanager
def posting(mail: MailSettings, patience: float = PATIENCE) -> Iterator[Post]:
    """A connection that is made when the first letter is sent, and closed at the end; raises `SettingsError`."""
    post = Post(mail, patience)
    try:
        yield post
    finally:
        post.close()


def _expect(answer: tuple[int, bytes], *, refuses: bool, code: int | None = None) -> None:
    """Raise `MailError` unless the server agrees. `refuses`: a 5xx answer here is of this letter, and for good."""
    number, said = answer
    if number == code or (code is None and number in (250, 251)):
        return
    words = said.decode(errors="replace")
    raise MailError(f"the mail server said {number} {words}", refused=refuses and 500 <= number < 600)


def _password(mail: MailSettings) -> str:
    try:
        return Path(mail.password_file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"[mail] password_file = {mail.password_file!r} cannot be read: {error}") from error
