"""Letters as they are handed to a mail server: what changed, the link to the answer, and the link that stops them.

Every letter has a stop-link in its text and in its headers `List-Unsubscribe` and `List-Unsubscribe-Post` (RFC 2369,
RFC 8058), so that a mail program can show a button for it. A letter is plain text, says counts, and gives no advice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from textwrap import wrap

import msgspec

from kb.alerts.address import checked_address
from kb.alerts.types import Letter
from kb.errors import SettingsError, WatchError
from kb.settings import MailSettings

_POLICY = SMTP.clone(max_line_length=998)  # a folded link is a broken link; RFC 5322 allows lines of 998
_WIDTH = 72
_SUBJECT = 120  # characters of a question in a subject
_NO_ADVICE = "This is evidence, and no advice for any one person. Of single studies the counts say nothing."


class Links(msgspec.Struct, frozen=True):
    """The whole addresses that a letter names."""

    answer: str
    stop: str


def change_letter(letter: Letter, links: Links, mail: MailSettings, at: datetime) -> EmailMessage:
    """The letter that tells of a change."""
    name = letter.event.question.name
    text = [
        *wrap(f"The answer to {name} has changed since it was looked at last:", _WIDTH),
        "",
        *_items(letter.event.lines),
        "",
        "The answer, with the studies behind every number:",
        links.answer,
        "",
        *wrap(_NO_ADVICE, _WIDTH),
    ]
    message = _message(f"Changed: the answer to {name}", letter.address, text, links, mail, at)
    domain = checked_sender(mail).domain
    message["Message-ID"] = f"<change.{letter.event.id}.{letter.watch}@{domain}>"
    return message


def question_letter(
    address: str, name: str, confirm: str | None, links: Links, mail: MailSettings, at: datetime
) -> EmailMessage:
    """The letter that asks for a yes: `confirm` is the link that says it, None where it was said before."""
    asked = f"Somebody, you perhaps, gave this address, to be told when the answer to {name} changes."
    if confirm:
        text = [*wrap(f"{asked} If you want that, say so here within seven days:", _WIDTH), confirm, ""]
        text += wrap("If you do not, do nothing. The address is then forgotten, and nothing more is sent.", _WIDTH)
    else:
        text = wrap(f"{asked} You are told of it already, so nothing needs to be done.", _WIDTH)
    subject = "Do you want to be told when an answer changes?" if confirm else "You are told of this answer already"
    return _message(subject, address, [*text, "", "The answer as it is now:", links.answer], links, mail, at)


def checked_sender(mail: MailSettings) -> Address:
    """Whom letters are from; raises `SettingsError` where `from` is no address, alone or as "Name <address>"."""
    name, address = parseaddr(mail.sender) if mail.sender.isprintable() else ("", "")
    try:
        return Address(name, addr_spec=checked_address(address))
    except (ValueError, WatchError) as error:
        raise SettingsError(f"[mail] from = {mail.sender!r} is no address to send from: {error}") from error


def _message(
    subject: str, to: str, text: Sequence[str], links: Links, mail: MailSettings, at: datetime
) -> EmailMessage:
    """A letter; `ValueError` where a header would hold an end of line: `EmailMessage` refuses it."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = checked_sender(mail)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject if len(subject) <= _SUBJECT else f"{subject[:_SUBJECT]}…"
    message["Date"] = format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    message["List-Unsubscribe"] = f"<{links.stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    end = ["", "-- ", "To stop these letters, without signing in:", links.stop]
    message.set_content("\n".join([*text, *end]) + "\n", cte="quoted-printable")
    return message


def _items(lines: Sequence[str]) -> list[str]:
    return [each for line in lines for each in wrap(f"* {line}", _WIDTH, subsequent_indent="  ")]
