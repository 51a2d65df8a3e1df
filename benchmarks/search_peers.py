"""What `benchmarks/search.py` compares: our engines, and others that answer the same question in their usual way.

Each takes documents in, and gives the ids of the best and how many match; where facets are asked for, their counts
over all that match. Ours answer the tree, without the reading of a question; the others get the words as written and
analyse them themselves. FTS5 gives the page alone, as counting would double its time.
"""

from __future__ import annotations

import importlib
import importlib.util
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from whoosh import sorting

from benchmarks.search_corpus import Question
from kb.facets import COUNTED
from kb.index import ENGINES
from kb.index.document import Document
from kb.index.tree import Request
from kb.index.whoosh_engine import WhooshEngine
from kb.index.whoosh_plain import PlainWhooshEngine
from kb.index.whoosh_query import compiled

FOUR = ("condition", "technique", "design", "outcome")
WANTED: dict[str, tuple[str, ...]] = {"none": (), "four": FOUR, "all": (*COUNTED, "vote")}
TITLE = 0.3  # the weight of a title beside all the text, as in our own ranking


class Peer(Protocol):
    """An engine that is open; whoever opens it knows the folder."""

    def apply(self, documents: Sequence[Document]) -> None:
        """Take in new documents and commit them."""

    def refresh(self) -> None:
        """See the last commit."""

    def search(self, question: Question, limit: int) -> tuple[str, ...]:
        """The ids of the best, the facets that are wanted having been counted."""

    def close(self) -> None:
        """Let go of the folder."""


class Ours:
    """An engine of the table. Its answers count all facets and the tally, so only four are let through for four."""

    def __init__(self, name: str, folder: Path, writable: bool) -> None:
        self.engine = ENGINES[name](folder, writable=writable)

    def apply(self, documents: Sequence[Document]) -> None:
        self.engine.apply(documents)

    def refresh(self) -> None:
        self.engine.refresh()

    def search(self, question: Question, limit: int) -> tuple[str, ...]:
        """Our engines count all facets and the tally where four facets are asked for: they always do."""
        if isinstance(self.engine, WhooshEngine):
            self.engine._reading.forget()  # no engine may profit from having been asked the same before
        request = Request(tree=question.tree(), limit=limit, counted=question.counted != "none")
        return self.engine.search(request).ids

    def close(self) -> None:
        self.engine.close()


class Usual:
    """Whoosh as its documentation has it: a searcher that is asked for the best alone, and counts facets itself.

    Its facets are groups of one field, which holds the values of all of them; it knows no tally.
    """

    def __init__(self, folder: Path, writable: bool) -> None:
        self._engine = PlainWhooshEngine(folder, writable=writable)

    def apply(self, documents: Sequence[Document]) -> None:
        self._engine.apply(documents)

    def refresh(self) -> None:
        self._engine.refresh()

    def search(self, question: Question, limit: int) -> tuple[str, ...]:
        searcher, grouped = self._engine._searcher, None
        if question.counted != "none":
            grouped = {"facets": sorting.FieldFacet("facet", allow_overlap=True, maptype=sorting.Count)}
        hits = searcher.search(compiled(question.tree(), searcher), limit=limit, groupedby=grouped)
        if grouped:
            hits.groups("facets")
        return tuple(str(each.docnum) for each in hits)

    def close(self) -> None:
        self._engine.close()


class Tantivy:
    """Tantivy as it comes: its English analysis, its query parser, its aggregations."""

    def __init__(self, folder: Path, writable: bool) -> None:
        self._library: Any = importlib.import_module("tantivy")
        folder.mkdir(parents=True, exist_ok=True)
        schema = self._library.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title", "body"):
            schema.add_text_field(name, tokenizer_name="en_stem")
        for name in ("year", "n"):
            schema.add_integer_field(name, indexed=True, fast=True)
        for name in WANTED["all"]:
            schema.add_text_field(f"{name}_is", fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = schema.build()
        self._index = self._library.Index(self._schema, path=str(folder))
        self._writer = self._index.writer(num_threads=1) if writable else None
        self.refresh()

    def apply(self, documents: Sequence[Document]) -> None:
        assert self._writer is not None
        for each in documents:
            held = self._library.Document()
            held.add_text("id", each.id)
            held.add_text("title", _title(each))
            held.add_text("body", _body(each))
            for name, number in (("year", each.year), ("n", each.n)):
                if number is not None:
                    held.add_integer(name, number)
            for name, value in _facets(each):
                held.add_text(f"{name}_is", value)
            self._writer.add_document(held)
        self._writer.commit()
        self.refresh()

    def refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: Question, limit: int) -> tuple[str, ...]:
        asked = self._query(question)
        found = self._searcher.search(asked, limit, count=True)
        if wanted := WANTED[question.counted]:
            self._searcher.aggregate(
                asked, {each: {"terms": {"field": f"{each}_is", "size": 9_999}} for each in wanted}
            )
        return tuple(self._searcher.doc(place)["id"][0] for _, place in found.hits)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()

    def _query(self, question: Question) -> Any:
        if question.join == "prefix":
            return self._library.Query.regex_query(self._schema, "body", f"{question.words[0]}.*")
        between = {"and": " AND ", "or": " OR ", "phrase": " "}[question.join]
        words = between.join(question.words)
        years = f" AND year:[{question.years[0]} TO {question.years[1]}]" if question.years else ""
        text = f'"{words}"' if question.join == "phrase" else f"({words}){years}"
        return self._index.parse_query(text, ["title", "body"], {"title": TITLE})


class Fts5:
    """SQLite's own full text index; facets are counted from a table of numbers, stored in the order of its key."""

    def __init__(self, folder: Path, writable: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "fts5.sqlite")
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA mmap_size = 2147483648; PRAGMA cache_size = -65536;")
        if writable:
            self._db.executescript(
                f"""
                CREATE TABLE IF NOT EXISTS document (number INTEGER PRIMARY KEY, id TEXT UNIQUE, year INTEGER);
                CREATE INDEX IF NOT EXISTS by_year ON document (year);
                CREATE TABLE IF NOT EXISTS value (number INTEGER PRIMARY KEY, value TEXT UNIQUE);
                CREATE TABLE IF NOT EXISTS facet (document INTEGER, facet INTEGER, value INTEGER,
                                                  PRIMARY KEY (document, facet, value)) WITHOUT ROWID;
                CREATE VIRTUAL TABLE IF NOT EXISTS words USING
                    fts5 (title, body, content = '', tokenize = 'porter unicode61');
                INSERT INTO words (words, rank) VALUES ('rank', 'bm25({TITLE}, 1.0)');
                """
            )

    def apply(self, documents: Sequence[Document]) -> None:
        with self._db:
            for each in documents:
                row = (each.id, each.year)
                number = self._db.execute("INSERT INTO document (id, year) VALUES (?, ?)", row).lastrowid
                text = (number, _title(each), _body(each))
                self._db.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", text)
                facets = [(number, WANTED["all"].index(name), value) for name, value in _facets(each)]
                self._db.executemany("INSERT OR IGNORE INTO value (value) VALUES (?)", ((one[2],) for one in facets))
                self._db.executemany(
                    "INSERT INTO facet SELECT ?, ?, number FROM value WHERE value = ?", dict.fromkeys(facets)
                )

    def refresh(self) -> None:
        """A query sees the last commit."""

    def search(self, question: Question, limit: int) -> tuple[str, ...]:
        between = {"and": " AND ", "or": " OR ", "phrase": " ", "prefix": ""}[question.join]
        words = between.join(question.words)
        asked = f'"{words}"' if question.join == "phrase" else f"{words}*" if question.join == "prefix" else words
        years = question.years or (None, None)
        matching = "FROM words JOIN document ON number = words.rowid WHERE words MATCH ?"
        if question.years:
            matching += f" AND year BETWEEN {years[0]} AND {years[1]}"
        page = self._db.execute(f"SELECT id {matching} ORDER BY rank LIMIT {limit}", (asked,))
        ids = tuple(id for (id,) in page)
        if wanted := WANTED[question.counted]:
            numbers = ", ".join(str(WANTED["all"].index(each)) for each in wanted)
            counted = f"""
                WITH hit AS MATERIALIZED (SELECT number {matching}), one AS MATERIALIZED (
                    SELECT facet, facet.value AS code, count(*) AS times FROM hit CROSS JOIN facet
                    ON document = hit.number AND facet IN ({numbers}) GROUP BY facet, code)
                SELECT facet, value.value, times FROM one JOIN value ON value.number = code"""
            self._db.execute(counted, (asked,)).fetchall()
        return ids

    def close(self) -> None:
        self._db.close()


def _title(document: Document) -> str:
    return dict(document.texts)["title"][0]


def _body(document: Document) -> str:
    return "\n".join(dict(document.texts)["text"])


def _facets(document: Document) -> Iterable[tuple[str, str]]:
    yield from ((name, value) for name, values in document.facets if name in COUNTED for value in values)
    yield from (("vote", f"{each.cell.outcome}\t{each.cell.comparator}\t{each.says}") for each in document.votes)


OURS = "whoosh"
PEERS: dict[str, Callable[[Path, bool], Peer]] = {
    OURS: partial(Ours, OURS),
    "whoosh-plain": partial(Ours, "whoosh-plain"),
    "Whoosh, best 20": Usual,
    "tantivy": partial(Ours, "tantivy"),
    "Tantivy itself": Tantivy,
    "FTS5": Fts5,
}
INDEX_OF = {"whoosh-plain": OURS, "Whoosh, best 20": OURS}  # who opens the index that another made


def available() -> list[str]:
    """The names of the peers that are there."""
    absent = {"tantivy"} - set(ENGINES)
    if importlib.util.find_spec("tantivy") is None:
        absent |= {"tantivy", "Tantivy itself"}
    return [each for each in PEERS if each not in absent]
