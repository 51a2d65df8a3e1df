"""The benchmarks, on a little: all is invented.

Predictions: every task reads a file of its shape and never looks at the labels. Search: every way of asking runs. Pages
and serving: they are measured, and what is amiss is found.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from benchmarks.citing import compare, report
from benchmarks.citing_differences import STYLES
from benchmarks.page_tools import Complaint
from benchmarks.page_weight import Page, Weigher
from benchmarks.pages import ABSENT, PATHS, Measured, missed
from benchmarks.serving_corpus import KINDS, questions
from benchmarks.tasks import TASKS
from kb.vocabulary import Vocabulary
from tests.conftest import ROOT
from tests.servers.wsgi import serving

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

ABSTRACT = (
    "BACKGROUND: Weavers hurt. METHODS: Forty women with back pain were randomly assigned to massage (n = 20) or rest "
    "(n = 20), 30 minutes twice a week for five weeks. The primary outcome was pain. RESULTS: Pain was significantly "
    "lower in the massage group than in the rest group (p = .01). CONCLUSION: Massage reduced pain."
)
SENTENCES = [f"{each}." for each in ABSTRACT.rstrip(".").split(". ")]
ROWS: dict[str, dict[str, Any]] = {
    "roles": {"id": "1", "sentences": SENTENCES, "labels": ["X"] * len(SENTENCES), "headings": []},
    "sample_size": {"pmid": "1", "text": ABSTRACT, "n_total": [7], "n_intervention": [3], "n_control": [4]},
    "direction": {
        "id": "1",
        "abstract": ABSTRACT,
        "outcome": "pain",
        "intervention": "massage",
        "comparator": "rest",
        "label": "increased",
        "evidence": ["Nothing."],
        "evidence_in_abstract": [False],
    },
    "design": {"pmid": "1", "title": "Weavers", "abstract": ABSTRACT, "is_rct": False},
    "primary_endpoint": {"id": "1", "title": "Weavers", "abstract": ABSTRACT, "label": "Negative"},
    "pico": {"pmid": "1", "sentences": [["Forty", "women"], ["had", "massage", "."]], "labels": [["O"] * 2, ["O"] * 3]},
    "domain": {"id": "1", "title": "Weavers", "text": ABSTRACT, "sentences": SENTENCES, "gold": {"n_total": 7}},
}
SAID: dict[str, dict[str, Any]] = {
    "sample_size": {"n_total": 40, "n_arms": [20, 20]},
    "direction": {"label": "decreased"},
    "design": {"is_rct": True},
    "primary_endpoint": {"label": "Positive"},
    "domain": {
        "design": "rct",
        "n_total": 40,
        "dose": {"session_min": 30, "sessions_per_week": 2, "weeks": 5, "sessions_total": None},
        "harms": "not_mentioned",
    },
}


@pytest.mark.parametrize("task", TASKS)
def test_a_file_of_the_tasks_shape_gives_predictions(task: str, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(ROWS[task]) + "\n\n")
    command = [sys.executable, "benchmarks/extraction.py", "predict", task, str(source), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (said,) = (json.loads(line) for line in out.read_text().splitlines())
    assert {name: said[name] for name in SAID.get(task, {})} == SAID.get(task, {})
    if "labels" in ROWS[task]:
        assert [len(each) for each in said["labels"]] == [len(each) for each in ROWS[task]["labels"]] or task == "roles"
        assert len(said["labels"]) == len(ROWS[task]["labels"])


def test_every_task_is_tried() -> None:
    assert set(ROWS) == set(TASKS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "OR of 4 + all facets, tally"),
        (["--parity", "22"], "150 documents, 22 questions: equal: "),
        (["--hostile"], "hostile questions"),
    ],
)
def test_search_is_measured(options: list[str], said: str, tmp_path: Path) -> None:
    given = ["--documents", "150", "--questions", "1", "--shared", str(tmp_path)]
    command = [sys.executable, "benchmarks/search.py", *given, *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said in done.stdout, done.stderr


ITEM: dict[str, Any] = {
    "id": "w1",
    "type": "article-journal",
    "title": "Weaving in invented 'weavers'",
    "author": [{"family": "Weaver", "given": "W. B."}, {"family": "Loom", "given": "L.", "suffix": "3rd"}],
    "container-title": "J Invent Trials",
    "issued": {"date-parts": [[2011]]},
    "page": "e12",
    "DOI": "10.5555/WEAVERS",
    "PMID": "990000001",
}
PROCESSED = {
    "apa": (
        "Weaver, W. B., & Loom, L., 3rd. (2011). Weaving in invented ‘weavers.’ <i>J Invent Trials</i>, e12."
        " https://doi.org/10.5555/WEAVERS"
    ),
    "american-medical-association": (
        "1. Weaver WB, Loom L 3rd. Weaving in invented ‘weavers.’ J Invent Trials. Published online 2011:e12."
        " doi:10.5555/WEAVERS"
    ),
    "nlm-citation-sequence": (
        "1. Weaver WB, Loom L 3rd. Weaving in invented ‘weavers.’ J Invent Trials. 2011;e12."
        " doi:10.5555/WEAVERS PubMed PMID: 990000001."
    ),
}


@pytest.mark.parametrize(("fault", "left"), [("", 0), ("Spool ", 1)])
def test_citations_are_compared_and_every_difference_has_its_class(fault: str, left: int, tmp_path: Path) -> None:
    (tmp_path / "items.csl.json").write_text(json.dumps([ITEM]))
    for style, said in PROCESSED.items():
        (tmp_path / f"expected__{style}.json").write_text(
            json.dumps({"w1": said.replace("Weaving", f"{fault}Weaving")})
        )
    command = [sys.executable, "benchmarks/citing.py", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    for style in STYLES:
        assert f"{style}: 0 of 1 the same, {1 - left} (" in done.stdout, done.stderr
    assert done.stdout.count(f"{left} left over") == len(STYLES)
    assert ("1 capitals of a DOI" in done.stdout) == (not left)
    assert ("1 rank in a family" in done.stdout) == (not left)


def test_real_literature_is_cited_as_citeproc_cites_it(shared: Path) -> None:
    folder = shared / "cases" / "csl"
    if not folder.is_dir():
        pytest.skip("the items are not here")
    for each in compare(folder):
        assert each.items >= 1_408
        assert each.share >= 0.995, "\n".join(report(each))


def test_pages_are_measured() -> None:
    command = [sys.executable, "benchmarks/pages.py", "--no-lighthouse"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines() if line.endswith((" 200", " 404"))]
    assert len(rows) == len(PATHS) + len(ABSENT) + 3
    for said in ("HTML, Nu validator: not measured", "CSS, Nu validator: not measured", "Lighthouse: not measured"):
        assert said in done.stdout


FILES = {
    "/": (
        b'<!doctype html><link rel="stylesheet" href="a.css"><link rel="canonical" href="https://example.org/">'
        b'<img src="a.svg" alt=""><img src="data:image/png;base64,AA" alt=""><script src="https://example.com/x.js"></script>'
    ),
    "/a.css": b'@import "b.css"; p { background: url("a.svg") } b { background: url(https://example.net/c.png) }',
    "/b.css": b"p { margin: 0 }",
    "/a.svg": b"<svg/>",
}


def _site(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    body = gzip.compress(FILES[environ["PATH_INFO"]])
    start_response("200 OK", [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def weighed() -> Iterator[Page]:
    with serving(_site) as address:
        yield Weigher(address).page("invented", "/")


def test_a_page_is_weighed_with_all_that_it_asks_for(weighed: Page) -> None:
    sizes = {name: len(gzip.compress(each)) for name, each in FILES.items()}
    assert weighed.wire == sizes["/"]
    assert weighed.others == sizes["/a.css"] + sizes["/b.css"] + sizes["/a.svg"]
    assert weighed.requests == 6
    assert weighed.elsewhere == ("https://example.com/x.js", "https://example.net/c.png")
    assert weighed.html == FILES["/"].decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"status": 500}, ["invented: status 500"]),
        ({"name": "absent"}, ["absent: status 200"]),
        ({"others": 60_000}, ["invented: 60001 bytes"]),
        ({"elsewhere": ("https://example.com/",)}, ["invented asks https://example.com/"]),
    ],
)
def test_a_page_that_misses_its_goals_is_named(changes: dict[str, Any], said: list[str]) -> None:
    page = Page("invented", "http://127.0.0.1/", 200, "", 1, 0, 1, ())
    assert list(missed(Measured((msgspec.structs.replace(page, **changes),), None, None, None, None))) == said


def test_what_the_validator_calls_an_error_is_missed_unless_the_validator_is_behind() -> None:
    wrong = Complaint("a.html", "error", 3, "Stray end tag.", newer=False)
    behind, warned = (msgspec.structs.replace(wrong, **each) for each in ({"newer": True}, {"type": "warning"}))
    measured = Measured((), (wrong, warned), (behind,), None, None)
    assert list(missed(measured)) == ["  a.html:3 error: Stray end tag."]


def test_serving_is_measured(tmp_path: Path) -> None:
    given = ["--documents", "40", "--questions", "10", "--users", "1", "3", "--workers", "1", "--keep", str(tmp_path)]
    command = [sys.executable, "benchmarks/serving.py", *given, "--json", str(tmp_path / "told.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "told.json").read_text())
    assert told["built"]["documents"] == 40
    assert [(each["users"], len(each["got"])) for each in told["rounds"]] == [(1, 10), (3, 10)]
    assert all(each["size"] > 1_000 for one in told["rounds"] for each in one["got"])
    profiled = [sys.executable, "benchmarks/serving.py", *given, "--profile"]
    again = subprocess.run(profiled, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "_answer" in again.stdout, again.stderr


def test_no_question_is_asked_twice(vocabulary: Vocabulary) -> None:
    several = questions(600, vocabulary)
    assert len({each.path for each in several}) == 600
    assert {each.kind for each in several} == set(KINDS)
    assert several[:50] == questions(50, vocabulary)
