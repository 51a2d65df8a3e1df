"""A file of settings that cannot be read is named, with what is wrong, and ends the command with its exit code."""

from __future__ import annotations

import codecs
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import SettingsError
from kb.settings import Settings, read_settings
from tests.conftest import ROOT

BROKEN = {
    "Latin-1": ('contact = "M\u00fcller"'.encode("latin-1"), "not UTF-8"),
    "UTF-16": ("port = 8081".encode("utf-16"), "not UTF-8"),
    "no TOML": (b"port 8081", "line 1"),
    "deep": (b"x = " + b"[" * 50_000, "too deeply"),
    "a huge number": (b"port = " + b"9" * 5000, "digits"),
    "an unknown name": (b"prot = 8081", "prot"),
    "a provider that all can listen to": (
        b"[provider]\nname = 'x'\nissuer = 'http://example.org'\nclient_id = 'x'",
        "https",
    ),
}


@pytest.mark.parametrize(("body", "says"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_with_the_settings_is_said(body: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "touchstone.toml").write_bytes(body)
    with pytest.raises(SettingsError, match=says) as raised:
        read_settings(tmp_path)
    assert str(tmp_path / "touchstone.toml") in str(raised.value)


def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "touchstone.toml").write_bytes(codecs.BOM_UTF8 + b"port = 8081")
    assert read_settings(tmp_path) == Settings(port=8081)


def test_the_command_ends_with_the_exit_code_of_an_unusable_home(tmp_path: Path) -> None:
    (tmp_path / "touchstone.toml").write_bytes(BROKEN["Latin-1"][0])
    command = [sys.executable, str(ROOT / "touchstone.py"), "--home", str(tmp_path), "search", "massage"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "UTF-8" in done.stderr
