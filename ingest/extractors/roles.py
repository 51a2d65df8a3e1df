"""Roles of sentences that no label settles, from their wording and their order.

Each cue of the table adds to a role's score, and so does the place in the abstract; the roles chosen are
those with the best total that never step back (background, objective, methods, results, conclusions).
The weights are plain judgement: 2 for a cue that seldom errs, 1 for a hint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extractors.labels import ROLES, Role

_CUES: tuple[tuple[Role, float, str], ...] = (
    ("objective", 3, r"^to (?:determine|evaluate|assess|examine|investigate|compare|test|explore|study|describe)\b"),
    ("objective", 2, r"\b(?:aim(?:ed|s)?|purpose|objectives?|goals?|hypothes\w+)\b"),
    ("objective", 2, r"\bwe (?:investigated|examined|evaluated|assessed|compared|tested|sought|explored|studied)\b"),
    ("objective", 1, r"\bthis (?:study|trial|review|paper) (?:was|examin|investigat|evaluat|assess|compar)"),
    ("methods", 2, r"\bwere (?:randomly|randomi[sz]ed|assigned|allocated|divided|recruited|enrolled|asked|treated)\b"),
    ("methods", 2, r"\b(?:was|were) (?:assessed|measured|evaluated|recorded|collected|analy[sz]ed|performed|used)\b"),
    ("methods", 2, r"\b(?:randomly|randomi[sz]ed|double.blind|single.blind|consecutive|inclusion criteria|eligible)\b"),
    ("methods", 1, r"\b(?:received|underwent|completed|outcome measures?|questionnaire|scale|searched|follow.up)\b"),
    ("methods", 1, r"\b(?:minutes?|sessions?|twice|times (?:a|per)|weeks?|participants|baseline)\b"),
    ("methods", 2, r"\bwill be\b"),
    ("results", 2, r"\bp ?(?:[<>=≤≥]|value)|\b95 ?% ?ci\b|confidence interval|±|\d ?%|\bsd\b"),
    (
        "results",
        2,
        r"\b(?:results (?:showed|indicated|revealed|demonstrated)|significant(?:ly)?|there (?:was|were) no)\b",
    ),
    ("results", 1, r"\b(?:increased|decreased|reduced|improved|improvements?|showed|reported|differed|higher|lower)\b"),
    ("results", 1, r"\b(?:compared (?:with|to)|differences?|mean|respectively|than)\b"),
    ("conclusions", 3, r"\bwe conclude\b|\bin conclusion\b|\bconclusions?\b|\bto conclude\b"),
    ("conclusions", 2, r"\b(?:suggests?|may|might|could|should|appears?|seems?|recommend\w*|warranted|further)\b"),
    ("conclusions", 1, r"\b(?:these|our|the) (?:findings|results|data)\b|\beffective\b|\b(?:is|are|can)\b"),
    ("background", 1, r"\b(?:is|are|has been|have been|can|often|common|little is known|however|may|although)\b"),
)
_COMPILED = tuple((ROLES.index(role), weight, re.compile(cue, re.IGNORECASE)) for role, weight, cue in _CUES)
_MOST_NEUTRAL = ROLES.index("methods")  # where no cue and no place speaks
_CENTRES = (0.0, 0.15, 0.35, 0.7, 1.0)  # where in an abstract each role usually stands
_PLACE_WEIGHT = 4.0
_FULL_LENGTH = 6  # sentences from which on the place counts in full; of a single sentence it says nothing


def assign(texts: Sequence[str], allowed: tuple[Role, ...]) -> tuple[Role | None, ...]:
    """A role of `allowed` for each sentence of one part, in order; all None where none is allowed."""
    if len(allowed) < 2:
        return (allowed[0] if allowed else None,) * len(texts)
    choices = [ROLES.index(role) for role in allowed]
    totals = dict.fromkeys(choices, 0.0)
    paths: dict[int, tuple[int, ...]] = dict.fromkeys(choices, ())
    for i, text in enumerate(texts):
        scores = _scores(text, i / max(1, len(texts) - 1), _PLACE_WEIGHT * min(1.0, (len(texts) - 1) / _FULL_LENGTH))
        best = {each: max((k for k in choices if k <= each), key=lambda k: totals[k]) for each in choices}
        paths = {each: (*paths[best[each]], each) for each in choices}
        totals = {each: totals[best[each]] + scores[each] for each in choices}
    last = max(choices, key=lambda k: (totals[k], k == _MOST_NEUTRAL))
    return tuple(ROLES[each] for each in paths[last])


def _scores(text: str, place: float, weight_of_place: float) -> list[float]:
    scores = [-weight_of_place * abs(place - centre) for centre in _CENTRES]
    for role, weight, cue in _COMPILED:
        if cue.search(text):
            scores[role] += weight
    return scores
