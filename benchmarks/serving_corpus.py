"""Invented publications as a MEDLINE export has them, and what people ask of them: for `benchmarks/serving.py`.

`search_corpus.py` makes index documents whose facts are drawn by lot; a page shows facts with the words that say them,
so here the words come first and the extractors read them. What is named follows Zipf, as in a real literature: a few
conditions, techniques and outcomes are common and most are rare. The same number and seed give the same ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from textwrap import wrap
from urllib.parse import urlencode

import msgspec

from benchmarks.search_corpus import SYLLABLES
from kb.vocabulary import Kind, Vocabulary

FIRST_PMID = 910_000_000
KINDS = ("lay question", "two concepts", "narrowed", "page 2", "browsing")
DESIGNS = ("trial", "trial", "trial", "trial", "before", "before", "review", "survey", "case")

_WAYS = ("lower in the {what} group than in the {against} group", "higher in the {what} group than in {against}")
_RESULTS = {
    "trial": (
        "{outcome} was significantly {way} (p = .0{small}).",
        "{outcome} did not differ between the groups (p = .{p}).",
        "{outcome} improved in the {what} group (p < .05).",
        "{outcome} decreased significantly more after {what} than after {against}.",
    ),
    "before": (
        "{outcome} decreased significantly from baseline (p = .0{small}).",
        "{outcome} improved by {p} percent.",
    ),
    "review": (
        "{outcome} was lower after {what} than after {against} in {few} trials.",
        "Evidence on {outcome} was low.",
    ),
    "survey": ("{p} percent of them named {outcome} as a reason for having {what}.", "Few spoke of {outcome}."),
    "case": ("{outcome} decreased after the last session.", "{outcome} did not change."),
}
_METHODS = {
    "trial": "{n} {people} with {ill} were randomly assigned to {what} (n = {half}) or {against} (n = {half}), "
    "{minutes} minutes {times} a week for {weeks} weeks.",
    "before": "{n} {people} with {ill} received {what} for {minutes} minutes {times} a week for {weeks} weeks and were "
    "assessed before and after, without a control group.",
    "review": "Six databases were searched for randomized controlled trials of {what} for {ill}. {few} trials with {n} "
    "participants were included in this systematic review.",
    "survey": "A cross-sectional survey was sent to {n} {people} with {ill} who use {what}.",
    "case": "We report a case of a patient with {ill} who was given {what} {times} a week for {weeks} weeks.",
}
_TITLES = {
    "trial": "{What} compared with {against} in {people} with {ill}: a randomized controlled trial in {place}.",
    "before": "{What} for {ill} in {people}: a before and after study in {place}.",
    "review": "{What} for {ill}: a systematic review of {place} trials.",
    "survey": "Who asks for {what} in {place}? A survey of {people} with {ill}.",
    "case": "{What} in {ill}: a case report from {place}.",
}
_HARMS = ("No adverse events occurred.", "Two participants reported soreness after the first session.", "", "")
_ENDS = ("{What} may help {people} with {ill}.", "More trials of {what} are needed.", "{What} was not better here.")
_ASKED = (
    "does {what} help people with {ill}",
    "is {what} good for {ill}",
    "can {what} reduce {outcome} in {ill}",
    "how often should someone with {ill} have {what}",
    "what helps against {ill} and bad {outcome}",
)


class Asked(msgspec.Struct, frozen=True):
    """An address to ask for, and the kind of question it is."""

    kind: str
    path: str


class _Names:
    """The vocabulary's names, drawn by Zipf, and words that nobody wrote."""

    def __init__(self, vocabulary: Vocabulary, chance: random.Random) -> None:
        self.chance = chance
        kinds: tuple[Kind, ...] = ("condition", "technique", "outcome", "population")
        self.concepts = {kind: list(vocabulary.concepts(kind)) for kind in kinds}
        self.against = [each.name for each in vocabulary.comparators()]
        self._rare = ["".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))) for _ in range(30_000)]
        self._shares = {size: list(accumulate(1 / (at + 3) for at in range(size))) for size in self._sizes()}

    def _sizes(self) -> set[int]:
        return {len(self._rare), *(len(each) for each in self.concepts.values())}

    def one(self, kind: Kind) -> tuple[str, str]:
        """A concept's id and name."""
        found = self.concepts[kind]
        (chosen,) = self.chance.choices(found, cum_weights=self._shares[len(found)])
        return chosen.id, chosen.name

    def rare(self, count: int) -> list[str]:
        """Words that mean nothing, the first of them often."""
        return self.chance.choices(self._rare, cum_weights=self._shares[len(self._rare)], k=count)


def citations(count: int, vocabulary: Vocabulary, seed: int = 1) -> Iterator[str]:
    """`count` citations in MEDLINE format, each with a PMID and a title of its own."""
    names = _Names(vocabulary, random.Random(seed))
    for number in range(count):
        yield _citation(FIRST_PMID + number, names)


def questions(count: int, vocabulary: Vocabulary, seed: int = 1) -> list[Asked]:
    """`count` different addresses in turn of every kind: lay, two concepts, narrowed, page 2, plain browsing."""
    names, found = _Names(vocabulary, random.Random(seed + 1)), dict[Asked, None]()
    while len(found) < count:
        before = len(found)
        while len(found) == before:
            found[_asked(KINDS[before % len(KINDS)], names)] = None
    return list(found)


def _asked(kind: str, names: _Names) -> Asked:
    ill, what, outcome = (names.one(each) for each in ("condition", "technique", "outcome"))
    two = f"{what[1]} {names.chance.choice((ill, outcome))[1]}"
    year = str(names.chance.randrange(1990, 2026))
    pairs: dict[str, Sequence[tuple[str, str]]] = {
        "lay question": [("q", names.chance.choice(_ASKED).format(ill=ill[1], what=what[1], outcome=outcome[1]))],
        "two concepts": [("q", two)],
        "narrowed": [("q", what[1]), ("condition", ill[0]), ("design", "rct")],
        "page 2": [("q", two), ("page", "2")],
        "browsing": names.chance.choice(
            [[("condition", ill[0]), ("sort", "newest")], [("technique", what[0]), ("year", year)]]
        ),
    }
    return Asked(kind, f"/search?{urlencode(pairs[kind])}")


def _citation(pmid: int, names: _Names) -> str:
    chance = names.chance
    design, people = chance.choice(DESIGNS), names.one("population")[1]
    ill, what, against = names.one("condition")[1], names.one("technique")[1], chance.choice(names.against)
    half, few = chance.randrange(8, 200), chance.randrange(3, 40)
    said = {"ill": ill, "what": what, "What": what[0].upper() + what[1:], "against": against, "people": people}
    said |= {"n": str(2 * half), "half": str(half), "few": str(few), "place": " ".join(names.rare(2)).title()}
    said |= {"minutes": str(chance.choice((15, 20, 30, 45, 60))), "times": chance.choice(("once", "twice"))}
    said |= {"weeks": str(chance.randrange(2, 13))}
    results = " ".join(_result(design, said, names) for _ in range(chance.randrange(2, 7)))
    abstract = (
        f"BACKGROUND: {_filler(names)} {ill.capitalize()} is common among {people}, and little is known of {what}. "
        f"METHODS: {_METHODS[design].format(**said)} {_filler(names)} RESULTS: {results} {chance.choice(_HARMS)} "
        f"{_filler(names)} CONCLUSIONS: {chance.choice(_ENDS).format(**said)}"
    )
    families = [each.title() for each in names.rare(chance.randrange(1, 7))]
    page = chance.randrange(1, 1_500)
    rows = [("PMID", str(pmid)), ("TI", _TITLES[design].format(**said)), ("AB", abstract), ("LA", "eng")]
    rows += [pair for each in families for pair in (("FAU", f"{each}, Wilma"), ("AU", f"{each} W"))]
    rows += [("JT", f"Journal of {names.rare(1)[0].title()}"), ("DP", str(chance.randrange(1990, 2026)))]
    rows += [("VI", str(chance.randrange(1, 90))), ("PG", f"{page}-{page + 9}"), ("AID", f"10.5555/{pmid} [doi]")]
    return "".join(f"{tag:<4}- {_folded(text)}\n" for tag, text in rows) + "\n"


def _result(design: str, said: dict[str, str], names: _Names) -> str:
    outcome, p = names.one("outcome")[1], names.chance.randrange(10, 99)
    way = names.chance.choice(_WAYS).format(**said)
    written = names.chance.choice(_RESULTS[design]).format(outcome=outcome, way=way, p=p, small=p % 40 + 10, **said)
    return written[0].upper() + written[1:]


def _filler(names: _Names) -> str:
    words = names.rare(names.chance.randrange(8, 24))
    linked = (f"{one} {link}" for one, link in zip(words, names.chance.choices(_LINKS, k=len(words)), strict=True))
    return f"The {' '.join(linked)} group.".capitalize()


_LINKS = "of in the and to with for a was were by after during study patients treatment".split()


def _folded(text: str) -> str:
    return "\n      ".join(wrap(" ".join(text.split()), 80, break_long_words=False, break_on_hyphens=False))
