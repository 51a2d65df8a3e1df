"""The tools of others that `benchmarks/pages.py` asks: the Nu validator (Java) and Lighthouse (node, Chromium).

Both come from npm into a folder of their own, never into the project. What is not there gives None: not measured, which
is never the same as passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import msgspec

from run import BROWSERS

PACKAGES = ("vnu-jar@26", "lighthouse@12")  # Lighthouse 13 wants node 22
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
CATEGORIES = ("performance", "accessibility", "best-practices")
GOOD = 0.9  # Lighthouse's own limit between good and middling
# CSS that the validator does not know though the standard has it: css-contain-3 (container queries) in 26.9.27.
NEWER = ("container-type", "@container", "container queries")

Kind = Literal["html", "css", "svg"]
Screen = Literal["desktop", "mobile"]


class Complaint(msgspec.Struct, frozen=True):
    """What the validator says of a file. `type` is error or warning; `newer`: it is the validator that is behind."""

    file: str
    type: str
    line: int
    message: str
    newer: bool


class Scores(msgspec.Struct, frozen=True):
    """Lighthouse's scores of a page, 0 to 100, what it would have better, and the bytes and requests it saw."""

    page: str
    screen: Screen
    scores: dict[str, int]
    findings: tuple[str, ...]
    requests: int
    bytes: int
    elsewhere: int


def install(folder: Path) -> None:
    """Fetch the tools from npm."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def validated(tools: Path | None, kind: Kind, files: Sequence[Path]) -> tuple[Complaint, ...] | None:
    """What the Nu validator says of `files`, all in one go; None where it or Java is not there."""
    jar = _found(tools, "vnu-jar/build/dist/vnu.jar")
    if jar is None or not shutil.which("java") or not files:
        return None
    command = ["java", "-jar", str(jar), f"--{kind}", "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, files)], check=True, capture_output=True, text=True)
    said = msgspec.json.decode(done.stdout)["messages"]
    return tuple(_complaint(each) for each in said if each["type"] != "info" or each.get("subType") == "warning")


def lighthouse(tools: Path | None, page: str, url: str, screen: Screen) -> Scores | None:
    """Lighthouse's view of `url`; None where it or Chromium is not there, or it came to no end."""
    script = _found(tools, "lighthouse/cli/index.js")
    chromium = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, BROWSERS)), None)
    node = shutil.which("node")
    if script is None or chromium is None or node is None:
        return None
    command = [node, str(script), url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", *(["--preset=desktop"] if screen == "desktop" else [])]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium}
    )
    return _scores(page, screen, msgspec.json.decode(done.stdout)) if done.returncode == 0 else None


def _found(tools: Path | None, within: str) -> Path | None:
    path = tools / "node_modules" / within if tools else None
    return path if path and path.exists() else None


def _complaint(said: dict[str, Any]) -> Complaint:
    message = said["message"]
    kind = "error" if said["type"] == "error" else "warning"
    newer = any(each in message or each in said.get("extract", "") for each in NEWER) and message.startswith("CSS")
    return Complaint(Path(unquote(said.get("url", ""))).name, kind, said.get("lastLine", 0), message, newer)


def _scores(page: str, screen: Screen, told: dict[str, Any]) -> Scores | None:
    if any(told["categories"][each]["score"] is None for each in CATEGORIES):
        return None
    audits = told["audits"]
    loaded = audits["network-requests"]["details"]["items"]
    host = told["finalDisplayedUrl"].split("/")[2]
    return Scores(
        page=page,
        screen=screen,
        scores={each: round(told["categories"][each]["score"] * 100) for each in CATEGORIES},
        findings=tuple(
            f"{category}: {audit['title']} {audit.get('displayValue', '')}".strip()
            for category in CATEGORIES
            for each in told["categories"][category]["auditRefs"]
            if each["weight"] and (audit := audits[each["id"]])["score"] is not None and audit["score"] < GOOD
        ),
        requests=len(loaded),
        bytes=sum(each["transferSize"] for each in loaded),
        elsewhere=sum(each["url"].split("/")[2] != host for each in loaded if each["url"].startswith("http")),
    )
