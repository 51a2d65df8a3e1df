r"""Text out of LaTeX: accents, letters, dashes, the braces that guard capitals, the mathematics of titles.

`{\"u}`, `\"{u}` and `\"u` are ü, `\ss` is ß, `{DNA}` is DNA, `$\alpha$` is α, `\emph{in vivo}` is in vivo. One pass
over the marks; a command that is not known goes, what it was said of stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ACCENTS: Mapping[str, str] = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_SPACING: Mapping[str, str] = {"^": "^", "~": "~", '"': '"', "'": "'", "`": "`"}
_LETTERS: Mapping[str, str] = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "i", "j": "j", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "S": "§",
    "textquotesingle": "'", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textendash": "–", "textemdash": "—", "textregistered": "®", "texttrademark": "™", "textcopyright": "©",
    "copyright": "©", "textdegree": "°", "degree": "°", "textmu": "µ", "textpm": "±", "pm": "±", "times": "×",
    "texttimes": "×", "cdot": "·", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "approx": "≈", "sim": "∼", "neq": "≠",
    "ldots": "…", "dots": "…", "textellipsis": "…", "infty": "∞", "rightarrow": "→", "to": "→", "prime": "′",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_", "textdollar": "$", "euro": "€",
    "TeX": "TeX", "LaTeX": "LaTeX", "newline": " ", "par": " ", "quad": " ", "qquad": " ", "item": " ",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
# Commands whose first argument is no text.
_UNSEEN = frozenset({"href", "begin", "end", "textcolor", "color", "fontsize", "cite", "label", "ref"})
_MARK = re.compile(
    r"\\([A-Za-z]{1,30})\*?[ \t\n]*|\\(.)|([{}$])|(---?|``|'')|(~)|([_^])(?=\{|\\)|([^\\{}$~_^'`-]+|.)", re.DOTALL
)
_ARGUMENT = re.compile(r"\{[^{}]{0,500}\}")
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_TELLING = re.compile(r"[\\{}$~]|--|``|''")


def text_of(source: str) -> str:
    """`source` without its LaTeX. What holds none comes back as it is."""
    if not _TELLING.search(source):
        return source
    parts: list[str] = []
    accent, place = "", 0
    while place < len(source):
        found = _MARK.match(source, place)
        if found is None:
            break
        place = found.end()
        word, sign, brace, dash, tie, _, text = found.groups()
        command = word or sign or ""
        if command in _ACCENTS and not (word and len(word) > 1):
            accent = command
        elif word in _UNSEEN:
            argument = _ARGUMENT.match(source, place)
            place = argument.end() if argument else place
        elif brace == "}" and accent:
            parts.append(_SPACING.get(accent, ""))
            accent = ""
        elif not brace:
            shown = _shown(word, sign, dash, tie, text)
            if accent and (shown := shown.lstrip()):
                shown, accent = shown[0] + _ACCENTS[accent] + shown[1:], ""
            parts.append(shown)
    return "".join(parts)


def verbatim(source: str) -> str:
    """A DOI or an address, in which a tilde is a tilde and two hyphens are two: only escapes and braces go."""
    return _ESCAPED.sub(r"\1", source).replace("{", "").replace("}", "") if "\\" in source or "{" in source else source


def _shown(word: str | None, sign: str | None, dash: str | None, tie: str | None, text: str | None) -> str:
    if word:
        return _LETTERS.get(word, "")
    if sign:
        return sign if sign in "&%$#_{}" else " " if sign in "\\ ,;:\n" else ""
    if dash:
        return {"--": "–", "---": "—", "``": "“", "''": "”"}[dash]
    return " " if tie else text or ""
