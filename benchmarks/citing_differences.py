"""Where our citations differ from citeproc-js's and are meant to: each class with its reason, and what takes it away.

`away` gives both strings without the difference; it touches nothing else, so that what remains is a fault of theirs
or of ours. Reasons name the source where there is one (see also the files of `kb/citing/`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import msgspec

from ingest.parsers import fields

Item = dict[str, Any]
STYLES = {"apa": "APA 7", "american-medical-association": "AMA 11", "nlm-citation-sequence": "Vancouver"}
APA, AMA, NLM = STYLES
_QUOTES = str.maketrans(dict.fromkeys('"“”„‘’´`', "'"))
_DOI = re.compile(r"(?:doi\.org/|doi: ?)\S+")
_MARKUP = re.compile(r"<(?!/?i>)[^<>]+>")
_CONTEXT = 25  # characters
_RANKS = {"Jr": "Jr.", "Sr": "Sr.", "2nd": "II", "3rd": "III", "4th": "IV"}


class Difference(msgspec.Struct, frozen=True):
    """A class of differences."""

    name: str
    styles: tuple[str, ...]
    why: str
    away: Callable[[str, str, Item], tuple[str, str]]


def bare(text: str) -> str:
    """A citation without its number, mark-up but italics, and with single spaces."""
    return " ".join(re.sub(r"^\s*1\.\s*", "", html.unescape(_MARKUP.sub("", text))).split())


def differing(want: str, got: str) -> str:
    """The two where they differ, with a little around it."""
    first = next((i for i, (a, b) in enumerate(zip(want, got, strict=False)) if a != b), min(len(want), len(got)))
    same = 0
    while same < min(len(want), len(got)) - first and want[-1 - same] == got[-1 - same]:
        same += 1
    start, behind = max(0, first - _CONTEXT), max(0, same - _CONTEXT)
    return f"theirs …{want[start : len(want) - behind]}…  ours …{got[start : len(got) - behind]}…"


def persons_named(item: Item) -> Item:
    """The item with each `literal` that is a person (`Weaver É`) as a person; a group stays."""
    return item | {"author": [_named(each) for each in item.get("author", [])]}


def _named(name: dict[str, str]) -> dict[str, str]:
    person = fields.person(name.get("literal", ""))
    return {"family": person.family, "given": person.given} if person and person.given else name


def _both(change: Callable[[str], str]) -> Callable[[str, str, Item], tuple[str, str]]:
    return lambda want, got, item: (change(want), change(got))


def _theirs(pattern: str, by: str) -> Callable[[str, str, Item], tuple[str, str]]:
    return lambda want, got, item: (re.sub(pattern, by, want), got)


def _ours(pattern: str, by: str) -> Callable[[str, str, Item], tuple[str, str]]:
    return lambda want, got, item: (want, re.sub(pattern, by, got))


def _groups(want: str, got: str, item: Item) -> tuple[str, str]:
    for group in (each["literal"] for each in item.get("author", []) if "literal" in each):
        got = got.replace(f"; {group}", f", {group}").replace(f"{group}; ", f"{group}, ")
    return want, got


def _unquoted(text: str) -> str:
    return re.sub(r"\.'(?= |$)", "'.", text.translate(_QUOTES))


def _initials(want: str, got: str, item: Item) -> tuple[str, str]:
    """Theirs with the initials that they lose or split, from the item's own given names."""
    for name in item.get("author", []):
        family, given = name.get("family", ""), name.get("given", "")
        if found := re.fullmatch(r"(\w)\w*-([a-z]+)", given):
            want = want.replace(f"{family} {found[1]} {found[2]}", f"{family} {found[1]}{found[2][0].upper()}")
        elif found := re.fullmatch(r"(\w)\w* ([A-Z])([A-Z])", given):
            want = re.sub(rf"{family} {found[1]}{found[2]}(?![A-Z])", f"{family} {found[1]}{found[2]}{found[3]}", want)
            short = f"{family}, {found[1]}. {found[2]}."
            want = want.replace(short, f"{short} {found[3]}.")
    return want, got


def _ranks(want: str, got: str, item: Item) -> tuple[str, str]:
    """Both with the rank in a family as the style has it, where an author of the item has one."""
    names = item.get("author", [])
    for rank in {each.get("suffix") or each.get("literal", "").split(" ")[-1] for each in names} & set(_RANKS):
        want, got = (
            text.replace(f", {rank},", f", {_RANKS[rank]},").replace(f" {rank}", f" {_RANKS[rank].rstrip('.')}")
            for text in (want, got)
        )
    return want, got


def _pages(want: str, got: str, item: Item) -> tuple[str, str]:
    numbered = "volume" in item or "issue" in item
    return (want if numbered else re.sub(r"(\. (?:19|20)\d\d);(?=\S)", r"\1:", want)), got


def _online(want: str, got: str, item: Item) -> tuple[str, str]:
    return (want if "DOI" in item else want.replace("Published online ", "")), got


def _title(want: str, got: str, item: Item) -> tuple[str, str]:
    return (re.sub(r"</?i>", "", want), re.sub(r"</?i>", "", got)) if "<i>" in str(item["title"]) else (want, got)


CLASSES = (
    Difference(
        "quotation marks",
        (APA, AMA, NLM),
        "they curl and exchange quotation marks; ours are as the source wrote them",
        _both(_unquoted),
    ),
    Difference(
        "capitals of a DOI",
        (APA, AMA, NLM),
        "a DOI is the same in any case (DOI Handbook), and is kept in lower case",
        _both(lambda text: _DOI.sub(lambda found: found[0].lower(), text)),
    ),
    Difference(
        "Article",
        (APA,),
        "an article number follows the word (apastyle.apa.org); they are told of a page only",
        _ours(r", Article (?=\S+(?:\.|\. https://doi\.org/\S+)$)", ", "),
    ),
    Difference(
        "dots",
        (APA,),
        "three dots with spaces, not one sign: what guides to the 7th edition show",
        _both(lambda text: text.replace(". . .", "…")),
    ),
    Difference(
        "rank in a family",
        (APA, AMA),
        "`Jr.` in APA, and in both a roman numeral (amamanualofstyle.com, 10th ed.); they print what the item has",
        _ranks,
    ),
    Difference(
        "initials",
        (APA, AMA, NLM),
        "`Ai-jun` is AJ and `Ai BC` ABC; they make `A jun` and `AB` of them",
        _initials,
    ),
    Difference(
        "semicolon before a group",
        (NLM,),
        "ICMJE's samples have it; they have a comma, and many of their groups are persons (`Weber É`)",
        _groups,
    ),
    Difference(
        "online without a DOI",
        (AMA,),
        "`Published online` is said where a DOI leads there; they say it wherever volume and issue are missing",
        _online,
    ),
    Difference(
        "hyphen in pages",
        (NLM,),
        "284-7 with a hyphen (ICMJE's samples); they put an en dash",
        _both(lambda text: text.replace("–", "-")),
    ),
    Difference(
        "pages without a volume",
        (NLM,),
        "a colon before pages, `2020:1-9`, as in AMA; they put a semicolon where there is neither volume nor issue",
        _pages,
    ),
    Difference(
        "DOI and PMID",
        (NLM,),
        "`doi: 10.5555/x. PubMed PMID: 1.` as PubMed writes it; theirs has no space and no full stop",
        _both(lambda text: re.sub(r"doi: ?(\S+?)\.?(?= PubMed|$)", r"doi:\1", text)),
    ),
    Difference(
        "one page",
        (APA, AMA, NLM),
        "`7-7` is page 7; they print both",
        _theirs(r"(?<=[ :])(\w+)[-–]\1(?=\.)", r"\1"),
    ),
    Difference(
        "no date",
        (NLM,),
        "that a date is not known is said; they leave it out",
        _ours(r"\[date unknown\][;:]| \[date unknown\]\.", ""),
    ),
    Difference(
        "italics in a title",
        (APA, AMA, NLM),
        "a record's title is plain text; they keep the item's mark-up",
        _title,
    ),
)
