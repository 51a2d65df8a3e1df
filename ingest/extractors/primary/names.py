"""Which outcome an abstract calls primary, and the words by which it comes back in the results."""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from ingest.extractors.design_cues import any_of
from ingest.extractors.reading import Reading

_WHAT = r"(?:outcomes?|end[ -]?points?)"
# A sentence that names its primary outcome does so at once.
_MOST_CUES = 3
_CUE = any_of(
    rf"\b(?:co-?)?(?:primary|main|principal)\)? (?:[\w-]{{1,20}} ){{0,3}}?(?:{_WHAT}|measures?)(?:\(s\))?"
    r"(?: (?:measures?|variables?|criteri\w+|measurements?))?(?![-\w])"
)
_LINK = re.compile(
    r"(?:\s*\([^()]{0,40}\))?(?: (?:of|in|for) (?:this|the|our) (?:\w+ ){0,2}(?:study|trial|analysis))?"
    r"(?: (?:for|at) [^.;:,]{1,60}?)?"
    r"(?:\s*:|\s?[—–-]|,?\s+(?:will be|was|were|is|are|included?|comprised|being|consisted of|of)\b"
    r"(?: to (?:determine|assess|compare|show|evaluate|demonstrate)\b)?|,)\s*(?:defined as )?(?:\(?(?:\d|i|a)\)\s*)?"
    r"(?P<name>(?:[^.;:()\[\]]|\.(?=\d)){3,160})"
    r"|\s*\((?P<within>(?!\d|n ?=|see )[^()]{2,20} [^()]{2,140})\)",
    re.IGNORECASE,
)
# "X was the primary outcome", "X, the primary outcome", "X (primary outcome)", "X as primary outcomes".
_BACK = any_of(
    r"(?: \([^()]{1,30}\))?(?: (?:was|were) (?:\w{1,20} )?as (?:the |our |a )?"
    r"|,? (?:was|were|being|is|are|as) (?:the|our|its|a|co) |, (?:the|our) | (?:was|were|as) | ?\((?:the |our )?)$"
)
_NO_NAME = any_of(
    r"\s*(?:(?:the )?(?:patients|participants|subjects|women|we)\s*(?:will|were|was|$)"
    r"|of|did|does|was|were|is|are|had|has|have|will|which|that|we|both|there|no|not|in|and|but|showed"
    r"|(?:significantly |not )?(?:measured|assessed|analy[sz]ed|evaluated|determined|compared|met|reached|achieved|used"
    r"|similar|different|lower|higher|better|worse))\b"
)
_NAMES = re.compile(r"[A-Za-z]{3}|\b[A-Z]{2}")
_STOPS = (". ", ";", ":", "(", ")", "[", "]", ",")
_LABEL = any_of(r"\b(?:primary|main|principal) outcomes?(?: measures?)?(?:\(s\)| and (?:results|measures))?\s*:\s*$")
# The name ends where the sentence turns to how it was measured or analysed, or to other outcomes.
_TAIL = any_of(
    r",? (?:(?:and|while|with|whereas) )?(?:the |key )?secondary (?:\w+ ){0,2}"
    r"(?:outcome|end[ -]?point|measure|objective)s?\b.*",
    r",? (?:as )?(?:analy[sz]ed|assessed|determined|measured|defined|evaluated|tested|adjudicated|calculated)\b.*",
    r"(?:,? (?:in|by)|[-–—]by) (?:the )?(?:modified )?(?:intention|intent)[ -]to[ -]treat\b.*",
    r",? and (?:it |the analysis |analys[ei]s )?(?:was|were)\b.*",
    r",? which (?:was|were)\b.*|, (?:compared|adjusted|using|based on|with)\b.*",
)
# Under the label an account may stand instead of a name: "Participants kept diaries".
_TOLD = any_of(r"\b(?:was|were|we|participants|patients|completed|recorded|assessed)\b")
_VERB = any_of(
    r",? \b(?:was|were|will|is|are|can|did|had|revealed|showed|demonstrated|improved|decreased|increased|differed)\b.*"
)
_AHEAD = any_of(
    r"^(?:(?:besides|both) )?(?:the|a|an|and|that|whether|changes? in|difference in|improvement in|rates? of)\s+"
)
_BRACKETED = re.compile(r"\(([A-Za-z0-9-]{2,8})\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
# Other words for outcomes of which the results seldom repeat the name.
_ALIASES = (
    (re.compile(r"overall survival", re.I), r"(?<!free )survival|hazard ratio for death"),
    (re.compile(r"\bmortality|\bdeath", re.I), r"mortality|died|deaths?"),
    (re.compile(r"\brespon", re.I), r"respon(?:ses?|se rates?|ded|ders?)"),
    (re.compile(r"\brelapse|\brecurr", re.I), r"relapses?d?|recur(?:rences?|red)"),
    (re.compile(r"\bpain\b", re.I), r"pain"),
)
# Words that any outcome may have: they do not tell one from another.
_COMMON = frozenset(
    "a after all among an and any as at between by change day days each end during first for from group groups in"
    " incidence including level levels mean median month months number of on or patients participants per percentage"
    " point points probability proportion rate rates scale score scores study survival the time to total treatment"
    " two week weeks who with within without year years baseline overall free defined".split()
)


class Named(msgspec.Struct, frozen=True):
    """The primary outcome as written at `start:end` of the abstract, and how the results may call it."""

    name: str
    start: int
    end: int
    stems: frozenset[str]
    short: re.Pattern[str] | None


def named(reading: Reading) -> Named | None:
    """The first outcome that a sentence or a label calls primary."""
    text = reading.abstract
    for sentence in reading.sentences:
        if sentence.section == "conclusions":
            continue
        labelled = _LABEL.search(text, max(0, sentence.start - 60), sentence.start)
        if labelled and not _TOLD.search(text, sentence.start, sentence.end):
            return _named(text, sentence.start, sentence.end, sentence.end)
        for cue in islice(_CUE.finditer(text, sentence.start, sentence.end), _MOST_CUES):
            before, after = _before(text, sentence.start, cue.start()), _after(text, cue.end(), sentence.end)
            # "X, the primary outcome, did not differ": what follows is no name.
            span = before if before and after and _NO_NAME.match(text, after[0]) else after or before
            if span and _may_name(text, *span):
                return _named(text, *span, sentence.end)
    return None


def _may_name(text: str, start: int, end: int) -> bool:
    if _NO_NAME.match(text, start) or _CUE.search(text, start, end):
        return False
    return _NAMES.search(text, start, end) is not None


def _after(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _LINK.match(text, start, end)
    return match and (match.span("name") if match["name"] else match.span("within"))


def _before(text: str, start: int, end: int) -> tuple[int, int] | None:
    link = _BACK.search(text, max(start, end - 60), end)
    if link is None:
        return None
    opening = max(start, link.start() - 120)
    clause = max(text.rfind(stop, opening, link.start()) for stop in _STOPS) + 1 or opening
    return (clause, link.start()) if link.start() - clause > 2 else None


def _named(text: str, start: int, end: int, sentence_end: int) -> Named:
    end = min(end, start + 160)
    name = re.split(r"[;:()\[\]]|\.(?!\d)", text[start:end], maxsplit=1)[0]
    start += len(name) - len(name.lstrip())
    name = name.strip()
    for ending in (_TAIL, _VERB):
        tail = ending.search(name, 3)
        name = (name[: tail.start()] if tail else name).rstrip(" ,-–—")
    ahead = _AHEAD.match(name)
    start += ahead.end() if ahead else 0
    name = name[ahead.end() if ahead else 0 :]
    words = [each.casefold() for each in _WORD.findall(name)]
    after = _BRACKETED.match(text[start + len(name) : sentence_end].lstrip())
    shorts = {_initials(words)} | ({after[1]} if after else set()) | set(re.findall(r"\b[A-Z]{2,6}\b", name))
    kept = sorted(re.escape(each) for each in shorts if len(each) > 1)
    kept += [rf"(?i:{other})" for known, other in _ALIASES if known.search(name)]
    return Named(
        name=name,
        start=start,
        end=start + len(name),
        stems=frozenset(each[:6] for each in words if each not in _COMMON and len(each) > 2),
        short=re.compile(rf"\b(?:{'|'.join(kept)})s?\b") if kept else None,
    )


def _initials(words: list[str]) -> str:
    """ "progression-free survival" is PFS, "overall survival" OS; of longer names nothing is guessed."""
    return "".join(each[0] for each in words[:4]).upper() if 2 <= len(words) <= 4 else ""


def speaks_of(outcome: Named, sentence: str) -> int | None:
    """Where in `sentence` the outcome comes back, or None: its name, its short form, or most of its own words."""
    if outcome.short and (match := outcome.short.search(sentence)):
        return match.start()
    at = sentence.casefold().find(outcome.name.casefold())
    if at >= 0:
        return at
    here = {each.group().casefold()[:6]: each.start() for each in _WORD.finditer(sentence)}
    shared = outcome.stems & here.keys()
    if outcome.stems and len(shared) >= 0.6 * len(outcome.stems):
        return min(here[each] for each in shared)
    return None
