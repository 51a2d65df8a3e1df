"""How good and how light the pages are: bytes, requests, HTML and CSS errors, Lighthouse's scores, reading age.

    python benchmarks/pages.py [--site URL | --home FOLDER] [--tools FOLDER [--install]] [--no-lighthouse] [--json FILE]

Opens every family of pages in its states, on a running site, over a home, or, without either, over the curated corpus
as `touchstone demo` shows it. Bytes and requests need nothing. The Nu validator (Java) and Lighthouse (node, Chromium)
are taken from FOLDER, into which `--install` puts them with npm; reading age needs the extra `bench`. What is not there
is told as not measured, and is not passed. Ends with 1 where a page is not answered as it should be, is over the goal,
asks another host for anything, or has an HTML or CSS error.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias, get_args

import msgspec
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.page_tools import CATEGORIES, Complaint, Scores, Screen, install, lighthouse, validated  # noqa: E402
from benchmarks.page_weight import Page, Weigher  # noqa: E402
from benchmarks.page_words import WANTED, grades  # noqa: E402
from benchmarks.serving_home import serving, touchstone  # noqa: E402

GOAL = 60_000  # bytes over the wire, all that a first visit asks for
HARDEST = 12  # sentences that are named
PATHS = {
    "home": "/",
    "answer": "/search?q=does+massage+help+people+with+fibromyalgia+sleep%3F",
    "all": "/search",
    "narrowed": "/search?q=massage&design=rct&sort=newest",
    "page 2": "/search?q=massage&page=2",
    "word by word": "/search?q=massage&literal=1",
    "misspelt": "/search?q=masage",
    "noted": "/search?q=ma*+colour%3Ared",
    "nothing found": "/search?q=massage+for+astronauts&condition=nothing",
    "topics": "/topics",
    "condition": "/topics/fibromyalgia",
    "technique": "/topics/massage_unspecified",
    "outcome": "/topics/pain",
    "bare topic": "/topics/reiki",
    "brief": "/brief?condition=fibromyalgia",
    "about": "/about",
}
ABSENT = {"absent": "/absent", "absent publication": "/publications/absent"}
SCORED = ("answer", "publication", "condition")  # one page of each family that is heavy

Found: TypeAlias = tuple[Complaint, ...] | None


class Measured(msgspec.Struct, frozen=True):
    """All that was measured; None is not measured."""

    pages: tuple[Page, ...]
    complaints: Found
    styles: Found
    pictures: Found
    scores: tuple[Scores | None, ...] | None


def main() -> int:
    """Run the command; 1 where a page misses what is asked of all."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = cli.add_mutually_exclusive_group()
    where.add_argument("--site", help="the address of running pages")
    where.add_argument("--home", type=Path, help="a home to serve")
    cli.add_argument("--tools", type=Path, help="the folder of the npm tools")
    cli.add_argument("--install", action="store_true", help="fetch them into it")
    cli.add_argument("--no-lighthouse", action="store_true", help="it takes half a minute a page")
    cli.add_argument("--json", type=Path)
    given = cli.parse_args()
    print(f"python {' '.join(sys.argv)}\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    if given.install:
        install(given.tools)
    with ExitStack() as stack:
        site = given.site or _served(given.home, stack)
        pages = tuple(visit(Weigher(site)))
        print("\n".join(_weights(pages)), flush=True)
        measured = _with_tools(pages, site, given)
    print("\n".join([*_valid(measured), *_scored(measured), *_aged({each.name: each.html for each in pages})]))
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(measured)))
    return int(any(missed(measured)))


def visit(weigher: Weigher) -> Iterator[Page]:
    """Every page, and the first three publications that a search shows."""
    for name, path in PATHS.items():
        yield weigher.page(name, path)
    shown = BeautifulSoup(weigher.file("/search"), "html.parser").select(".title a[href^='/publications/']")
    for name, each in zip(("publication", "publication 2", "publication 3"), shown, strict=False):
        yield weigher.page(name, str(each["href"]))
    for name, path in ABSENT.items():
        yield weigher.page(name, path)


def missed(measured: Measured) -> Iterator[str]:
    """What is not as it should be, in words."""
    for each in measured.pages:
        if each.status != (404 if each.name in ABSENT else 200):
            yield f"{each.name}: status {each.status}"
        if each.wire + each.others > GOAL:
            yield f"{each.name}: {each.wire + each.others} bytes"
        yield from (f"{each.name} asks {url}" for url in each.elsewhere)
    for several in (measured.complaints, measured.styles, measured.pictures):
        yield from (_line(each) for each in several or () if each.type == "error" and not each.newer)


def _served(home: Path | None, stack: ExitStack) -> str:
    if home is None:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (home / "touchstone.toml").write_text("semantic = false\n")
        command = touchstone(home, "ingest", "file", str(ROOT / "corpus" / "studies"))
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    _, port = stack.enter_context(serving(home, 1))
    return f"http://127.0.0.1:{port}"


def _with_tools(pages: Sequence[Page], site: str, given: argparse.Namespace) -> Measured:
    tools, weigher = given.tools, Weigher(site)
    with tempfile.TemporaryDirectory() as folder:
        held = [_kept(Path(folder) / f"{each.name}.html", each.html) for each in pages]
        style = _kept(Path(folder) / "touchstone.css", weigher.file("/static/touchstone.css"))
        icon = _kept(Path(folder) / "touchstone.svg", weigher.file("/static/touchstone.svg"))
        plot = _kept(Path(folder) / "tally.svg", weigher.file("/tally.svg?q=massage"))
        complaints, styles = validated(tools, "html", held), validated(tools, "css", [style])
        pictures = validated(tools, "svg", [icon, plot])
    asked = [(each, screen) for each in pages if each.name in SCORED for screen in get_args(Screen)]
    scores = None
    if not given.no_lighthouse:
        scores = tuple(lighthouse(tools, each.name, each.url, screen) for each, screen in asked)
    return Measured(tuple(pages), complaints, styles, pictures, scores if scores and any(scores) else None)


def _kept(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _weights(pages: Sequence[Page]) -> Iterator[str]:
    yield f"\n{'bytes over the wire, gzip':<26}{'page':>9}{'all':>9}{'requests':>10}{'elsewhere':>11}{'status':>8}"
    for each in pages:
        over = "  OVER THE GOAL" if each.wire + each.others > GOAL else ""
        sizes = f"{each.wire:>9,}{each.wire + each.others:>9,}{each.requests:>10}{len(each.elsewhere):>11}"
        yield f"{each.name:<26}{sizes}{each.status:>8}{over}"
    yield f"goal: under {GOAL:,} in all, nothing elsewhere"


def _valid(measured: Measured) -> Iterator[str]:
    for name, found in (("HTML", measured.complaints), ("CSS", measured.styles), ("SVG", measured.pictures)):
        if found is None:
            yield f"\n{name}, Nu validator: not measured"
            continue
        errors = [each for each in found if each.type == "error" and not each.newer]
        newer, warnings = sum(each.newer for each in found), sum(each.type == "warning" for each in found)
        later = f", {newer} that the validator does not know yet" if newer else ""
        yield f"\n{name}, Nu validator: {len(errors)} errors, {warnings} warnings{later}"
        yield from dict.fromkeys(map(_line, [*errors, *(each for each in found if each.type == "warning")]))


def _line(said: Complaint) -> str:
    return f"  {said.file}:{said.line} {said.type}: {said.message}"


def _scored(measured: Measured) -> Iterator[str]:
    if measured.scores is None:
        yield "\nLighthouse: not measured"
        return
    yield f"\n{'Lighthouse':<26}{''.join(f'{each:>16}' for each in CATEGORIES)}{'requests':>10}{'bytes':>9}"
    for each in measured.scores:
        if each is None:
            yield "a page: not measured"
            continue
        cells = "".join(f"{each.scores[category]:>16}" for category in CATEGORIES)
        yield f"{f'{each.page}, {each.screen}':<26}{cells}{each.requests:>10}{each.bytes:>9,}"
        yield from (f"  {finding}" for finding in each.findings)


def _aged(pages: Mapping[str, str]) -> Iterator[str]:
    told = grades(pages)
    if told is None:
        yield "\nFlesch-Kincaid grade of our own sentences: not measured (it needs the extra `bench`)"
        return
    of_pages, hard = told
    yield f"\n{'Flesch-Kincaid grade':<26}{'grade':>9}{'sentences':>11}{'words':>8}"
    for name, each in of_pages.items():
        yield f"{name:<26}{each.grade:>9.1f}{each.sentences:>11}{each.words:>8}"
    yield f"wanted: {WANTED[0]:.0f} to {WANTED[1]:.0f}, twelve to fourteen years; the hardest sentences:"
    yield from (f"{grade:>6.1f}  {sentence}" for grade, sentence in hard[:HARDEST])


if __name__ == "__main__":
    sys.exit(main())
