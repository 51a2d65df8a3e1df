"""What a clause claims: which measures changed, and which way.

Each cue is read in its place, as a verb, a noun, an adjective or a word of sameness. Aims, hopes and
associations are no results: "to reduce pain", "may improve", "greater loss was associated with".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.extractors.outcomes.effective import read_effective
from ingest.extractors.outcomes.lists import names_behind
from ingest.extractors.outcomes.names import Name
from ingest.extractors.outcomes.nouns import read_noun
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.places import Claim
from ingest.extractors.outcomes.verbs import read_adjective, read_same, read_verb
from ingest.extractors.outcomes.words import CUES, FOUND_TO, MODAL, PREPOSITION, Cue, Part, adverb

_READERS: dict[Part, Callable[[Clause, int, Cue, int], Claim | None]] = {
    "verb": read_verb,
    "noun": read_noun,
    "adjective": read_adjective,
    "same": read_same,
    "effective": read_effective,
}
_EXCEPT = ("except", "excepting", "exception", "apart")
_EXCEPTED = Cue("except", "same", "none")
_BUT_NOT = Cue("but_not", "same", "none")
_TREATMENT = frozenset(
    "treatment treatments therapy therapies massage intervention interventions acupuncture acupressure exercise "
    "manipulation mobilisation mobilization reflexology training program programme care".split()
)
_AIMED = ("experience", "show", "achieve", "produce", "have", "report", "obtain", "perceive", "detect", "find")


def claims(clause: Clause) -> Iterator[Claim]:
    """The claims of a clause, from left to right; no word is read for two claims.

    What is excepted ("all measures except stiffness improved") is told the contrary of the claim beside it.
    """
    if clause.opened_by == "but" and clause.word(0) == "not":
        yield _but_not(clause)
        return
    floor = 0
    excepted: tuple[Name, ...] = ()
    last: Claim | None = None
    for i, token in enumerate(clause.tokens):
        if token.word in _EXCEPT and not excepted:
            excepted = _excepted(clause, i)
        if token.word not in CUES:
            continue
        claim = None if i < floor or i in clause.groups else _claim(clause, i, floor)
        if claim is not None and not _goes_with(clause, claim) and not _qualifies(clause, claim):
            yield claim
            last = claim
            floor = max(claim.after, i + 1)
    if excepted and last is not None:
        yield Claim(
            excepted, "differs" if last.sense == "none" else "none", _EXCEPTED, last.at, last.after, last.compares
        )


def _excepted(clause: Clause, i: int) -> tuple[Name, ...]:
    """The known measures behind "except (for)" and "with the exception of"."""
    at = i + 2 if clause.word(i + 1) in ("for", "of", "in", "from", "that") else i + 1
    names, _ = names_behind(clause, at, len(clause.tokens))
    return tuple(each for each in names if clause.known.intersection(each.words))


def _claim(clause: Clause, i: int, floor: int) -> Claim | None:
    for cue in _cues(clause, i):
        if not _only_hoped(clause, i, cue):
            claim = _READERS[cue.part](clause, i, cue, floor)
            if claim is not None:
                return claim
    return None


def _cues(clause: Clause, i: int) -> tuple[Cue, ...]:
    """The cues a word may be. "Change" and the like are verbs only after "did", "not" and "to"."""
    cues = CUES.get(clause.word(i), ())
    if {each.part for each in cues} != {"verb", "noun"}:
        return cues
    before = next((clause.word(k) for k in range(i - 1, -1, -1) if not adverb(clause.word(k))), "")
    part = "verb" if before in ("not", "did", "to") else "noun"
    return tuple(each for each in cues if each.part == part)


def _only_hoped(clause: Clause, i: int, cue: Cue) -> bool:
    """ "To reduce", "may improve", "to achieve a reduction"; not "was found to decrease"."""
    before = [clause.word(k) for k in range(max(0, i - 6), i)]
    if any(word in MODAL or word in ("does", "do", "if", "whether") for word in before) and not _could_not(before):
        return True
    if "to" not in before or FOUND_TO.intersection(before):
        return False
    while adverb(before[-1]):
        before.pop()
    if before[-1] == "to":
        return cue.part == "verb"
    return before[before.index("to") + 1] in _AIMED


def _could_not(before: list[str]) -> bool:
    """ "We could not detect a difference" tells a result."""
    return "could" in before[:-1] and before[before.index("could") + 1] == "not"


def _but_not(clause: Clause) -> Claim:
    """ "... but not (in) weight": no change of what follows, or of the same measures in another group."""
    at = 2 if clause.word(1) in ("in", "for", "on", "of") else 1
    names, after = names_behind(clause, at, len(clause.tokens))
    named = tuple(each for each in names if clause.word(1) in ("in", "on") or clause.known.intersection(each.words))
    return Claim(named, "none", _BUT_NOT, 0, after)


def _goes_with(clause: Clause, claim: Claim) -> bool:
    """ "Greater loss was associated with more gain": an association; not "treatment was associated with less pain"."""
    at = next((k for k in range(len(clause.tokens)) if clause.word(k) == "associated"), None)
    if at is None or clause.word(at + 1) != "with":
        return False
    if claim.at < at:
        return True
    before = range(at)
    of_treatment = any(clause.word(k) in _TREATMENT or k in clause.groups for k in before)
    other = any(k in clause.known or clause.word(k) in CUES for k in before)
    return claim.cue.part != "noun" and (other or not of_treatment)


def _qualifies(clause: Clause, claim: Claim) -> bool:
    """ "..., but the difference was not significant" says how sure a claim is, and is none itself."""
    if claim.names or claim.sense != "none" or clause.opened_by not in ("but", "although", "though", "however"):
        return False
    opens = clause.word(0) in ("with", "without", "this", "these", "it")
    return opens or clause.word(1) in ("difference", "differences")


def continues(clause: Clause, claim: Claim) -> bool:
    """Whether a nameless claim is of the measures told before: not "but not" before an unknown word."""
    return claim.cue is not _BUT_NOT or clause.word(1) in PREPOSITION
