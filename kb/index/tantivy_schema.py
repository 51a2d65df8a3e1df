"""What Tantivy is told of a document, and the query tree in its own queries.

Analysis is ours (`kb.text`): Tantivy gets stems with blanks between them and cuts at the blanks, with no case,
stemming or limit of length of its own (its default analysis drops words of more than 40 bytes). Each part of a
text is a value for itself, and between two values Tantivy leaves a position free, so that no phrase crosses.
Numbers that are not stated are `NOT_STATED` and a level that is not is `NO_LEVEL`: every document has a value in
every column, so that ordering and counting need not ask.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from zlib import crc32

from tantivy import Document as Row
from tantivy import FieldType, Occur, Query, Schema, SchemaBuilder, Searcher

from kb.facets import FACETS
from kb.index import ranking, tree
from kb.index.bags import NOT_STATED
from kb.index.columns import DIVIDER
from kb.index.document import TEXT_FIELDS, Document
from kb.index.tree import Node
from kb.text import stems
from kb.votes import Cell, Says, Verdicts, verdicts

NO_LEVEL = 6
YEAR_DIGITS = 10  # of the year at the beginning of `newest`
SHELVES = 4096
_LARGEST = 2**31 - 1  # what every engine takes a larger number for


def schema() -> Schema:
    """The fields. `newest` orders by itself, the newest first and then by id; the other columns are named so.

    `vote` holds what a study's only paper says, as outcome, comparator, study (here none) and `kb.votes.Says`;
    `shared` the same of papers that share their study, to be put together when it is counted, and `shelf` which of
    the `SHELVES` parts the study is in, so that not all need be counted at once.
    """
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("identifier", "written"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("concept", tokenizer_name="whitespace", index_option="freq")
    for text in TEXT_FIELDS:
        builder.add_text_field(text, tokenizer_name="whitespace", index_option="position")
    for name in ("newest", "vote", "shared", *map(facet_field, FACETS)):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "n", "level", "shelf"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


def facet_field(facet: str) -> str:
    """The field that holds the values of a facet."""
    return f"facet_{facet}"


def row(document: Document) -> Row:
    """A document as Tantivy takes it."""
    made = Row()
    year = _number(document.year)
    made.add_text("id", document.id)
    made.add_text("newest", f"{_LARGEST - year:0{YEAR_DIGITS}}{document.id}")
    made.add_integer("year", year)
    made.add_integer("n", _number(document.n))
    made.add_integer("level", document.level or NO_LEVEL)
    for field, parts in document.texts:
        for part in parts:
            made.add_text(field, _joined(stems(part)))
    made.add_text("concept", _joined(id for id, count in document.concepts for _ in range(count)))
    for identifier in dict.fromkeys(document.identifiers):
        made.add_text("identifier", identifier)
    for word in dict.fromkeys(document.written):
        made.add_text("written", word)
    for facet, values in document.facets:
        for value in dict.fromkeys(values):
            made.add_text(facet_field(facet), value)
    for vote in document.votes:
        said = (vote.cell.outcome, vote.cell.comparator, document.study or "", str(int(vote.says)))
        made.add_text("shared" if document.study else "vote", DIVIDER.join(said))
    if document.study:
        made.add_integer("shelf", crc32(document.study.encode()) % SHELVES)
    return made


def compiled(node: Node, schema: Schema, searcher: Searcher) -> Query:
    """The tree as a query of Tantivy."""

    def part(node: Node) -> Query:
        return compiled(node, schema, searcher)

    match node:
        case tree.Word(stem, field):
            return _word(schema, field, stem)
        case tree.Phrase(stems, field):
            return _phrase(schema, field, stems)
        case tree.Prefix(start, field):
            terms = searcher.terms_with_prefix(field, _token(start), limit=ranking.EXPANSIONS)
            return silent(Query.term_set_query(schema, field, [term for term, _ in terms]))
        case tree.Concept(id):
            return _term(schema, "concept", id)
        case tree.Has(facet, value):
            return having(schema, facet, (value,))
        case tree.Named(identifier):
            return _called(schema, "identifier", identifier)
        case tree.Among(ids):
            return silent(Query.term_set_query(schema, "id", ids))
        case tree.Range(column, low, high):
            return ranged(schema, column, low, high)
        case tree.And(parts):
            return every([part(each) for each in parts])
        case tree.Or(parts):
            return Query.boolean_query([(Occur.Should, part(each)) for each in parts])
        case tree.Best(parts):
            return Query.disjunction_max_query([part(each) for each in parts]) if parts else Query.empty_query()
        case tree.Maybe(required, optional):
            return _raised(part(required), part(optional))
        case tree.Not(excluded):
            return Query.boolean_query([(Occur.Must, every(())), (Occur.MustNot, part(excluded))])
        case tree.Boost(inner, weight):
            return Query.boost_query(part(inner), weight)
        case tree.All():
            return every(())


def tally(alone: Iterable[tuple[str, int]], shared: Iterable[str]) -> tuple[Verdicts, ...]:
    """The verdicts of all studies, a row a cell; the papers of a shared one say together what each of them says."""
    together: dict[str, int] = {}
    for study, says in map(_parted, shared):
        together[study] = together.get(study, 0) | says
    said = [(*_parted(vote), count) for vote, count in alone]
    said += [(study, says, 1) for study, says in together.items()]
    rows: defaultdict[Cell, Counter[Says]] = defaultdict(Counter)
    for study, says, count in said:
        outcome, comparator, _ = study.split(DIVIDER, 2)
        rows[Cell(outcome, comparator)][Says(says)] += count
    return tuple(verdicts(cell, rows[cell]) for cell in sorted(rows))


def _parted(vote: str) -> tuple[str, int]:
    """Of what a vote is, with cell and study, and what it says."""
    study, _, says = vote.rpartition(DIVIDER)
    return study, int(says)


def silent(query: Query) -> Query:
    """A query that finds and gives no score."""
    return Query.const_score_query(query, 0.0)


def every(queries: Sequence[Query]) -> Query:
    """What all of `queries` find; with none of them, every document."""
    if not queries:
        return silent(Query.all_query())
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def having(schema: Schema, facet: str, values: Sequence[str]) -> Query:
    """The documents that have any of `values` in a facet."""
    return silent(Query.term_set_query(schema, facet_field(facet), values))


def called(schema: Schema, id: str) -> Query:
    """The document of this id."""
    return _called(schema, "id", id)


def ranged(schema: Schema, column: str, low: int | None, high: int | None) -> Query:
    """The documents whose number in a column is stated and within the range."""
    low = min(max(low or 0, 0), _LARGEST + 1)
    high = _LARGEST if high is None else min(max(high, NOT_STATED), _LARGEST)
    return equal(schema, column, low, high) if low <= high else Query.empty_query()


def equal(schema: Schema, column: str, low: int, high: int) -> Query:
    """The documents whose value in a column lies from `low` to `high`, whatever it means."""
    return silent(Query.range_query(schema, column, FieldType.Integer, low, high))


def _called(schema: Schema, field: str, name: str) -> Query:
    return silent(Query.term_query(schema, field, name, "basic"))


def _word(schema: Schema, field: str, stem: str) -> Query:
    if field != "text":
        return _term(schema, field, stem)
    (first, weight), *others = ranking.FIELDS
    found = _weighted(_term(schema, first, stem), weight)
    for name, weight in others:
        found = _raised(found, _weighted(_term(schema, name, stem), weight))
    return found


def _phrase(schema: Schema, field: str, stems: Sequence[str]) -> Query:
    """Scores as one word, whose worth Tantivy takes from those of its words and not from its own rarity."""
    if len(stems) == 1:
        return _word(schema, field, stems[0])
    return Query.phrase_query(schema, field, [_token(stem) for stem in stems])


def _term(schema: Schema, field: str, term: str) -> Query:
    return Query.term_query(schema, field, _token(term), "freq")


def _weighted(query: Query, weight: float) -> Query:
    return query if weight == 1 else Query.boost_query(query, weight)


def _raised(required: Query, optional: Query) -> Query:
    return Query.boolean_query([(Occur.Must, required), (Occur.Should, optional)])


def _joined(terms: Iterable[str]) -> str:
    return " ".join(map(_token, terms))


def _token(term: str) -> str:
    """A term without the blanks Tantivy cuts at: some letters are several words when decomposed (U+FDFA)."""
    return term.replace(" ", "\u00a0")


def _number(value: int | None) -> int:
    return NOT_STATED if value is None else min(value, _LARGEST)
