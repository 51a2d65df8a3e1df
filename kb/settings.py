"""The whole configuration: a home directory, and in it an optional `touchstone.toml`."""

from __future__ import annotations

import codecs
import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from kb.errors import SettingsError
from kb.rights import Policy

_EVERY = re.compile(r"(\d{1,4}) ?(m|h|d)")
_NOT_ASKED = ("api_key", "email", "tool", "base")  # options that say how to ask and not what
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class JobSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A scheduled job: which source is asked what, and how often ("30m", "12h", "1d").

    `query` is in the source's own language, `options` are the source's further settings.
    """

    name: str
    source: str
    query: str
    every: str = "1d"
    options: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", self.name):
            raise ValueError(f"a job's name is of small letters, digits and hyphens, not {self.name!r}")
        if not _EVERY.fullmatch(self.every):
            raise ValueError(f"every = {self.every!r}: write minutes, hours or days as 30m, 12h, 1d")

    @property
    def key(self) -> str:
        """The name under which its state is kept: another source or query is another job, and begins anew."""
        asked = {name: value for name, value in self.options.items() if name not in _NOT_ASKED}
        said = msgspec.json.encode((self.source, self.query, asked), order="deterministic")
        return f"{self.name}#{sha256(said).hexdigest()[:12]}"

    @property
    def interval(self) -> timedelta:
        """The time between two runs."""
        found = _EVERY.fullmatch(self.every)
        assert found is not None
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


class ProviderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A provider of OpenID Connect through which people may sign in: what the button calls it, its address as it
    writes it itself (`issuer`), and the name under which it knows this service (`client_id`)."""

    name: str
    issuer: str
    client_id: str

    def __post_init__(self) -> None:
        host = urlsplit(self.issuer)
        if host.scheme != "https" and host.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError(f"issuer = {self.issuer!r}: an address that begins with https://")


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mail server that letters are handed to, and `from` whom they are.

    `site` is where readers find the pages ("https://evidence.example.org"): the links of a letter begin with it, and
    never with what a request says of its host. `security` is "starttls" (port 587), "tls" (465), or "none" (25), for a
    server on this machine. The password stands in a file of its own.
    """

    host: str
    site: str
    sender: str = msgspec.field(name="from")
    port: int | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password_file: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https?://[!-~]{1,200}[!-.0-~]", self.site) or set(self.site) & set('<>"?#'):
            raise ValueError(f"site = {self.site!r}: write it as https://evidence.example.org, without a last /")
        if self.user and self.security == "none":
            raise ValueError('a user signs in to the mail server with security = "starttls" or "tls" only')


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be set, with its defaults. `engine` is a name of `kb.index.ENGINES`; `semantic`: search by meaning too,
    where the extra of that name is installed; `max_payload` is in bytes.

    `contact` is an address of whoever runs this, told to the services that are asked. `allow_private` lets jobs
    fetch from private addresses. `public` says that strangers see the pages, so that `rights` rule them too: a
    policy for the abstracts of a source by its name, or for all others as `default` (see `kb.rights`).
    Through `provider` people may sign in. `proxies`: how many servers of ours pass requests on to this one.
    Without `mail` no letters are sent.
    """

    engine: str = "whoosh"
    semantic: bool = True
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 2
    max_payload: int = 64 * 2**20
    contact: str = ""
    allow_private: bool = False
    public: bool = False
    rights: dict[str, Policy] = {}
    jobs: tuple[JobSettings, ...] = ()
    provider: ProviderSettings | None = None
    proxies: int = 0
    mail: MailSettings | None = None

    def __post_init__(self) -> None:
        names = [each.name for each in self.jobs]
        if len(set(names)) < len(names):
            raise ValueError("two jobs have the same name")


def read_settings(home: Path) -> Settings:
    """The settings of `home`; raises `SettingsError` where the file does not hold settings."""
    path = home / "touchstone.toml"
    try:
        return msgspec.toml.decode(path.read_bytes().removeprefix(codecs.BOM_UTF8), type=Settings)
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: it is not UTF-8 (byte {error.start + 1}); save it as UTF-8") from error
    except RecursionError as error:
        raise SettingsError(f"{path}: its lists are nested too deeply") from error
    except (OSError, ValueError, msgspec.DecodeError) as error:  # ValueError: a number of thousands of digits
        raise SettingsError(f"{path}: {error}") from error
