"""Numbers of a text, in digits or in English words, with their places.

Abstracts open sentences with words ("Twenty-four women"), so words count as much as digits. Ordinals,
"once" and "twice" are not numbers here; what a number counts is for the reader of its neighbours to say.
"""

from __future__ import annotations

import re

import msgspec


class Number(msgspec.Struct, frozen=True):
    """`text[start:end]` says `value`."""

    value: float
    start: int
    end: int


_UNITS = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES: dict[str, int] = {
    **{word: i for i, word in enumerate(_UNITS, 1)},
    **{word: i for i, word in enumerate(_TEENS, 10)},
    **{word: i * 10 for i, word in enumerate(_TENS, 2)},
}
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_UNITS)}))?|{'|'.join(_TEENS)}|{'|'.join(_UNITS)})\b"
_BELOW_1000 = rf"(?:(?:(?:{_BELOW_100}|a)[ -])?hundred(?:(?:[ -]and)?[ -]{_BELOW_100})?|{_BELOW_100})"
_WORDS = rf"\b{_BELOW_1000}(?:[ -]thousand(?:,?(?: and)? {_BELOW_1000})?)?\b"
_DIGITS = r"(?<![\w.,/])\d{1,3}(?:[,\u2009\u202f]\d{3}){1,3}(?![\d,])|(?<![\w.])(?<!\d,)\d{1,7}(?:\.\d{1,4})?(?!\d)"
_NUMBER = re.compile(rf"{_DIGITS}|{_WORDS}", re.IGNORECASE)


def numbers(text: str) -> tuple[Number, ...]:
    """Every number of `text`, left to right: "1,024", "7.5", "twenty four", "one hundred and two"."""
    return tuple(Number(_value(each.group()), *each.span()) for each in _NUMBER.finditer(text))


def _value(written: str) -> float:
    if written[0].isdigit():
        return float(re.sub(r"[^\d.]", "", written))
    total = below = 0
    for word in re.findall(r"[a-z]+", written.lower()):
        if word == "hundred":
            below = max(below, 1) * 100
        elif word == "thousand":
            total, below = max(below, 1) * 1000, 0
        else:
            below += _VALUES.get(word, 0)
    return float(total + below)
