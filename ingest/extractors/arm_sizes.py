"""How many were in each group: "(n = 12)" behind its name, "12 in the massage group", "12 in each group"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extractors.arm_names import Name
from ingest.extractors.numbers import Number
from ingest.extractors.people import PEOPLE
from ingest.extractors.reading import Reading
from kb.extraction import Finding

_N_BEFORE = re.compile(r"[(\[,;] ?(?:[\w -]{1,20}[,:] ?)?n ?= ?$", re.IGNORECASE)
_EACH = re.compile(
    (
        r"[ )]*(?:(?:\w+ ){0,2}(?:in|for|to|per|into) (?:each|every)\b|(?:\w+ )?(?:per|each) (?:group"
        r"|arm)\b|(?:in|for) both (?:groups|arms)\b| ?each\b(?! (?:week|day|time)))"
    ),
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\b(?:group|arm)s?\b", re.IGNORECASE)
_GROUPS_OF = re.compile(r"\b(?:two|three|four|2|3|4|equal) (?:\w+ ){0,2}groups? of $", re.IGNORECASE)
_IN_GROUP = re.compile(
    rf"(?: \(\d[^()]{{0,20}}%\))?(?: (?:[\w'’-]+ )?{PEOPLE})?(?: (?:were|was))?(?: (?:randomly"
    r"|initially|randomi[sz]ed|assigned|allocated|included|placed))*"
    r" (?:in|to|into|received|receiving|underwent|entered) (?:the |either "
    r"|an? )?(?P<name>(?:[\w'’/+-]+ ){0,6}[\w'’/+-]+)",
    re.IGNORECASE,
)
_NOT_ENTERED = re.compile(
    (
        r"\b(?:lost|withdrew|withdrawn|dropp?ed|drop-?outs?|discontinued|excluded|developed"
        r"|experienced|improved|responded|relapsed|achieved|effective|rated)\b"
    ),
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[<>=≤≥] ?$")
_ONE_LIST = re.compile(
    r"[^.;\d]{0,60}?\b(?:and|or|versus)\b[^.;\d]{0,40}\b(?:groups?|arm)\b| ?[(\[](?:[\w ]{1,15}[,:;] ?)?n ?=",
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
    every = next(_each(reading), None)
    if every is not None:
        return dict.fromkeys(range(len(names)), every)
    for number in reading.numbers:
        sentence = reading.sentence_at(number.start)
        if sentence is None or _NOT_ENTERED.search(reading.abstract, sentence.start, sentence.end):
            continue
        words, rule = _group_of(reading.abstract, number)
        place = _place(reading.abstract, names, words) if rule and number.value == int(number.value) else None
        if place is not None and place not in found:
            found[place] = Finding(int(number.value), number.start, number.end, rule=rule)
    return found


def named_with_sizes(reading: Reading) -> tuple[tuple[Name, Finding[int]], ...]:
    """Groups that no sentence lists but that carry their size: "the massage group (n = 12)"."""
    found: dict[str, tuple[Name, Finding[int]]] = {}
    for number in reading.numbers:
        if reading.section_at(number.start) in ("background", "conclusions") or not _counts(reading.abstract, number):
            continue
        lead = _N_BEFORE.search(reading.abstract, max(0, number.start - 40), number.start)
        before = lead.start() if lead else number.start
        name = (_BEHIND if lead else _GROUP_OF).search(reading.abstract, max(0, before - 60), before)
        if name:
            rule = "arms:n_in_brackets" if lead else "arms:group_of_n"
            size = Finding(int(number.value), number.start, number.end, rule=rule)
            found.setdefault(name[1].lower(), (Name(*name.span(1)), size))
    return tuple(found.values())


_BEHIND = re.compile(
    (
        r"\b(?:the|a|an|either|or|and|to|,|one) ((?:(?!the |a |an |or |and |to "
        r"|either )[\w'’/+-]+ ){0,4}(?:group|arm))\s?$"
    ),
    re.IGNORECASE,
)


_GROUP_OF = re.compile(r"\b((?:[\w'’/+-]+ ){1,2}group) (?:of|with|included|comprised|consisted of) $", re.IGNORECASE)


def _each(reading: Reading) -> Iterator[Finding[int]]:
    text = reading.abstract
    for number in reading.numbers:
        lead = text[max(0, number.start - 40) : number.start]
        each = _EACH.match(text, number.end)
        if (
            each and _GROUPS.search(lead + text[number.start : number.end + 60]) and _counts(text, number)
        ) or _GROUPS_OF.search(lead):
            end = each.end() if each else number.end
            yield Finding(int(number.value), number.start, end, rule="arms:n_each")


def _counts(text: str, number: Number) -> bool:
    return number.value >= 2 and number.value == int(number.value) and not text[number.end : number.end + 1] == "%"


def _group_of(text: str, number: Number) -> tuple[str, str]:
    """The words that name the group that `number` counts, and the rule; empty where it counts none."""
    lead = text[max(0, number.start - 120) : number.start]
    if bracket := _N_BEFORE.search(lead):
        return _last_phrase(_outside(lead[: bracket.start() + 1])), "arms:n_in_brackets"
    if of := _OF_GROUP.search(lead):
        return of["name"], "arms:group_of_n"
    if _counts(text, number) and not _COMPARED.search(lead) and (behind := _IN_GROUP.match(text, number.end)):
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


def _place(text: str, names: Sequence[Name], words: str) -> int | None:
    """Which of `names` the words mean: by shared words, else the only control or the only treated one."""
    said = _content(words)
    if not said:
        return None
    known = [_content(text[each.start : each.end]) | _content(each.alias) for each in names]
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
