"""BibTeX, quirk by quirk: LaTeX, names, values, entries that are nearly right. All entries are invented."""

from __future__ import annotations

import time

import pytest

from ingest.parsers import Unreadable
from ingest.parsers.bibtex_names import contributors
from ingest.parsers.bibtex_values import fields_of
from ingest.parsers.decoding import normalise
from ingest.parsers.latex import text_of, verbatim
from kb.record import Contributor, Record
from tests.ingest.parsers.conftest import Read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain text, 5% of it", "plain text, 5% of it"),
        (r"M{\"u}ller", "Müller"),
        (r"M\"{u}ller", "Müller"),
        (r"M\"uller", "Müller"),
        (r"Trag{\" o}die", "Tragödie"),
        (r"Stra{\ss}e", "Straße"),
        (r"Stra\ss e", "Straße"),
        (r"caf\'e", "café"),
        (r"na{\"\i}ve", "naïve"),
        (r"\c{S}i\v{s}ko \H{o} \k{a} \r{a} \u{g} {\l}", "Şiško ő ą å ğ ł"),
        (r"{\O}re and {\AA}berg", "Øre and Åberg"),
        (r"{DNA} in {{Invented} Words}", "DNA in Invented Words"),
        ("pages 1--9 --- all", "pages 1–9 — all"),
        ("``invented''", "“invented”"),
        (r"$\alpha$ and $\Sigma^{0}$", "α and Σ0"),
        (r"H$_{\textrm{2}}$O", "H2O"),
        (r"\textit{in vivo} {\bf bold} \emph{and so}", "in vivo bold and so"),
        (r"5\,\% \& more \_ \# \$", "5 % & more _ # $"),
        (r"\url{https://invented.example}", "https://invented.example"),
        (r"\href{https://invented.example}{Invented}", "Invented"),
        (r"D\textquotesingle Arc", "D'Arc"),
        (r"\textasciitilde{}\~{}\^{}", "~~^"),
        ("a~b", "a b"),
        ("\\", "\\"),
        ("{", ""),
        ("}", ""),
    ],
)
def test_latex(source: str, text: str) -> None:
    assert normalise(text_of(source)) == text


def test_addresses_keep_their_tildes_and_hyphens() -> None:
    assert verbatim(r"https://invented.example/\~{}a--b\_c") == "https://invented.example/~a--b_c"


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Wolle, Tilda and Garn, Ben A.", [("Wolle", "Tilda"), ("Garn", "Ben A.")]),
        ("Tilda Wolle AND Ben A. Garn", [("Wolle", "Tilda"), ("Garn", "Ben A.")]),
        ("Ludwig van der Garn", [("van der Garn", "Ludwig")]),
        ("van der Garn, Jr., Ludwig", [("van der Garn", "Ludwig Jr.")]),
        ("de la Laine Charles", [("de la Laine Charles", None)]),
        ("{Wolle} and others", [("Wolle", None)]),
        ("{Invented Study and Work Group}", [("Invented Study and Work Group", None)]),
        ("Ministry of Invented Health", [("Ministry of Invented Health", None)]),
        (r"Wolle, Tilda and {M{\"u}ller}, J{\"o}rg", [("Wolle", "Tilda"), ("Müller", "Jörg")]),
        ("family=Wolle, given=Tilda, prefix=von", [("von Wolle", "Tilda")]),
        ("Tilda {Wolle Garn}", [("Wolle Garn", "Tilda")]),
        ("Wolle,\n Tilda\n and\n Garn, Ben", [("Wolle", "Tilda"), ("Garn", "Ben")]),
        ("Madonna", [("Madonna", None)]),
        ("A and ,", [("A", None)]),
        ("and and", []),
        ("", []),
    ],
)
def test_names(field: str, people: list[tuple[str, str | None]]) -> None:
    assert [(each.family, each.given) for each in contributors(field)] == people


def test_editors_and_groups_have_their_roles() -> None:
    assert list(contributors("Wolle, T", editor=True)) == [Contributor("Wolle", "T", "editor")]
    assert list(contributors("{Invented Group}")) == [Contributor("Invented Group", None, "collective")]


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ("{a {b} c}", {"x": "a {b} c"}),
        ('"a {"}quoted{"} b"', {"x": 'a {"}quoted{"} b'}),
        ('"one " # known # {, three}', {"x": "one two, three"}),
        ("unknown", {"x": "unknown"}),
        ("2002", {"x": "2002"}),
        ("{a} year = {2002}", {"x": "a", "year": "2002"}),
        ("{a} year = 2002 month = mar", {"x": "a", "year": "2002", "month": "mar"}),
        ("{never closed", {"x": "never closed"}),
        ("{}", {}),
        ("", {}),
    ],
)
def test_values(value: str, fields: dict[str, str]) -> None:
    assert fields_of([("X", value)], {"known": "two"}) == fields


@pytest.mark.parametrize(
    "entry",
    [
        "@article{k, title={Invented}, author={Wolle, T}}",
        "@Article {k,\n title = {Invented},\n author = {Wolle, T},\n}",
        "@ARTICLE{,title={Invented},author={Wolle, T}}",
        "@article{title={Invented},author={Wolle, T}}",
        "@article{ title = {Invented}, author = {Wolle, T} }",
        '@article(k, title="Invented", author="Wolle, T")',
        "@article{k, title={Invented},, author={Wolle, T}}",
        "@article{k, title={Invented} author={Wolle, T}}",
        "@article{k, title={Invented}, author={Wolle, T}",
        "@article{k, title={Invented}, author={Wolle, T",
        "@article{k, title={Invented}, author={Wolle, T}, author={Garn, B}}",
        "@string(t = {Invented})\n@article{k, title=t, author={Wolle, T}}",
        "Some words before.\n\n  @article{k:1+2, TITLE={Invented}, Author={Wolle, T}} and behind",
    ],
)
def test_entries_right_and_nearly_right(entry: str, read: Read) -> None:
    (record,) = read(entry)
    assert isinstance(record, Record), record
    assert (record.title, record.contributors) == ("Invented", (Contributor("Wolle", "T"),))
    assert (record.source, record.format) == ("bibtex", "bibtex")


def test_an_entry_without_end_takes_no_neighbour_with_it(read: Read) -> None:
    items = read("@article{a, title={One}\n\n@article{b, title={Two}}\n@article{c, author={Nobody}}\n")
    assert [each.title if isinstance(each, Record) else each.key for each in items] == [
        "One",
        "Two",
        "file, record 3 (line 4)",
    ]


def test_two_entries_of_one_key_both_arrive(read: Read) -> None:
    items = read("@article{a, title={One}}\n@article{a, title={Two}}")
    assert [each.title for each in items if isinstance(each, Record)] == ["One", "Two"]


def test_an_entry_without_title_refers_to_no_parent(read: Read) -> None:
    first, second = read("@book{title={Invented}, year=2001}\n@article{b, author={Wolle, T}}")
    assert isinstance(first, Record)
    assert isinstance(second, Unreadable)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be", "utf-16-le"])
def test_an_encoding_loses_nothing(encoding: str, read: Read) -> None:
    body = "% Encoding: UTF-8\n\n@article{k, title = {Invented “touch” of Müller}}\n"
    (record,) = read(body.encode(encoding))
    assert isinstance(record, Record)
    assert record.title == "Invented “touch” of Müller"


def test_ten_megabytes_of_one_entry_are_refused_soon_and_lose_no_neighbour(read: Read) -> None:
    began = time.process_time()
    monster = "@article{k, abstract={" + "invented words {and} braces \\emph{without} end\n" * 220_000
    refused, last = read(monster + "}, title={Long}}\n@article{b, title={Short}}")
    assert time.process_time() - began < 20
    assert isinstance(refused, Unreadable)
    assert "5,000,000" in refused.reason
    assert isinstance(last, Record)


@pytest.mark.parametrize(
    "filling", ["{", "@a{", '"', "\n@article{k,", "@article{k, title={", "\\", "= {a} x ", "a and "]
)
def test_a_flood_of_marks_ends_soon(filling: str, read: Read) -> None:
    began = time.process_time()
    read("@article{k, title={Invented}}\n@misc{l, author={" + filling * 20_000)
    assert time.process_time() - began < 15
