"""How many were in each group: "(n = 12)" behind its name, "12 in the massage group", "12 in each group"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extractors.arm_names import Name
from ingest.extractors.numbers import Number
from ingest.extractors.people import PEOPLE
from ingest.extractors.reading import Reading
from ingest.extractors.stems import search
from kb.extraction import Finding

N_BEFORE = re.compile(r"[(\[,;] ?(?:[\w -]{1,20}[,:] ?)?n ?= ?$", re.IGNORECASE)
_EACH = re.compile(
    r"[ )]*(?:(?:(?!weeks?|days?|months?|years?|min|hours?|times|points|visits?)\w+ ){0,2}"
    r"(?:in|for|to|per|into) (?:each|every)\b(?! (?:patient|participant|subject|person|session|side|day|week|time))"
    r"|(?:\w+ )?(?:per|each) (?:group|arm)\b"
    r"|(?:in|for) both (?:groups|arms)\b| ?each\b(?! (?:week|day|time)))",
    re.IGNORECASE,
)
GROUPS = re.compile(r"\b(?:group|arm)s?\b", re.IGNORECASE)
_GROUPS_OF = re.compile(
    r"\b(?:two|three|four|2|3|4|equal) (?:\w+ ){0,2}groups? of $|\b(?:each|both) (?:group|arm)s? "
    r"(?:of|had|(?:consisted|composed) of|(?:was|were) (?:made up|composed) of|comprised|included|contained) $"
    r"|[(\[](?:both|each)(?: groups?)?[:,]? ?n ?= ?$",
    re.IGNORECASE,
)
IN_GROUP = re.compile(
    rf"(?: \(\d[^()]{{0,20}}%\))?(?: (?:[\w'’-]+ )?{PEOPLE})?(?: (?:were|was))?"
    r"(?: (?:randomly|initially|randomi[sz]ed|assigned|allocated|included|placed))*"
    r" (?:in|to|into|received|receiving|underwent|entered|formed|treated with)"
    r" (?:the |either |an? )?(?P<name>(?:[\w'’/+-]+ ){0,6}[\w'’/+-]+)",
    re.IGNORECASE,
)
NOT_ENTERED = re.compile(
    r"\b(?:lost|withdrew|withdrawn|dropp?ed|drop-?outs?|discontinued|excluded|developed"
    r"|experienced|improved|responded|reached|relapsed|achieved|effective|rated)\b",
    re.IGNORECASE,
)
_SESSIONS = re.compile(r" (?:\w+ )?(?:sessions?|treatments?|visits?|injections?|cycles|doses|times)\b", re.IGNORECASE)
_COMPARED = re.compile(r"[<>=≤≥] ?$")
_LIMIT = re.compile(r"[<>≤≥] ?$")  # "a fall of ≥ 3 in each group"
_ONE_LIST = re.compile(
    r"[^.;\d]{0,60}?\b(?:and|or|versus)\b[^.;\d]{0,40}\b(?:groups?|arm)\b| ?[(\[](?:[\w ]{1,15}[,:;] ?)?n ?="
    r"|,? (?:or|versus|vs)\b|, (?![^.;]{0,20}\d)",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(
    r"\b(?P<name>(?:[\w'’/+-]+ ){1,5})(?:group|arm) (?:of|with|included|comprised|consisted of|had) $", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(\[]$")
_GENERIC = frozenset(
    "the group groups arm arms a an therapy treatment of in and to for n with patients was were first second".split()
)
_TREATED = frozenset(("experimental", "intervention", "study", "treated", "active", "case", "test"))
_CONTROL = frozenset(("control", "controls", "placebo", "sham", "comparison", "usual", "standard"))


def sizes(reading: Reading, names: Sequence[Name]) -> dict[int, Finding[int]]:
    """The size of each of `names`, by its position; the first that is stated counts, being who entered."""
    found: dict[int, Finding[int]] = {}
    if not names:
        return found
    every = next(_each(reading), None)
    if every is not None:
        return dict.fromkeys(range(len(names)), every)
    text = reading.abstract
    for sentence in reading.sentences:
        if search(NOT_ENTERED, text, sentence.start, sentence.end):
            continue
        for number in reading.numbers_in(sentence.start, sentence.end):
            words, rule = _group_of(text, number)
            at = place(text, names, words) if rule and counts_people(text, number) else None
            if at is not None and at not in found:
                found[at] = Finding(int(number.value), number.start, number.end, rule=rule)
    # One size alone is mostly the total: "44 women were randomised to the ..."
    lone = len(found) == 1 and all(each.rule == "arms:n_in_group" for each in found.values())
    return {} if lone else found


def _each(reading: Reading) -> Iterator[Finding[int]]:
    text = reading.abstract
    for number in reading.numbers:
        lead = text[max(0, number.start - 40) : number.start]
        each = _EACH.match(text, number.end)
        if _LIMIT.search(lead):
            continue
        grouped = each and GROUPS.search(lead + text[number.start : number.end + 60])
        if counts_people(text, number) and (grouped or _GROUPS_OF.search(lead)):
            end = each.end() if each else number.end
            yield Finding(int(number.value), number.start, end, rule="arms:n_each")


def counts_people(text: str, number: Number) -> bool:
    """Whether the number can count people: whole, no percentage, and not written like a year."""
    year = 1900 <= number.value < 2100 and number.end - number.start == len("2002")
    whole = number.value >= 2 and number.value == int(number.value)
    rate = text.endswith("per ", 0, number.start)
    sessions = _SESSIONS.match(text, number.end)
    return whole and not year and not rate and not sessions and text[number.end : number.end + 1] not in ("%", "/")


def _group_of(text: str, number: Number) -> tuple[str, str]:
    """The words that name the group that `number` counts, and the rule; empty where it counts none."""
    lead = text[max(0, number.start - 120) : number.start]
    if "=" in lead and (bracket := N_BEFORE.search(lead)):
        return _last_phrase(_outside(lead[: bracket.start() + 1])), "arms:n_in_brackets"
    if of := search(_OF_GROUP, lead, 0, len(lead)):
        return of["name"], "arms:group_of_n"
    if counts_people(text, number) and not _COMPARED.search(lead) and (behind := IN_GROUP.match(text, number.end)):
        group = re.match(r"[^.;,()\d]{0,60}?\b(?:group|arm)\b", text[behind.start("name") : behind.start("name") + 80])
        end = behind.start("name") + len(group.group()) if group else behind.end()
        return ("", "") if _ONE_LIST.match(text, end) else (text[behind.start("name") : end], "arms:n_in_group")
    if _IN_BRACKETS.search(lead) and re.match(
        r"(?: (?:patients|women|subjects|participants))?[)\]]", text[number.end :]
    ):
        return _last_phrase(lead[:-1]), "arms:n_in_brackets"
    return "", ""


def _outside(lead: str) -> str:
    """`lead` up to the bracket that is open at its end."""
    opened = max(lead.rfind("("), lead.rfind("["))
    return lead[:opened] if opened > max(lead.rfind(")"), lead.rfind("]")) else lead[:-1]


def _last_phrase(lead: str) -> str:
    return re.split(r"[;,.]|\b(?:or|and|versus|vs|to|either)\b", lead)[-1]


def place(text: str, names: Sequence[Name], words: str) -> int | None:
    """Which of `names` the words mean: by shared words, else the only control or the only treated one."""
    said = _content(words)
    if not said:
        return None
    own = [_content(text[each.start : each.end]) for each in names]
    named_whole = [each for each in own if each and each <= said]
    if any(not one <= other and not other <= one for one in named_whole for other in named_whole):
        return None  # a list of groups, not one of them
    known = [words | _content(each.alias) for words, each in zip(own, names, strict=True)]
    shared = [len(said & each) / len(said | each) for each in known]
    best = max(range(len(names)), key=lambda i: shared[i], default=None)
    if best is not None and shared[best] > 0:
        return best
    controls = [i for i, each in enumerate(known) if each & _CONTROL]
    treated = [i for i in range(len(names)) if i not in controls]
    if "group" not in words and "arm" not in words:
        return None
    chosen = controls if said & _CONTROL else treated if said & _TREATED else []
    return chosen[0] if len(chosen) == 1 else None


def _content(words: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", words.lower())) - _GENERIC
