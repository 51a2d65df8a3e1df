"""Claims of verbs ("pain decreased", "improved sleep"), adjectives ("pain was lower", "lower pain"), sameness."""

from __future__ import annotations

from ingest.extractors.outcomes.lists import names_behind
from ingest.extractors.outcomes.names import Name, ends_phrase
from ingest.extractors.outcomes.nouns import denied_before
from ingest.extractors.outcomes.phrases import Clause
from ingest.extractors.outcomes.places import Claim, lead, objects, past_adverbs, subject
from ingest.extractors.outcomes.words import (
    BODY,
    CONJUNCTION,
    CUES,
    NEGATION,
    NO_MEASURE,
    PERSON,
    PREPOSITION,
    SEEN,
    TURNED,
    Cue,
    Sense,
    adverb,
)

# What stands behind these is whom the subject is compared with.
_OTHER_SIDE = ("from", "than", "between", "among", "to", "compared", "versus", "vs", "as")
# "Was more common in", "was less severe with": more or less of the subject.
_EXTENT = frozenset("common frequent frequently often prevalent severe intense".split())


_VALUES = frozenset("results outcomes scores values response responses".split())
_DID = frozenset("developed achieved reached reported experienced had required needed used suffered".split())
_HAD = frozenset(
    "had showed produced experienced achieved reported demonstrated exhibited obtained gave yielded".split()
)
_SAME_AS = frozenset("similar comparable equivalent equal".split())


def read_verb(clause: Clause, i: int, cue: Cue, floor: int) -> Claim | None:
    """The claim of a verb: of its object where it has one, else of its subject."""
    begin, denied, be = lead(clause, i)
    if cue.word.endswith("ing"):  # "no difference in reducing pain"; not "the decreasing trend"
        if clause.word(i - 1) not in ("in", "at", ","):
            return None
        denied = any(clause.word(k) in NEGATION or clause.word(k) == "equally" for k in range(i))
        denied = denied or clause.word(i - 2) == clause.word(i - 4) == "as"
    denied = denied or _of_none(clause, floor, begin)
    if cue.word[:6] in ("affect", "influe") and (be or not denied):
        return None  # "the affected arm"; "were not affected by"
    sense: Sense = "none" if denied else "differs" if cue.sense == "changed" else cue.sense
    follows = past_adverbs(clause, i)
    if clause.word(follows) == "less":  # "decreased significantly less in the massage group"
        sense, follows = TURNED.get(sense, sense), past_adverbs(clause, follows)
    elif "less" in (clause.word(k) for k in range(begin, i)):  # "was less improved"
        sense = TURNED.get(sense, sense)
    elif clause.word(follows) == "more":
        follows = past_adverbs(clause, follows)
    names: tuple[Name, ...] = ()
    after = i + 1
    if not be and not ends_phrase(clause, follows) and clause.word(follows) not in CONJUNCTION:
        names, after = names_behind(clause, follows, len(clause.tokens))
    if not names:
        names, after = subject(clause, floor, begin), i + 1
    if cue.sense == "differs" and not any(clause.known.intersection(each.words) for each in names):
        behind, beyond = objects(clause, i)  # "rest and massage did not differ in pain"
        if any(clause.known.intersection(each.words) for each in behind):
            names, after = behind, beyond
        elif any(clause.word(k) in CUES and clause.word(k).endswith("ing") for k in range(i, i + 12)):
            return None  # "did not differ from rest in reducing pain": told of pain
    if not names and clause.word(follows) in PREPOSITION and clause.word(follows) not in _OTHER_SIDE:
        names, after = objects(clause, follows - 1)
    coordinated = _of_before(clause, begin) or (floor > 0 and clause.word(begin - 1) in CONJUNCTION)  # "and decreased"
    return Claim(names, sense, cue, i, after) if names or coordinated else None


def read_adjective(clause: Clause, i: int, cue: Cue, floor: int) -> Claim | None:
    """The claim of a comparative or superlative, behind "was" or before its name."""
    begin, denied, be = lead(clause, i)
    follows = past_adverbs(clause, i)
    if cue.word in ("more", "less") and clause.word(follows) in _EXTENT:
        told = be or clause.word(i - 1) in SEEN or clause.word(i - 1) == "occurred"
        names = subject(clause, floor, begin) if told else ()
        return Claim(names, "none" if denied else cue.sense, cue, i, follows + 1) if names else None
    if clause.word(follows) in PERSON and cue.word in ("more", "fewer", "less"):
        return _of_people(clause, i, cue)
    if _says_nothing_alone(clause, i, follows):
        return None
    if be or clause.word(follows) in ("than", "in"):
        names = subject(clause, floor, begin)
        if names or (cue.word == "different" and _of_before(clause, begin)):
            none = denied or _of_none(clause, floor, begin)
            return Claim(names, "none" if none else cue.sense, cue, i, i + 1)
    if ends_phrase(clause, follows) or (cue.word == "different" and clause.word(i - 1) != "significantly"):
        return None
    names, after = names_behind(clause, follows, len(clause.tokens))
    if not names and clause.word(follows) in _VALUES:
        names, after = objects(clause, follows)  # "better results in pain"
    return Claim(names, "none" if denied_before(clause, i, floor) else cue.sense, cue, i, after) if names else None


def _of_before(clause: Clause, begin: int) -> bool:
    """Whether the clause goes on about the measures told before: "... but did not differ between the groups"."""
    return begin == 0 and clause.opened_by == "but"


def _of_none(clause: Clause, floor: int, begin: int) -> bool:
    """Whether the subject in `[floor, begin)` is "neither pain nor sleep", "no measure"."""
    opening = [clause.word(k) for k in range(floor, begin) if clause.word(k) not in (",", "and")]
    return opening[:1] in (["no"], ["neither"], ["none"])


def _of_people(clause: Clause, i: int, cue: Cue) -> Claim | None:
    """ "Fewer patients in the massage group needed drugs": less of what they needed."""
    for k in range(i + 2, min(len(clause.tokens), i + 14)):
        if clause.word(k) in _DID:
            names, after = names_behind(clause, k + 1, len(clause.tokens))
            change = any(each.part == "noun" for j in range(k + 1, k + 4) for each in CUES.get(clause.word(j), ()))
            return Claim(names, cue.sense, cue, i, after, True) if names and not change else None
    return None


def _says_nothing_alone(clause: Clause, i: int, follows: int) -> bool:
    """ "Greater improvement", "more effective", "lower back", and "longest" of no group."""
    word, following = clause.word(i), clause.word(follows)
    if any(part.part == "noun" for part in CUES.get(following, ())) or (
        clause.word(i + 1) in BODY and not adverb(clause.word(i - 1))
    ):
        return True
    if following == "than" and not clause.word(follows + 1)[:1].isalpha():  # "greater than 50%"
        return True
    if word in ("more", "less") and following in NO_MEASURE - {"than"}:
        return True
    if word == "less" and any(part.part == "verb" for part in CUES.get(following, ())):
        return True
    if word == "more" and (clause.word(i - 1) == "or" or following in CUES or follows > i + 1):
        return True
    if word in ("more", "less") and _of_a_change(clause, i):
        return True
    if word == "earlier" and not lead(clause, i).be:  # "earlier studies"
        return True
    return word.endswith("est") and not clause.groups


def _of_a_change(clause: Clause, i: int) -> bool:
    """ "Did not decrease significantly more": of the decrease, and no more of anything else."""
    k = i - 1
    while k >= 0 and adverb(clause.word(k)):
        k -= 1
    return any(each.part in ("verb", "noun") for each in CUES.get(clause.word(k), ()))


def read_same(clause: Clause, i: int, cue: Cue, floor: int) -> Claim | None:
    """The claim that nothing differs: "were similar", "was not significant"."""
    begin, denied, be = lead(clause, i)
    if clause.word(begin - 1) in _HAD and cue.word in _SAME_AS and not be:  # "produced similar relief"
        had, after = names_behind(clause, i + 1, len(clause.tokens))
        return Claim(had, "none", cue, i, after, True) if had else None
    if not be or denied != (cue.word == "significant") or clause.word(i + 1)[:6] in ("differ", "change"):
        return None
    names: tuple[Name, ...] = ()
    after = i + 1
    if clause.groups.intersection(range(floor, begin)):  # "the groups were similar in terms of pain"
        names, after = objects(clause, i)
    names = names or subject(clause, floor, begin)
    told_before = cue.word != "significant" and _of_before(clause, begin)
    return Claim(names, "none", cue, i, after) if names or told_before else None
