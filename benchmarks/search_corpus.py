"""Documents and questions for `benchmarks/search.py`: the same seed gives the same ones.

The texts are those of collections beside the project, where they are; copies of them that lack a slice of their
sentences bring these to the number wanted. Without any, texts are invented: words of the vocabulary's names and of
syllables, as often as Zipf has it. Years, sizes, designs, facets and votes are invented either way. Words are asked
for by the share of documents that have them.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

import msgspec

from kb.facets import FACETS, VERDICTS, cell_value
from kb.index.document import Document
from kb.index.tree import And, Node, Or, Phrase, Prefix, Range, Word
from kb.text import stem, words
from kb.vocabulary import Vocabulary
from kb.votes import Cell, Vote, domain, verdict

SHORTEST, LONGEST = 500, 4_000  # characters of a text that is taken, and how many of them
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cle dri flo gru sta tre pli sko".split()
YEARS = (1985, 2026)

Text = tuple[str, str]  # title and abstract


class Question(msgspec.Struct, frozen=True):
    """A question of a class. `words` are as written; `start` is a prefix; `counted` are the facets wanted."""

    kind: str
    words: tuple[str, ...]
    join: Literal["and", "or", "phrase", "prefix"] = "and"
    years: tuple[int, int] | None = None
    counted: Literal["none", "four", "all"] = "none"

    def tree(self) -> Node:
        """The question in our own tree."""
        stems = tuple(map(stem, self.words))
        single = tuple(map(Word, stems))
        match self.join:
            case "phrase":
                asked: Node = Phrase(stems)
            case "prefix":
                asked = Prefix(self.words[0])
            case "or":
                asked = Or(single)
            case "and":
                asked = And(single) if len(single) > 1 else single[0]
        return And((asked, Range("year", *self.years))) if self.years else asked


def texts(shared: Path) -> list[Text]:
    """The titles and abstracts of the collections in that folder; empty where there are none."""
    paths = sorted(shared.glob("retrieval/*/docs.jsonl.gz"))
    rows = [msgspec.json.decode(line) for path in paths for line in gzip.decompress(path.read_bytes()).splitlines()]
    found = [(row["title"], row["text"][:LONGEST]) for row in rows if len(row["text"]) >= SHORTEST]
    medline = shared / "eval" / "raw_medline.txt"
    citations = medline.read_text("utf-8").split("\nPMID- ") if medline.exists() else []
    pairs = [(_medline(each, "TI"), _medline(each, "AB")) for each in citations]
    return found + [(title, abstract) for title, abstract in pairs if title and abstract]


def invented(count: int, vocabulary: Vocabulary, seed: int) -> list[Text]:
    """Texts that nobody wrote."""
    chance = random.Random(seed)
    ranked = [each.name.lower() for each in vocabulary.concepts()]
    ranked += dict.fromkeys("".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))) for _ in range(30_000))
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(ranked))))

    def sentence(least: int, most: int) -> str:
        chosen = chance.choices(ranked, cum_weights=weights, k=chance.randint(least, most))
        return " ".join(chosen).capitalize()

    return [(sentence(6, 16), ". ".join(sentence(10, 30) for _ in range(chance.randint(6, 14)))) for _ in range(count)]


def documents(count: int, vocabulary: Vocabulary, shared: Path, seed: int = 1) -> Iterator[Document]:
    """`count` documents, of real texts where there are some in `shared`."""
    chance = random.Random(seed)
    originals = texts(shared) or invented(min(count, 20_000), vocabulary, seed)
    chance.shuffle(originals)
    facts = _Facts(vocabulary, chance)
    for number in range(count):
        title, abstract = originals[number % len(originals)]
        yield facts.document(number, title, abstract if number < len(originals) else _shortened(abstract, chance))


def questions(sample: Sequence[Document], count: int, seed: int = 1) -> dict[str, list[Question]]:
    """`count` questions of every class, of words that documents of `sample` have."""
    asker = _Asker(sample, random.Random(seed))
    made = [asker.round() for _ in range(count)]
    return {kind: [each[at] for each in made] for at, kind in enumerate(question.kind for question in made[0])}


def _medline(citation: str, field: str) -> str:
    found = re.search(rf"^{field}  - (.*(?:\n      .*)*)", citation, re.MULTILINE)
    return " ".join(found[1].split()) if found else ""


def _shortened(text: str, chance: random.Random) -> str:
    """A text without a slice of its sentences, from a tenth of them to half."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    dropped = max(1, round(len(sentences) * chance.uniform(0.1, 0.5)))
    at = chance.randrange(len(sentences))
    return " ".join(sentences[:at] + sentences[at + dropped :]) or text


class _Facts:
    """What is invented of a document beside its words; few values are common and many rare."""

    def __init__(self, vocabulary: Vocabulary, chance: random.Random) -> None:
        self._vocabulary, self._chance = vocabulary, chance
        kinds = ("condition", "technique", "outcome", "population")
        self._names = {each.id: each.name for each in vocabulary.concepts()}
        self._values = {kind: [each.id for each in vocabulary.concepts(kind)] for kind in kinds}  # type: ignore[arg-type]
        self._values["comparator"] = [each.id for each in vocabulary.comparators()]
        for each in self._values.values():
            chance.shuffle(each)
        self._families = ["".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(8_000)]
        self._journals = [f"Journal of {each}" for each in self._families[:300]]

    def document(self, number: int, title: str, abstract: str) -> Document:
        chance = self._chance
        held = {name: self._some(name) for name in self._values}
        design = chance.choice(self._vocabulary.designs())
        year = None if chance.random() < 0.01 else YEARS[1] - int(chance.expovariate(0.1)) % (YEARS[1] - YEARS[0])
        named = [each for name, values in held.items() if name != "comparator" for each in values]
        authors = tuple(chance.choices(self._families, k=chance.randint(1, 8)))
        journal = chance.choice(self._journals)
        readable = (title, abstract, *(self._names[each] for each in named), " ".join(authors), journal)
        harms = chance.choice(("not_stated", "not_stated", "none_occurred", "reported"))
        facets = {**held, "design": (design.id,), "harms": (harms,), "year": (str(year),) if year else ()}
        n, votes = self._people(), self._votes(held["outcome"])
        facets |= {"counted": ("yes",), "held": ("read",), "notices": ("none",)}
        facets["free"] = (chance.choice(("yes", "not_known")),)
        facets |= {"size": (f"band {min(n or 0, 301) // 100}",), **_told(votes)}
        return Document(
            id=f"d{number:07d}",
            texts=(("text", readable), ("title", (title,)), ("author", authors), ("container", (journal,))),
            facets=tuple((name, facets[name]) for name in FACETS),
            concepts=tuple((each, chance.randint(1, 4)) for each in sorted(set(named))),
            identifiers=(f"pmid:{90_000_000 + number}", f"doi:10.5555/{number}"),
            year=year,
            n=n,
            level=design.level,
            study=f"study {number // 30}" if number % 30 < 2 else None,
            votes=votes,
        )

    def _some(self, facet: str) -> tuple[str, ...]:
        values, number = self._values[facet], self._chance.randint(*((1, 3) if facet == "comparator" else (3, 6)))
        chosen = dict[str, None]()
        while len(chosen) < number:
            chosen[values[int(len(values) * self._chance.random() ** 3)]] = None
        return tuple(chosen)

    def _people(self) -> int | None:
        return int(self._chance.lognormvariate(4, 1)) if self._chance.random() < 0.9 else None

    def _votes(self, outcomes: Iterable[str]) -> tuple[Vote, ...]:
        cells = {
            Cell(domain(each, self._vocabulary), self._chance.choice(self._vocabulary.comparators()).group)
            for each in outcomes
        }
        return tuple(Vote(cell, self._chance.choice(list(VERDICTS))) for cell in sorted(cells))


def _told(votes: Sequence[Vote]) -> dict[str, tuple[str, ...]]:
    """The facets of what was found."""
    said = [(each.cell, verdict(each.says)) for each in votes]
    found = dict.fromkeys(f"{cell.outcome}.{VERDICTS[says][0]}" for cell, says in said)
    return {
        "found": tuple(found),
        "says": tuple(cell_value(cell.outcome, cell.comparator, says) for cell, says in said),
    }


class _Asker:
    """Chooses the words of questions."""

    def __init__(self, sample: Sequence[Document], chance: random.Random) -> None:
        self._chance = chance
        self._read = [_spoken(each) for each in sample]
        having = Counter(word for read in self._read for word in {word for part in read for word in part})
        self._having, self._size = having, len(sample)
        pairs = Counter(pair for read in self._read for pair in {pair for part in read for pair in _pairs(part)})
        content, most = self._share(0, 0.5), max(2, self._size // 50)
        self._phrases = sorted(pair for pair, number in pairs.items() if 2 <= number <= most and content >= set(pair))
        self._common, self._rare = sorted(self._share(0.1, 0.5)), sorted(self._share(0, 0.002))
        self._middle, self._either = self._share(0.01, 0.1), sorted(self._share(0.01, 0.2))
        self._names = sorted(self._share(0.0005, 0.05))
        self._starts = sorted({stem(word)[:4] for word in self._middle if len(stem(word)) > 4})

    def round(self) -> list[Question]:
        """One question of every class."""
        chance = self._chance
        both, four = self._together(), tuple(chance.sample(self._either, 4))
        start = chance.randint(YEARS[0], YEARS[1] - 10)
        years = (start, start + 10)
        return [
            Question("common term", (chance.choice(self._common),)),
            Question("rare term", (chance.choice(self._rare),)),
            Question("AND of 2", self._together()),
            Question("OR of 4", tuple(chance.sample(self._either, 4)), "or"),
            Question("phrase", chance.choice(self._phrases), "phrase"),
            Question("12 synonyms", tuple(chance.sample(self._names, 12)), "or"),
            Question("prefix", (chance.choice(self._starts),), "prefix"),
            Question("AND + year filter", self._together(), "and", years),
            Question("AND + years + 4 facets", both, "and", years, "four"),
            Question("AND + years + all facets, tally", both, "and", years, "all"),
            Question("OR of 4 + all facets, tally", four, "or", None, "all"),
        ]

    def _share(self, least: float, most: float) -> set[str]:
        low, high = max(1, least * self._size), max(1, most * self._size)
        counted = self._having.items()
        return {word for word, number in counted if low <= number <= high and word.isascii() and word.isalpha()}

    def _together(self) -> tuple[str, ...]:
        """Two words that stand in one document."""
        while True:
            read = self._chance.choice(self._read)
            found = sorted({word for part in read for word in part} & self._middle)
            if len(found) > 1:
                return tuple(self._chance.sample(found, 2))


def _spoken(document: Document) -> list[list[str]]:
    """Title and abstract as words that a person may type."""
    parts = dict(document.texts)["text"][:2]
    return [[part[word.start : word.end].lower() for word in words(part)] for part in parts]


def _pairs(part: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((one, two) for one, two in pairwise(part) if len(one) > 2 and len(two) > 2)
