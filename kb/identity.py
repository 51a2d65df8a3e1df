"""What a record is looked up by: keys that survive the damage of exports, so that a look-up stays one indexed query.

Identifiers are keys as they are. The rest are cut so that two citations of one publication share at least one
of them, whatever case, accents, punctuation, hyphens, a mistyped year or a lost subtitle have done to them: the
title's beginning, its end, the initials of its words, and the first author with volume and first page. A key only
names candidates; whether they are the same publication is decided elsewhere. Blocking, after Christen, Data
Matching (2012), chapter 4.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import unquote

from kb.record import Contributor, Record

# A look-up names no more publications than this, those first that share most keys with the record; and one that
# shares a single key with it which so many have ("...chronic nonspecific low back pain") is not named at all.
MOST = 20
CROWD = 6

_STRETCH = 30  # letters of a title's beginning and end: more are lost to damage, fewer are shared by strangers
_WORDS = 12  # words whose initials are taken together: a slip of the keyboard is mostly inside a word
_FEW = 6
_TELLING = 20  # a title of fewer letters ("Editorial", "Reply") tells nothing without its author
# What so many titles begin or end with that it tells nothing.
_COMMON = frozenset(
    "a an and as at by for from in into is its of on or the to with using versus vs effect effects efficacy "
    "effectiveness systematic review reviews meta analysis analyses metaanalysis literature scoping narrative umbrella "
    "randomized randomised controlled trial trials study studies clinical pilot protocol double blind report case "
    "patients results evidence based network comparison comparative evaluation role".split()
)
_BEFORE = re.compile(r"^(?:retracted(?: article)?|withdrawn(?: article)?|article retracted) ")
_BEHIND = re.compile(r" (?:retracted(?: article)?|corrected|(?:provisional|structured) abstract)$")
_BRACKETED = re.compile(r"\.?\s*\[(?:Article in )?[A-Z][a-z]{3,12}\]\.?\s*$")
_LETTERS = str.maketrans(
    {"ø": "o", "ß": "ss", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ð": "d", "þ": "th"}
    | {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "μ": "mu", "ω": "omega", "λ": "lambda"}
    | {"'": None, "’": None, "‘": None, "ʼ": None}
)
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"<[^<>]{0,80}>")
# Excel reads the pages 1-4 as the first of April; databases write that there are none.
_NO_PAGES = re.compile(r"(?:no|n|un|not)[\s.]*pag|\bonline\b|\bpress\b|^\d{1,2}-[a-z]{3}$|^[a-z]{3}-\d{2}$")
_PAGE = re.compile(r"([a-z]{0,3})[\s.]*0*(\d{1,9})")
_LAST = re.compile(r"[-\u2010-\u2015]\s*[A-Za-z]{0,3}0*(\d{1,9})\s*$")
_UMLAUT = re.compile(r"(?<=[aou])e(?!$)")


def fold(text: str) -> str:
    """`text` as plain small words: no case, accents, punctuation or markup; in other scripts its own letters."""
    if "<" in text or "&" in text:
        text = _MARKUP.sub("", html.unescape(text))
    if text.isascii():
        text = text.lower().replace("'", "")
    else:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
        text = "".join([each for each in decomposed if not unicodedata.combining(each)])
    return " ".join(_WORD.findall(text))


@lru_cache(maxsize=65_536)
def fold_name(family: str) -> str:
    """A family name as one word: the longest of its parts, with Mueller and Müller alike."""
    return _UMLAUT.sub("", max(fold(family).split(), key=len, default=""))


def first_page(pages: str | None) -> str | None:
    """The first page or article number, with its letters (`s73`); None where none is stated."""
    if pages is None or _NO_PAGES.search(pages := pages.strip().lower()):
        return None
    found = _PAGE.search(pages)
    if found is None:
        return None
    letters = "" if found[1] in ("p", "pp", "pg", "art", "no") else found[1]
    return letters + found[2]


def last_page(pages: str | None) -> str | None:
    """The last page in full: of 221-8 it is 228; None where none is stated."""
    first = first_page(pages)
    found = _LAST.search(pages) if pages and first else None
    if found is None or first is None:
        return None
    start, end = first.lstrip("abcdefghijklmnopqrstuvwxyz"), found[1]
    return start[: len(start) - len(end)] + end if len(end) < len(start) else end


def volume_number(volume: str | None) -> str | None:
    """The number in a volume: `38 Suppl 1` and `1)` are 38 and 1."""
    found = re.search(r"\d{1,6}", volume) if volume else None
    return (found[0].lstrip("0") or None) if found else None


def doi(record: Record) -> str | None:
    """The record's DOI as it is compared: some exports leave it percent-encoded."""
    value = record.value_of("doi")
    return _decoded(value) if value else None


def _decoded(doi: str) -> str:
    return unquote(doi).lower() if "%" in doi else doi


def title(record: Record) -> str:
    """The title as it is compared: folded, without what others put before or behind it (`RETRACTED:`, `[French]`)."""
    text = fold(_BRACKETED.sub("", record.title)) or fold(record.title)
    return _BEHIND.sub("", _BEFORE.sub("", text)) or text


def authors(record: Record) -> tuple[Contributor, ...]:
    """Who wrote it: editors only where nobody else is named."""
    return tuple(each for each in record.contributors if each.role != "editor") or record.contributors


def identity_keys(record: Record) -> tuple[str, ...]:
    """What `record` is looked up by: `pmid:1`, `doi:10.1/x`, `head:...`, `tail:...`, `initials:...`, `page:...`.

    A trial's registration number is shared by its papers and tells none of them apart, so it is no key.
    """
    keys = [f"{each.scheme}:{each.value}" for each in record.identifiers if each.scheme in ("pmid", "pmcid")]
    keys += [f"doi:{value}"] if (value := doi(record)) else []
    words = [each for each in title(record).split() if each not in _COMMON]
    telling = "".join(words)
    named = authors(record)
    family = fold_name(named[0].family) if named else ""
    if len(telling) < _TELLING:
        keys.append(f"head:{telling}|{family}")
    else:
        keys += [f"head:{telling[:_STRETCH]}", f"tail:{telling[-_STRETCH:]}"]
        keys.append(f"initials:{''.join([each[0] for each in words[:_WORDS]])}|{family if len(words) < _FEW else ''}")
    page, volume = first_page(record.pages), volume_number(record.volume)
    if family and page and volume:
        keys.append(f"page:{family}|{volume}|{page.lstrip('abcdefghijklmnopqrstuvwxyz')}")
    return tuple(dict.fromkeys(keys))


def reference_keys(record: Record) -> tuple[str, ...]:
    """The identity keys of what `record` cites or includes: those that it would have by its identifiers."""
    cited = (each for each in (*record.references, *record.includes) if each.scheme != "registration")
    keys = (f"{each.scheme}:{_decoded(each.value) if each.scheme == 'doi' else each.value}" for each in cited)
    return tuple(dict.fromkeys(keys))
