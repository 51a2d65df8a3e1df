"""Numbers and dates as the reader writes them, told by the languages that the browser asks for.

The pages are in English, so a date keeps English names of months, in the order of the reader's country; a number has
the marks that the reader's own language puts into it. `1.234` means two things, and a reader knows only one of them.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import msgspec
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from flask import Flask, Response, has_request_context, request

_ENGLISH = Locale("en")
_MOST = 8  # languages of one header that are looked at


class Reader(msgspec.Struct, frozen=True):
    """The locale that writes the reader's numbers, and the English one that writes the dates."""

    numbers: Locale = _ENGLISH
    dates: Locale = _ENGLISH


def number(value: float) -> str:
    """`1234` as `1,234`, `1.234` or `1 234`; of a fraction three digits at the most."""
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)  # alike everywhere, and a page has hundreds
    return format_decimal(value, locale=_reader().numbers)


def share(value: float) -> str:
    """A share of 1 in whole percent: `.211` as `21%` or `21 %`."""
    return format_percent(value, locale=_reader().numbers)


def day(value: date) -> str:
    """`2 Nov 2026` or `Nov 2, 2026`."""
    return format_date(value, "medium", locale=_reader().dates)


def register(app: Flask) -> None:
    """Give the three to every template, and tell caches that a page depends on whom it is for."""
    app.jinja_env.filters.update(number=number, share=share, day=day)
    app.after_request(_varies)


def _varies(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response


def _reader() -> Reader:
    return _of(tuple(request.accept_languages.values())[:_MOST]) if has_request_context() else Reader()


@lru_cache(maxsize=256)
def _of(languages: tuple[str, ...]) -> Reader:
    """The first of `languages` that is known decides; a country that has no English of its own gets the world's."""
    for each in languages:
        if (own := _known(each)) is not None:
            return Reader(own, _known(f"en-{_country(own)}") or Locale("en", "001"))
    return Reader()


def _known(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return None


def _country(locale: Locale) -> str:
    """Where `locale` is written: as it says, or where most of its readers are ("de": DE)."""
    likely: str = get_global("likely_subtags").get(locale.language, "")
    return locale.territory or likely.rpartition("_")[2] or "001"
