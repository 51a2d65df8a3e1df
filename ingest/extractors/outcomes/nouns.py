"""Claims of nouns: "a reduction in pain", "pain reduction", "no difference in pain", "the change was similar"."""

from __future__ import annotations

from ingest.extractors.outcomes.lists import names_behind
from ingest.extractors.outcomes.names import Name, ends_phrase
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.places import Claim, objects, subject
from ingest.extractors.outcomes.words import (
    BE,
    CONJUNCTION,
    CUES,
    LESSER,
    NEGATION,
    REPORTING,
    SEEN,
    SUBORDINATE,
    TURNED,
    Cue,
    Sense,
)

_FIGURE = ("mean", "risk", "rate", "adjusted", "standardised", "standardized", "weighted")
_TONES: dict[str, Sense] = {
    **dict.fromkeys(("beneficial", "positive", "favourable", "favorable"), "improved"),
    **dict.fromkeys(("negative", "detrimental", "deleterious", "harmful"), "worsened"),
}
# Characters between two words that only brackets fill; words between the noun and them.
_LONG_GAP, _FEW = 12, 12
_DEGREE = ("in", "than", "pronounced", "marked", "for", "after", "with", "")
_LISTS = (",", "and", "or")
_GREATER = ("greater", "larger", "higher", "better", "more", "superior")


def read_noun(clause: Clause, i: int, cue: Cue, floor: int) -> Claim | None:
    """The claim of a noun of change, difference or effect."""
    denied = denied_before(clause, i, floor) or (floor == 0 and clause.word(0) == "neither")
    before = clause.word(i - 1)
    if before in ("side", "adverse") or clause.word(i + 1)[:4] == "size" or (before in _FIGURE and not denied):
        return None  # side effects, and figures ("mean difference", "effect size")
    names, after = _names(clause, i, cue, floor)
    if cue.sense == "changed" and names and names[-1].words[-1] < i and _listed(clause, names[0].words[0], i):
        return None  # "pain, weight changes and sleep were better": an item of a list
    if cue.word[:8] == "interact":
        names = tuple(each for each in names if clause.known.intersection(each.words))
    verdict, after, compares = _predicate(clause, after, cue.sense)
    if before in LESSER:  # a smaller reduction than the other arm's is an increase against it
        verdict = TURNED.get(verdict, verdict)
    denied = denied or (bool(names) and _insignificant(clause, i, names[0].words[0]))
    sense: Sense = "none" if denied else "differs" if before == "different" else verdict
    if "effect" in cue.word and sense == "changed":
        sense = _TONES.get(before, sense)
    if sense in ("changed", "differs") and verdict == cue.sense and not _stated(clause, i, floor):
        return None
    of_groups = sense in ("none", "differs") and _of_groups(clause, i, cue)
    compares = compares or before in _GREATER or before in LESSER
    if not names and not of_groups and not _before_brackets(clause, i) and not (compares and clause.groups):
        return None
    return Claim(names, "differs" if sense == "changed" else sense, cue, i, after, compares)


def _insignificant(clause: Clause, i: int, until: int) -> bool:
    """Whether "differences were not significant in" stands before the names."""
    words = [clause.word(k) for k in range(i + 1, until)]
    return "nonsignificant" in words or "non-significant" in words or ("not" in words and "significant" in words)


def _listed(clause: Clause, first: int, i: int) -> bool:
    """Whether the phrase from `first` to `i` is an item of a list before the verb."""
    return clause.word(i + 1) in _LISTS or (clause.word(first - 1) in _LISTS and clause.word(i + 1) in BE)


def denied_before(clause: Clause, i: int, floor: int) -> bool:
    """Whether "no", "not" or "without" governs the noun phrase around `i`."""
    for k in range(i - 1, max(floor - 1, i - 9), -1):
        word = clause.word(k)
        if word in NEGATION:
            return True
        other_claim = word in CUES and CUES[word][0].part == "verb"
        if word in SUBORDINATE or word == "," or other_claim:
            return False
    return False


def _names(clause: Clause, i: int, cue: Cue, floor: int) -> tuple[tuple[Name, ...], int]:
    """Behind the noun, else right before it ("pain reduction"), else before "showed"."""
    names, after = objects(clause, i)
    if not names and "effect" not in cue.word:
        names = _compound(clause, i, floor)
    verb = next((k for k in range(i - 1, floor, -1) if clause.word(k) in REPORTING), None)
    if not names and verb is not None and "benefit" not in cue.word:
        names = subject(clause, floor, verb)
    return names, after


def _compound(clause: Clause, i: int, floor: int) -> tuple[Name, ...]:
    if any(clause.word(k) == "%" for k in range(max(floor, i - 3), i)):
        return ()  # "at least 50% pain reduction" is a threshold
    k = i
    while k > floor and not ends_phrase(clause, k - 1) and clause.word(k - 1) not in CONJUNCTION:
        k -= 1
    return names_behind(clause, k, i)[0]


def _stated(clause: Clause, i: int, floor: int) -> bool:
    """Whether a difference or change is told as a result: "significant", "was observed", "revealed a"."""
    before = [clause.word(k) for k in range(max(floor, i - 5), i)]
    behind = [clause.word(k) for k in range(i + 1, i + 8)]
    told = any("significan" in word or word in ("revealed", "showed") for word in before)
    return told or any("significan" in word or word in SEEN for word in behind)


def _of_groups(clause: Clause, i: int, cue: Cue) -> bool:
    """Whether a nameless difference is one between groups, which may refer to what was told before."""
    between = clause.word(i + 1) == "between" or clause.word(i - 1) in ("inter-group", "intergroup", "between-group")
    return cue.sense in ("changed", "differs") and "effect" not in cue.word and (bool(clause.groups) or between)


def _before_brackets(clause: Clause, i: int) -> bool:
    """Whether brackets that may hold the names stand behind a change told as a result."""
    after = range(i, min(len(clause.tokens) - 1, i + 8))
    return any(clause.tokens[k + 1].start - clause.tokens[k].end > _LONG_GAP for k in after) or (
        clause.end - clause.tokens[-1].end > _LONG_GAP and len(clause.tokens) - i < _FEW
    )


def _predicate(clause: Clause, after: int, sense: Sense) -> tuple[Sense, int, bool]:
    """What is said of the change behind its names: "was not significant", "was greater", "were similar".

    Gives the sense, the position after it, and whether it compares.
    """
    further = False  # "the gain in X and the gain in Y were greater" says it of both
    for k in range(after, min(len(clause.tokens), after + 14)):
        word = clause.word(k)
        further = further or any(cue.part == "noun" for cue in CUES.get(word, ()))
        if word in (",", "and", "that") or word in REPORTING - SEEN:
            break
        if word not in BE and word not in ("did", "not"):
            continue
        words = [clause.word(j) for j in range(k, min(len(clause.tokens), k + 5))]
        said = next((each for each in words if each in CUES or each in ("reached", "reach")), None)
        if said is not None:
            follows = clause.word(k + words.index(said) + 1)
            if said == "less" and follows not in _DEGREE:
                break  # "was less consistent"
            verdict, compares = _verdict(said, "not" in words or "no" in words, sense)
            return verdict, after if further else k + words.index(said) + 1, compares
    return sense, after, False


def _verdict(said: str, denied: bool, sense: Sense) -> tuple[Sense, bool]:
    cues = CUES.get(said, (Cue(said, "same", "none"),))
    cue = next((each for each in cues if each.part == "adjective"), cues[0])
    difference: Sense = "differs" if sense in ("changed", "differs") else sense
    if said == "significant" or cue.word.startswith("reach"):
        return ("none" if denied else difference), False
    if cue.part == "same" or (denied and cue.part in ("adjective", "verb")):
        return "none", True
    if cue.sense == "differs":
        return "differs", True
    if cue.part == "adjective":
        return (TURNED.get(difference, difference) if said in LESSER else difference), True
    return sense, False
