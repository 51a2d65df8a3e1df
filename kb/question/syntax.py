"""The language of questions, as form: words, "phrases", field words, prefixes, and how they are joined.

    massage "trigger point" -cardiac       words, a phrase, what must not occur
    massage +pressure                      a word that must occur, as it does in quotation marks
    author:field year:1996..2005 n:>50     field words (`kb.question.fields`)
    (reflexology OR acupressure) NOT pregnancy
    reflexolog*                            words that begin so

AND, OR and NOT count in capitals alone, for in small letters they are part of a sentence. Side by side means
AND, which binds tighter than OR. What is not well formed is passed over: a bracket that is not closed closes at
the end, an operator without a side is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

DEEPEST = 20  # brackets within brackets; deeper ones are passed over

_TOKEN = re.compile(
    r"""
      (?P<open>\() | (?P<close>\))
    | (?P<minus>(?<![\w)"])-(?=["(\w]))
    | (?P<must>(?<![\w)"])\+(?P<word>[^\W_](?:[\w'’-]*[\w])?)(?![\w*:]))
    | (?P<phrase>"(?P<quoted>[^"]*)"?)
    | (?P<field>(?<!\w)(?P<name>[A-Za-z]+):(?:"(?P<value>[^"]+)"?|(?P<bare>[^\s()"]+)))
    | (?P<operator>(?<!\S)(?:AND|OR|NOT)(?=[\s(]|$))
    | (?P<prefix>(?<!\w)(?P<start>\w[\w'’]*)\*)
    | (?P<plain>(?:[^\s()"-]|(?<=[\w.])-)+|-+)
    """,
    re.VERBOSE,
)


class Plain(msgspec.Struct, frozen=True):
    """Words as in a sentence: `question[start:end]`."""

    start: int
    end: int


class Quoted(msgspec.Struct, frozen=True):
    """A phrase in quotation marks, or a word behind a plus; the stretch holds the marks, `text` does not."""

    start: int
    end: int
    text: str


class Prefixed(msgspec.Struct, frozen=True):
    """A word that is only begun; the stretch holds the asterisk, `text` does not."""

    start: int
    end: int
    text: str


class Fielded(msgspec.Struct, frozen=True):
    """A field word, `name:value`; the value begins at `at`."""

    start: int
    end: int
    name: str
    value: str
    at: int


class Both(msgspec.Struct, frozen=True):
    """All of `parts`."""

    parts: tuple[Expression, ...]


class Either(msgspec.Struct, frozen=True):
    """Any of `parts`."""

    parts: tuple[Expression, ...]


class Without(msgspec.Struct, frozen=True):
    """Not `part`."""

    part: Expression


Atom = Plain | Quoted | Prefixed | Fielded
Expression = Atom | Both | Either | Without


def parse(question: str) -> Both:
    """The form of `question`. An empty one has no parts."""
    return _Parser(question).whole()


class _Parser:
    def __init__(self, question: str) -> None:
        self._tokens = list(_tokens(question))
        self._at = 0

    def whole(self) -> Both:
        parts: list[Expression] = []
        while self._at < len(self._tokens):
            parts += _parts(self._alternatives(0))
            self._take("close")
        return Both(tuple(parts))

    def _alternatives(self, depth: int) -> Expression:
        sides = [self._sequence(depth)]
        while self._take("OR"):
            sides.append(self._sequence(depth))
        said = [each for each in sides if each.parts]
        return said[0] if len(said) == 1 else Either(tuple(_single(each) for each in said)) if said else Both(())

    def _sequence(self, depth: int) -> Both:
        parts: list[Expression] = []
        while self._at < len(self._tokens) and self._kind not in ("OR", "close"):
            excluded = False
            while self._kind in ("AND", "NOT", "minus"):
                excluded ^= self._kind != "AND"
                self._at += 1
            found = _parts(self._atom(depth, alone=excluded))
            parts += [Without(_single(Both(found)))] if excluded and found else found
        return Both(tuple(parts))

    def _atom(self, depth: int, *, alone: bool) -> Expression:
        """The next piece; words side by side are one, unless what stands before them is said of one `alone`."""
        if self._kind in ("", "OR", "close"):
            return Both(())
        token = self._tokens[self._at]
        self._at += 1
        if isinstance(token, str):
            if depth >= DEEPEST:
                return Both(())
            inner = self._alternatives(depth + 1)
            self._take("close")
            return inner
        if not isinstance(token, Plain):
            return token
        while not alone and isinstance(following := self._tokens[self._at] if self._kind else "", Plain):
            token = Plain(token.start, following.end)
            self._at += 1
        return token

    @property
    def _kind(self) -> str:
        if self._at == len(self._tokens):
            return ""
        token = self._tokens[self._at]
        return token if isinstance(token, str) else "atom"

    def _take(self, kind: str) -> bool:
        found = self._kind == kind
        self._at += found
        return found


def _tokens(question: str) -> Iterator[Atom | str]:
    for match in _TOKEN.finditer(question):
        start, end = match.span()
        match match.lastgroup:
            case "phrase":
                yield Quoted(start, end, match["quoted"])
            case "must":
                yield Quoted(start, end, match["word"])
            case "field":
                at = match.start("value") if match["value"] else match.start("bare")
                value = match["value"] or match["bare"].rstrip(",.;?!") or match["bare"]
                yield Fielded(start, end, match["name"].casefold(), value, at)
            case "prefix":
                yield Prefixed(start, end, match["start"])
            case "operator":
                yield match[0]
            case "plain":
                yield Plain(start, end)
            case kind:
                yield str(kind)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, Both) else (expression,)


def _single(both: Both) -> Expression:
    return both.parts[0] if len(both.parts) == 1 else both
