"""Words of change as a sentence uses them: which way, denied or not, and of which arm.

"Lower in the placebo group than with X" says that X is higher: what a cue means for the intervention depends
on the arm that stands before it and the one behind "than". The tables begin where the ledger's end
(`outcomes.words`) and add the language of papers at large.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.extractors.direction.figures import NOT_SIGNIFICANT
from ingest.extractors.direction.marking import ARMS, COMPARATOR, INTERVENTION, NUMBER, OF_GROUP, OUTCOME, Word
from ingest.extractors.outcomes.words import CUES

_WORDS: dict[str, str] = {
    "up": """
        increase increases increased increasing rise rose raised elevated elevation augmented augmentation higher
        greater more longer larger highest greatest most longest gained gain exceeded doubled upregulated
        upregulation enhanced enhances enhance prolonged prolongs accelerated heightened stimulated promoted
        superiority elevates raises augment bigger
    """,
    "down": """
        decrease decreases decreased decreasing reduce reduces reduced reducing reduction reductions lower lowered
        lowering lowers less fewer shorter smaller lowest least shortest fewest decline declined declines fell fall
        dropped drop diminished attenuated attenuates attenuate attenuation suppressed suppression inhibited inhibits
        prevented prevents prevent shortened downregulated blunted abolished halved minimised loss lost slower
        faster earlier decrement eliminated protected
    """,
    "good": """
        improve improved improves improvement improvements improving better superior best benefit benefits
        beneficial ameliorated relieved alleviated effective efficacious efficacy favour favor favoured favored
        favouring favoring favours favors relief recovered helped safer
    """,
    "bad": "worse worsened worsening poorer inferior worst deteriorated deterioration aggravated impaired impairment",
    "same": """
        similar similarly comparable unchanged equal equivalent equivalence equally same unaffected constant
        identical noninferior noninferiority stable alike nonsignificant insignificant neither
    """,
    "differs": """
        difference differences different differed differ changed altered affected affect influence influenced
    """,
}
SENSES = {word: sense for sense, words in _WORDS.items() for word in words.split()}
SENSES |= {
    word: {"improved": "good", "worsened": "bad", "none": "same", "changed": "differs"}.get(
        cues[0].sense, cues[0].sense
    )
    for word, cues in CUES.items()
    if word not in SENSES and word not in ("significant", "effect", "effects", "change", "changes")
}
_NEGATION = frozenset("no not nor without failed neither lack absence none cannot n't non never fail fails".split())
_TURN = frozenset("but while whereas however although though yet whilst despite ; .".split())
_AGAINST = frozenset("than versus vs compared comparison relative against".split())
_OPPOSITE = {"up": "down", "down": "up", "good": "bad", "bad": "good"}


_MORE = frozenset("greater more larger higher faster better stronger bigger steeper longer".split())
_LESS = frozenset("less smaller lower fewer lesser weaker slower".split())
_NOUNS = frozenset(
    "reduction reductions decrease decreases increase increases decline improvement improvements drop fall rise gain "
    "gains loss elevation reduced relief decrement prolongation shortening deterioration worsening effective".split()
)
_BE = frozenset("was were is are be being".split())
_LINK = frozenset("and or vs versus / the group groups arm arms in with for of - & . , those patients by".split())


class Cue(NamedTuple):
    """A word of change at `at`: its `sense`, whether it is denied, the arms around it, and where the outcome stands.

    `whose` is the arm that it is told of and `against` the one compared with ("-" where none is named);
    `effective` is the sense for the intervention, with "?" where no arm is named; `distance` counts the words
    to the nearest naming of the outcome.
    """

    at: int
    sense: str
    denied: bool
    whose: str
    against: str
    effective: str
    distance: int


class _Places(NamedTuple):
    """Where things stand in a sentence, as positions in order; `arms` are those named alone and not compared with."""

    turns: list[int]
    outcomes: list[int]
    arms: list[int]
    against: list[int]


def cues(words: Sequence[Word]) -> list[Cue]:
    """The cues of a marked sentence in order; "a smaller decrease" is one cue."""
    places = _places(words)
    found: list[Cue] = []
    at = [i for i, each in enumerate(words) if each.sign in SENSES and not _of_amount(words, i)]
    for n, i in enumerate(at):
        sense = SENSES[words[i].sign]
        behind = at[n + 1] if n + 1 < len(at) else None
        before = at[n - 1] if n else None
        if words[i].sign in _MORE | _LESS and behind is not None and behind - i <= 4 and words[behind].sign in _NOUNS:
            continue
        if words[i].sign in _NOUNS and before is not None and i - before <= 4:
            sense = _degree(words[before].sign, sense)
        elif before is not None and _measures(words, i, before):
            sense = _degree(words[i].sign, SENSES[words[before].sign])
        found.append(_cue(words, i, sense, places))
    return found


def _of_amount(words: Sequence[Word], i: int) -> bool:
    """ "More than 20 %" and "at least 3" tell no change."""
    before = words[i - 1].sign if i else ""
    behind = [each.sign for each in words[i + 1 : i + 3]]
    return (words[i].sign == "least" and before == "at") or behind == ["than", NUMBER]


def _measures(words: Sequence[Word], at: int, noun: int) -> bool:
    """Whether the word at `at` says how large the change at `noun` was: "the decrease in pain was greater"."""
    said = words[at].sign in _MORE | _LESS and words[noun].sign in _NOUNS
    return said and any(words[k].sign in _BE for k in range(max(noun, at - 4), at))


def _degree(degree: str, sense: str) -> str:
    """ "Smaller" turns "decrease" around, "greater" does not."""
    return _OPPOSITE.get(sense, sense) if degree in _LESS else sense


def _places(words: Sequence[Word]) -> _Places:
    named = [i for i, each in enumerate(words) if each.sign in ARMS]
    joined: set[int] = set()
    for one, other in pairwise(named):
        between = {words[k].sign for k in range(one + 1, other)}
        if words[one].sign != words[other].sign and between <= _LINK and between & {"and", "or", "vs", "versus", "/"}:
            joined |= {one, other}
    against = [i for n, i in enumerate(named) if i not in joined and _compared(words, named[n - 1] if n else -1, i)]
    return _Places(
        [i for i, each in enumerate(words) if each.sign in _TURN],
        [i for i, each in enumerate(words) if each.sign == OUTCOME],
        [i for i in named if i not in joined and i not in against],
        against,
    )


def _compared(words: Sequence[Word], before: int, at: int) -> bool:
    """Whether the arm at `at` is the first behind "than" or its like; `before` is the arm before it."""
    return any(words[k].sign in _AGAINST for k in range(max(before + 1, at - 6), at))


def _cue(words: Sequence[Word], at: int, sense: str, places: _Places) -> Cue:
    start = max((i for i in places.turns if i < at), default=-1)
    end = min((i for i in places.turns if i > at), default=len(words))
    denied = any(words[i].sign in _NEGATION for i in range(max(start + 1, at - 5), at)) or any(
        words[i].sign in ("not", NOT_SIGNIFICANT) for i in range(at + 1, min(end, at + 4))
    )
    before = [i for i in places.arms if start < i < at]
    before = [i for i in before if words[i + 1].sign in OF_GROUP] or before
    behind = [i for i in places.arms if at < i < end]
    against = [i for i in places.against if start < i < end]
    # "Higher in the X group": nearer than a subject that only set the scene.
    close = behind and {words[k].sign for k in range(at + 1, behind[0])} & {"in", "with", "for", "among", "by"}
    whose = behind[0] if close and behind[0] - at < 9 else before[-1] if before else behind[0] if behind else None
    named = words[whose].sign if whose is not None else "-"
    compared = words[min(against, key=lambda i: abs(i - at))].sign if against else "-"
    turned = compared == INTERVENTION if compared != "-" and named in ("-", compared) else named == COMPARATOR
    unknown = named == compared == "-"
    effective = _OPPOSITE.get(sense, sense) if turned else sense
    distance = min((abs(i - at) for i in places.outcomes), default=99)
    return Cue(at, sense, denied, named, compared, effective + ("?" if unknown else ""), distance)
