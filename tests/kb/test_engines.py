"""The contract of a search engine, run over every engine of the table. All documents are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import IndexUnavailableError
from kb.facets import FACETS
from kb.index import ENGINES, EXTRAS
from kb.index.document import Document
from kb.index.engine import Engine, EngineFactory
from kb.index.tree import (
    All,
    Among,
    And,
    Best,
    Boost,
    Concept,
    Has,
    Maybe,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Request,
    Word,
)
from kb.text import stem, stems
from kb.votes import Cell, Says, Verdicts, Vote


def made(
    id: str,
    title: str,
    *,
    year: int | None,
    n: int | None,
    condition: str,
    abstract: str = "",
    level: int | None = None,
    study: str | None = None,
    votes: tuple[Vote, ...] = (),
) -> Document:
    facets = {"condition": (condition,), "technique": ("massage_unspecified", "swedish"), "design": ("rct",)}
    facets |= {"year": (str(year),) if year else ()}
    return Document(
        id=id,
        texts=(
            ("text", tuple(filter(None, (title, abstract, "Weaver Loom")))),
            ("title", (title,)),
            ("author", ("Weaver", "Loom")),
            ("container", ("Annals of Looms",)),
        ),
        facets=tuple((each, facets.get(each, ())) for each in FACETS),
        concepts=((condition, 1 + abstract.count("Strokes")),),
        written=tuple(dict.fromkeys(title.lower().split())),
        identifiers=(f"pmid:{len(id)}", f"doi:10.5555/{id}"),
        year=year,
        n=n,
        level=level,
        study=study,
        votes=votes,
    )


LONG = "pneumonoultramicroscopicsilicovolcanoconioses" * 8
LETTER = "\ufdfa"  # one letter that is four words when decomposed
DOCUMENTS = (
    made("a", "Massage and sleep in weavers", year=2001, n=20, condition="fibromyalgia", abstract="They slept longer."),
    made("bb", "Sleep of potters", year=2005, n=None, condition="insomnia", abstract="Massage was given to potters."),
    made(
        "ccc",
        "Gliding strokes",
        year=None,
        n=300,
        condition="fibromyalgia",
        abstract=f"Strokes. Gliding. Häuser {LONG} {LETTER} gliding.",
    ),
)


@pytest.fixture(params=sorted(ENGINES))
def factory(request: pytest.FixtureRequest) -> EngineFactory:
    if request.param in EXTRAS:
        pytest.importorskip(EXTRAS[request.param])
    return ENGINES[request.param]


@pytest.fixture
def engine(factory: EngineFactory, tmp_path: Path) -> Engine:
    engine = factory(tmp_path / "index", writable=True)
    engine.apply(DOCUMENTS)
    return engine


def found(engine: Engine, tree: Node) -> list[str]:
    return sorted(engine.search(Request(tree=tree)).ids)


@pytest.mark.parametrize(
    ("tree", "ids"),
    [
        (All(), ["a", "bb", "ccc"]),
        (Word(stem("massages")), ["a", "bb"]),
        (Word(stem("hauser")), ["ccc"]),
        (Word("absent"), []),
        (Phrase(stems("gliding strokes")), ["ccc"]),
        (Phrase(stems("strokes gliding")), ["ccc"]),
        (Phrase(stems("sleep massage")), []),
        (Phrase(stems("weavers they")), []),  # from the title into the abstract
        (Phrase(stems("gliding")), ["ccc"]),
        (Phrase(stems("annals of looms"), "container"), ["a", "bb", "ccc"]),
        (Word("weaver", "title"), ["a"]),
        (Word("weaver", "author"), ["a", "bb", "ccc"]),
        (Word("weaver"), ["a", "bb", "ccc"]),
        (Prefix("glid"), ["ccc"]),
        (Prefix("pot", "title"), ["bb"]),
        (Prefix("zz"), []),
        (Range("year", 2001, 2004), ["a"]),
        (Range("year", None, 2005), ["a", "bb"]),
        (Range("n", 21), ["ccc"]),
        (Range("n"), ["a", "ccc"]),
        (Has("condition", "fibromyalgia"), ["a", "ccc"]),
        (Has("harms", "reported"), []),
        (Word(stem(LONG)), ["ccc"]),
        (Phrase(stems(f"{LETTER} gliding")), ["ccc"]),
        (Word(stem(LETTER), "container"), []),
        (Concept("insomnia"), ["bb"]),
        (Concept("absent"), []),
        (Has("technique", "swedish"), ["a", "bb", "ccc"]),
        (Has("year", "2005"), ["bb"]),
        (Named("doi:10.5555/bb"), ["bb"]),
        (Among(("bb", "a", "bb", "zz")), ["a", "bb"]),
        (Among(()), []),
        (And((Word(stem("sleep")), Has("condition", "fibromyalgia"))), ["a"]),
        (And(()), ["a", "bb", "ccc"]),
        (Or((Word(stem("potters")), Word(stem("gliding")))), ["bb", "ccc"]),
        (Or(()), []),
        (Best((Word(stem("potters")), Word(stem("gliding")))), ["bb", "ccc"]),
        (Best(()), []),
        (Not(Word(stem("massage"))), ["ccc"]),
        (And((All(), Not(Phrase(stems("sleep of potters"))))), ["a", "ccc"]),
        (Maybe(Has("condition", "fibromyalgia"), Word("absent")), ["a", "ccc"]),
        (Maybe(Has("condition", "fibromyalgia"), Or(())), ["a", "ccc"]),
        (Boost(Word(stem("massage")), 0.5), ["a", "bb"]),
    ],
)
def test_a_tree_finds_what_it_says(engine: Engine, tree: Node, ids: list[str]) -> None:
    assert found(engine, tree) == ids


def test_a_word_of_the_title_outranks_one_of_the_abstract(engine: Engine) -> None:
    assert engine.search(Request(tree=Word(stem("massage")))).ids == ("a", "bb")


def test_what_is_optional_raises(engine: Engine) -> None:
    tree = Maybe(Has("condition", "fibromyalgia"), Word(stem("gliding")))
    assert engine.search(Request(tree=tree)).ids == ("ccc", "a")


@pytest.mark.parametrize(
    ("order", "ids"), [("newest", ("bb", "a", "ccc")), ("oldest", ("a", "bb", "ccc")), ("largest", ("ccc", "a", "bb"))]
)
def test_order(engine: Engine, order: str, ids: tuple[str, ...]) -> None:
    assert engine.search(Request(tree=All(), order=order)).ids == ids  # type: ignore[arg-type]


def test_pages(engine: Engine) -> None:
    first = engine.search(Request(tree=All(), order="newest", limit=2))
    second = engine.search(Request(tree=All(), order="newest", offset=2, limit=2))
    assert (first.total, first.ids, second.ids) == (3, ("bb", "a"), ("ccc",))


def test_a_page_may_begin_after_a_document(engine: Engine) -> None:
    def after(id: str, limit: int = 2) -> tuple[str, ...]:
        return engine.search(Request(tree=Not(Named("pmid:9")), order="newest", after=id, limit=limit)).ids

    assert (after("bb"), after("bb", 1), after("a"), after("ccc")) == (("a", "ccc"), ("a",), ("ccc",), ())
    assert (after("absent"), after("bb", 0)) == ((), ())


def test_trees_are_counted(engine: Engine) -> None:
    assert engine.count([Word(stem("massage")), Word("absent"), All()]) == (2, 0, 3)
    assert engine.count([]) == ()


def test_words_of_titles_are_known_as_written(engine: Engine) -> None:
    found = engine.written()
    assert (found["sleep"], found["weavers"], found["of"], found.get("longer")) == (2, 1, 1, None)


def test_a_facet_is_counted_without_its_own_choice(engine: Engine) -> None:
    answer = engine.search(Request(tree=All(), chosen=(("condition", ("fibromyalgia",)),)))
    counts = dict(answer.counts)
    assert sorted(answer.ids) == ["a", "ccc"]
    assert counts["condition"] == (("fibromyalgia", 2), ("insomnia", 1))
    assert counts["year"] == (("2001", 1),)


def test_values_of_a_facet_are_alternatives_and_facets_all_hold(engine: Engine) -> None:
    either = (("condition", ("fibromyalgia", "insomnia")),)
    assert engine.search(Request(tree=All(), chosen=either)).total == 3
    assert engine.search(Request(tree=All(), chosen=(*either, ("year", ("2005",))))).ids == ("bb",)


def test_a_document_applied_again_replaces_itself(engine: Engine) -> None:
    engine.apply([made("a", "Now of cups", year=2001, n=20, condition="insomnia")])
    assert found(engine, Word(stem("massage"))) == ["bb"]
    assert engine.search(Request(tree=All())).total == 3


def test_documents_of_one_commit_may_lack_what_others_have(engine: Engine) -> None:
    nothing = tuple((each, ()) for each in FACETS)
    bare = Document(id="bare", texts=(("text", ("Twine",)), ("title", ()), ("author", ())), facets=nothing)
    full = made("full", "Twine and cord", year=1999, n=1, condition="insomnia")
    engine.apply([bare, full, Document(id="empty", texts=(), facets=nothing)])
    assert found(engine, Word(stem("twine"))) == ["bare", "full"]
    assert engine.ids() == {"a", "bb", "ccc", "bare", "full", "empty"}


def test_removed_documents_are_gone(engine: Engine) -> None:
    engine.apply([], removed=["a"])
    assert engine.ids() == {"bb", "ccc"}


def test_a_reader_sees_a_commit_after_refresh(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    reader = factory(tmp_path / "index", writable=False)
    engine.apply([made("dddd", "A fourth", year=2009, n=1, condition="insomnia")])
    assert reader.search(Request(tree=All())).total == 3
    reader.refresh()
    assert reader.search(Request(tree=All())).total == 4


def test_opening_to_read_writes_nothing(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    def files() -> dict[str, tuple[int, int]]:
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in (tmp_path / "index").iterdir()}

    before = files()
    reader = factory(tmp_path / "index", writable=False)
    assert (reader.search(Request(tree=All())).total, len(reader.ids())) == (3, 3)
    reader.refresh()
    reader.close()
    assert files() == before


def test_many_commits_leave_no_files_behind(engine: Engine, tmp_path: Path) -> None:
    counts = []
    for number in range(24):
        engine.apply([made("dddd", f"Commit {number}", year=2009, n=1, condition="insomnia")])
        counts.append(len(list((tmp_path / "index").iterdir())))
    assert max(counts[12:]) <= max(counts[:12]) + 12
    assert found(engine, Word(stem("commit"))) == ["dddd"]


def test_a_folder_that_is_not_there_cannot_be_read(factory: EngineFactory, tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError):
        factory(tmp_path / "nothing", writable=False)
    assert not (tmp_path / "nothing").exists()


def test_a_failed_apply_changes_nothing_and_leaves_the_engine_usable(engine: Engine) -> None:
    def broken() -> object:
        yield made("dddd", "A fourth", year=2009, n=1, condition="insomnia")
        raise KeyError("the store went away")

    with pytest.raises(KeyError, match="the store went away"):
        engine.apply(broken())  # type: ignore[arg-type]
    engine.apply([made("eeeee", "A fifth", year=2009, n=1, condition="insomnia")])
    assert engine.ids() == {"a", "bb", "ccc", "eeeee"}


@pytest.mark.parametrize("harm", ["empty", "cut", "flip", "remove"])
def test_a_damaged_folder_is_told_from_an_empty_answer(
    factory: EngineFactory, engine: Engine, tmp_path: Path, harm: str
) -> None:
    engine.close()
    for path in (tmp_path / "index").iterdir():
        body = path.read_bytes()
        if harm == "remove":
            path.unlink()
        else:
            path.write_bytes({"empty": b"", "cut": body[: len(body) // 2], "flip": body[::-1]}[harm])
    with pytest.raises(IndexUnavailableError):
        factory(tmp_path / "index", writable=False).search(Request(tree=All()))


def test_the_newer_of_equals_stands_first_unless_the_older_has_the_better_design(engine: Engine) -> None:
    alike = {"n": 10, "condition": "insomnia", "abstract": "Weft and warp."}
    engine.apply(
        [
            made("old", "Looms", year=1990, level=None, **alike),  # type: ignore[arg-type]
            made("new", "Looms", year=1999, level=None, **alike),  # type: ignore[arg-type]
            made("trial", "Looms", year=1980, level=2, **alike),  # type: ignore[arg-type]
        ]
    )
    assert engine.search(Request(tree=Word("weft"))).ids == ("trial", "new", "old")
    assert engine.search(Request(tree=Word("weft"), order="level")).ids == ("trial", "new", "old")


SLEEP = Cell("sleep", "inactive")


def test_each_study_has_one_verdict_a_cell_however_many_papers_it_has(engine: Engine) -> None:
    papers = [
        ("one", "looms-trial", (Vote(SLEEP, Says.BETTER),)),
        ("two", "looms-trial", (Vote(SLEEP, Says.BETTER | Says.NOT_STATED), Vote(Cell("pain", "active"), Says.WITHIN))),
        ("three", "kilns-trial", (Vote(SLEEP, Says.BETTER),)),
        ("four", "kilns-trial", (Vote(SLEEP, Says.WORSE),)),
        ("five", None, (Vote(SLEEP, Says.NOT_STATED | Says.WITHIN),)),
        ("six", None, (Vote(SLEEP, Says.WITHIN),)),
    ]
    engine.apply(
        made(id, "Papers", year=2020, n=1, condition="insomnia", study=study, votes=votes)
        for id, study, votes in papers
    )
    assert engine.search(Request(tree=Word(stem("papers"), "title"))).tally == (
        Verdicts(Cell("pain", "active"), 0, 0, 0, 0, 1),
        Verdicts(SLEEP, better=1, worse=0, mixed=1, not_stated=1, within_only=1),
    )
    one = And((Word(stem("papers"), "title"), Named("doi:10.5555/three")))
    assert engine.search(Request(tree=one)).tally == (Verdicts(SLEEP, 1, 0, 0, 0, 0),)


def test_a_page_alone_may_be_asked(engine: Engine) -> None:
    alone = engine.search(Request(tree=All(), counted=False))
    assert (alone.total, alone.counts, alone.tally) == (3, (), ())
