"""The door to the mail server: what is secured, what is signed in with, and what a server may not be told in clear."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from kb.alerts.post import posting
from kb.errors import MailError, SettingsError
from kb.settings import MailSettings, read_settings
from tests.servers.mail import MailServer, mail_server

TO = "reader@example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that signs itself, with its key in the same file."""
    if not (openssl := shutil.which("openssl")):
        pytest.skip("openssl is not here")
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "both.pem"
    about = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(made)]
    subprocess.run([openssl, *new, *about], check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made


@pytest.fixture
def mail(tmp_path: Path) -> MailSettings:
    (tmp_path / "password").write_text("a secret\n")
    return MailSettings(
        host="127.0.0.1",
        site="https://evidence.example.org",
        sender="touchstone@example.org",
        user="touchstone",
        password_file=str(tmp_path / "password"),
    )


def letter(text: str = "Invented.\n") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Invented"
    made.set_content(text)
    return made


def at(mail: MailSettings, server: MailServer, **other: str) -> MailSettings:
    return msgspec.structs.replace(mail, port=server.port, **other)


def secured(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_the_password_is_told_to_a_server_that_is_known(
    certificate: Path, mail: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(secured(certificate)) as server, posting(at(mail, server)) as post:
        post.send(letter(), TO)
        post.send(letter(), TO)
    assert server.signed_in == [(b"touchstone", b"a secret")]
    assert server.to == [TO, TO]


def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_letter(
    certificate: Path, mail: MailSettings
) -> None:
    with mail_server(secured(certificate)) as server:
        refused = pytest.raises(MailError, match="certificate")
        with posting(msgspec.structs.replace(mail, port=server.port)) as post, refused as told:
            post.send(letter(), TO)
    assert told.value.unreachable
    assert (server.signed_in, server.letters) == ([], [])


def test_a_server_without_starttls_gets_neither_password_nor_letter(mail: MailSettings) -> None:
    with mail_server() as server, posting(at(mail, server)) as post, pytest.raises(MailError):
        post.send(letter(), TO)
    assert (server.signed_in, server.letters) == ([], [])


def test_a_line_of_one_dot_does_not_end_a_letter(mail: MailSettings) -> None:
    with mail_server() as server, posting(at(mail, server, security="none", user="")) as post:
        post.send(letter("one\n.\n..two\nthree\n"), TO)
    assert server.letters[0].get_content().splitlines() == ["one", ".", "..two", "three"]


def test_a_password_that_cannot_be_read_is_a_matter_of_settings(
    certificate: Path, mail: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(secured(certificate)) as server:
        lost = msgspec.structs.replace(mail, port=server.port, password_file="/nonexistent/password")
        with posting(lost) as post, pytest.raises(SettingsError, match="password_file"):
            post.send(letter(), TO)


@pytest.mark.parametrize(
    "line",
    [
        'site = "evidence.example.org"',
        'site = "https://e.example/"',
        'site = "https://e.org>\\r\\nBcc: v"',
        "port = -",
    ],
)
def test_settings_that_no_letter_can_be_sent_with_are_refused(tmp_path: Path, line: str) -> None:
    given = 'host = "h"\nfrom = "t@example.org"\n' + ("" if line.startswith("site") else 'site = "https://e.example"\n')
    (tmp_path / "touchstone.toml").write_text(f"[mail]\n{given}{line}\n")
    with pytest.raises(SettingsError):
        read_settings(tmp_path)


def test_no_password_goes_over_an_open_line(tmp_path: Path) -> None:
    (tmp_path / "touchstone.toml").write_text(
        '[mail]\nhost = "h"\nfrom = "t@e.org"\nsite = "https://e.org"\nuser = "u"\nsecurity = "none"\n'
    )
    with pytest.raises(SettingsError, match="starttls"):
        read_settings(tmp_path)
