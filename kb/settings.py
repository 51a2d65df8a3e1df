"""The whole configuration: a home directory, and in it an optional `touchstone.toml`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kb.errors import SettingsError


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be set, with its defaults. `engine` is a name of `kb.index.ENGINES`; `max_payload` is in bytes."""

    engine: str = "whoosh"
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 2
    max_payload: int = 64 * 2**20


def read_settings(home: Path) -> Settings:
    """The settings of `home`; raises `SettingsError` where the file does not hold settings."""
    path = home / "touchstone.toml"
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
