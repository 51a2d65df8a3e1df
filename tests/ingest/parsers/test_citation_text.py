"""Citations and abstracts as people type them. All studies, people and journals here are invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.parsers import detect
from ingest.parsers.apa import find
from kb.record import Record
from tests.ingest.parsers.conftest import Read

FIRST = "Wolle, T., & Weber, W. (1998). Massage of invented weavers. Invented Journal of Touch, 8(2), 72-76."
SECOND = "Spindel, M. (2001). Kneading of invented spinners. Invented Journal of Touch, 11, 5-9."
ABSTRACT = "Twenty invented weavers had massage for ten days and were less tense than those who rested."


def records(read: Read, text: str) -> list[Record]:
    return [each for each in read(text) if isinstance(each, Record)]


@pytest.mark.parametrize(
    ("authors", "families"),
    [
        ("Wolle, T., & Weber, W.", ["Wolle", "Weber"]),
        ("Wolle, T., Spindel, M. & Weber, W.", ["Wolle", "Spindel", "Weber"]),
        ("Wolle, T., Spindel, M., and Weber, W.", ["Wolle", "Spindel", "Weber"]),
        ("Wolle,T.,Spindel,M.,&Weber,W.", ["Wolle", "Spindel", "Weber"]),
        ("Wolle, T.., & Garn-Faden, M.., & Weber, W.", ["Wolle", "Garn-Faden", "Weber"]),
        ("Wolle, T., & Garn-Faden, M., & Weber", ["Wolle", "Garn-Faden", "Weber"]),
        ("Wolle, T. M., & van der Berg, J.-P.", ["Wolle", "van der Berg"]),
        ("O'Malley, K., & Ångström, Ö.", ["O'Malley", "Ångström"]),
        ("Garn Faden, M., & Wolle, T., Jr.", ["Garn Faden", "Wolle"]),
        ("Wolle, T, & Weber, W", ["Wolle", "Weber"]),
        ("Wolle, T., et al.", ["Wolle"]),
        ("Wolle, T. (Ed.)", ["Wolle"]),
        ("Wolle, T.", ["Wolle"]),
    ],
)
def test_authors_as_they_are_typed(authors: str, families: list[str]) -> None:
    (citation,) = find(f"{authors} (1998). Massage of invented weavers. Invented Journal of Touch, 8, 72-76.")
    assert [each.family for each in citation.contributors] == families
    assert citation.title == "Massage of invented weavers"


@pytest.mark.parametrize(
    ("rest", "title", "container", "numbers"),
    [
        ("A title. A Journal of Touch, 8(2), 72-76.", "A title", "A Journal of Touch", ("8", "2", "72-76")),
        ("A title.A Journal of Touch, 83, 7-14.", "A title", "A Journal of Touch", ("83", None, "7-14")),
        ("A title. Journal of touch, 8, 72-76.", "A title", "Journal of touch", ("8", None, "72-76")),
        ("A title. J. Invent. Ther., 8, 72-6", "A title", "J. Invent. Ther.", ("8", None, "72-76")),
        ("A title? A pilot study. Touch, 8, S7–S9.", "A title? A pilot study", "Touch", ("8", None, "S7-S9")),
        ("Does it help? Touch, Vol. 8, pp. 72-76.", "Does it help?", "Touch", ("8", None, "72-76")),
        (
            "Kneading vs. Rest, 2 (3) days. Touch 14: 1-9.",
            "Kneading vs. Rest, 2 (3) days",
            "Touch",
            ("14", None, "1-9"),
        ),
        ("Massage and marker P. Touch, 8, 1-2.", "Massage and marker P", "Touch", ("8", None, "1-2")),
        ("A title. Journal of Touch.", "A title", "Journal of Touch", (None, None, None)),
        ("A title. Journal of Touch, in press.", "A title", "Journal of Touch", (None, None, None)),
        (
            "A title. In A. Spindel (Ed.), Handbook of touch (pp. 5-9). New York: Nowhere Press.",
            "A title",
            "Handbook of touch",
            (None, None, "5-9"),
        ),
        ("A title. Paper presented at a meeting of nobody, Nowhere.", "A title", None, (None, None, None)),
        ("A title.", "A title", None, (None, None, None)),
        ("A title. METHOD: Twenty, 3(4), 5.", "A title", None, (None, None, None)),
    ],
)
def test_what_follows_the_year(
    rest: str, title: str, container: str | None, numbers: tuple[str | None, str | None, str | None]
) -> None:
    (citation,) = find(f"Wolle, T. (1998). {rest}")
    assert (citation.title, citation.container) == (title, container)
    assert (citation.volume, citation.issue, citation.pages) == numbers
    assert citation.end == len(f"Wolle, T. (1998). {rest}".partition(" METHOD:")[0])


def test_numbers_of_an_abstract_are_no_volume(read: Read) -> None:
    abstract = "Twenty weavers, 12 (3 men), rested. They slept 8 (2) hours at weeks 1, 10, 20-30. Nobody was worse."
    (record,) = records(read, f"Wolle, T. (1998). Massage of weavers. Invented Journal of Touch. {abstract}")
    assert (record.title, record.container) == ("Massage of weavers", "Invented Journal of Touch")
    assert record.abstract == abstract


@pytest.mark.parametrize(
    "text",
    [
        "Massage helps (Wolle, 1998), as others have said (Weber & Spindel, 2001).",
        "In Berlin, A. said nothing (see page 3).",
        "Nobody, in 1998, wrote about it.",
    ],
)
def test_prose_holds_no_citation(text: str) -> None:
    assert list(find(text)) == []


def test_a_word_before_the_first_author_is_no_part_of_the_name() -> None:
    (citation,) = find(f"as found on the Website {FIRST}")
    assert citation.contributors[0].family == "Wolle"


@pytest.mark.parametrize("heading", ["ABSTRACT ", "Abstract: ", "Abstract\n", "\n\nAbstract\n\n"])
def test_the_heading_of_an_abstract_is_no_part_of_it(heading: str, read: Read) -> None:
    (record,) = records(read, f"{FIRST} {heading}{ABSTRACT} Abstract: as they said.")
    assert record.abstract == f"{ABSTRACT} Abstract: as they said."
    assert record.commentary == ()


@pytest.mark.parametrize("glue", ["", " ", "\n", "\n\n"])
def test_text_behind_a_citation_is_its_abstract(glue: str, read: Read) -> None:
    first, second = records(read, FIRST + glue + ABSTRACT + (glue or " ") + SECOND)
    assert first.abstract == ABSTRACT
    assert second.abstract is None
    assert first.commentary == second.commentary == ()


@pytest.mark.parametrize("glue", ["\n", "\n\n"])
def test_a_summary_before_a_citation_is_not_the_abstract_of_the_one_above(glue: str, read: Read) -> None:
    topic = "Weavers - massage lowered the tension of invented weavers who had come for other reasons."
    text = f"{topic} {FIRST}{glue}{topic.replace('Weavers', 'Spinners')} {SECOND}"
    first, second = records(read, text)
    assert first.abstract is None
    assert first.commentary == (topic,)
    assert second.commentary == (topic.replace("Weavers", "Spinners"),)


def test_talk_is_commentary_and_never_abstract(read: Read) -> None:
    before = "Has anybody seen this one? It is about weavers."
    after = "I think that every weaver should read it, and you may find it useful for your own clients."
    (record,) = records(read, f"{before}\n\n{FIRST} METHOD: {ABSTRACT}\n\nRESULTS: None.\n\n{after}")
    assert record.abstract == f"METHOD: {ABSTRACT} RESULTS: None."
    assert record.commentary == (before, after)


def test_an_opinion_behind_a_citation_is_no_abstract(read: Read) -> None:
    (record,) = records(read, f"{FIRST} I think that this is the best study that your therapist could read in a year!")
    assert record.abstract is None
    assert len(record.commentary) == 1


def test_headings_lead_to_the_next_citation(read: Read) -> None:
    first, second = records(read, f"1998\n\n{FIRST}\n\n{ABSTRACT}\n\nSpinning:\n\n2001\n\n{SECOND}")
    assert (first.abstract, first.commentary) == (ABSTRACT, ())
    assert (second.abstract, second.commentary) == (None, ("Spinning:",))


def test_the_key_holds_through_another_typing(read: Read) -> None:
    (first,) = records(read, FIRST)
    (second,) = records(read, FIRST.replace("Massage of", "MASSAGE  of").replace(" 8(2), 72-76.", " 9, 1-2."))
    assert (first.source, first.key) == (second.source, second.key)
    assert first.digest != second.digest


def test_a_citation_listed_twice_keeps_its_abstract(read: Read) -> None:
    assert [each.abstract for each in records(read, f"{FIRST}\n\n{ABSTRACT}\n\n{SECOND}\n\n{FIRST}")] == [
        ABSTRACT,
        None,
    ]
    assert records(read, f"{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{ABSTRACT}")[-1].abstract == ABSTRACT


def test_identifiers_behind_a_citation_are_read(read: Read) -> None:
    (record,) = records(read, f"{FIRST} https://doi.org/10.5555/Invented.1998. PMID: 990000301. {ABSTRACT}")
    assert (record.value_of("doi"), record.value_of("pmid")) == ("10.5555/invented.1998", "990000301")
    assert record.abstract == ABSTRACT


def test_the_seed_is_read_as_its_readers_read_it(shared: Path, read: Read) -> None:
    body = (shared / "seed" / "forum_post_with_abstract.txt").read_bytes()
    assert detect(body) == "citation_text"
    (record,) = read(body)
    assert isinstance(record, Record)
    assert [each.family for each in record.contributors] == ["Field", "Diego", "Cullen", "Hernandez-Reif", "Sunshine"]
    assert (record.year, record.container, record.volume) == (2002, "Journal of Clinical Rheumatology", None)
    assert record.title.startswith("Fibromyalgia pain")
    assert record.title.endswith("massage therapy")
    assert record.abstract is not None
    assert record.abstract.startswith("METHOD: To determine")
    assert record.abstract.endswith("massage therapy group.")
    (talk,) = record.commentary
    assert talk.endswith("A good place to visit.")


@pytest.mark.parametrize(
    "citation",
    [
        "Wolle T, Weber W, Spindel M. Kneading of weavers. J Invent Touch. 2002 Apr;8(2):72-6.",
        "Wolle T, Weber W, Spindel M: Kneading of weavers. J Invent Touch 2002;8(2):72-6.",
        "Wolle T., Weber W., & Spindel M. (2002). Kneading of weavers. J Invent Touch, 8(2), 72-76.",
        "Wolle T, Weber W, Spindel M (2002) Kneading of weavers. J Invent Touch 8(2):72-76",
        "Wolle, T., Weber, W. and Spindel, M. 2002. Kneading of weavers. J Invent Touch 8(2): 72-76.",
        "Wolle, T., & Weber, W., & Spindel. (2002).Kneading of weavers.J Invent Touch,8(2),72-76.",
        "Wolle, T; Weber, W; & Spindel, M (2002). Kneading of weavers. J Invent Touch, 8(2), 72-76.",
        "(Wolle T, Weber W, Spindel M. Kneading of weavers. J Invent Touch. 2002;8(2):72-6)",
    ],
)
@pytest.mark.parametrize("after", ["", f" {SECOND}", f"\n\n{SECOND}"])
def test_manners_of_one_citation(citation: str, after: str) -> None:
    first, *rest = find(f"As others say. {citation}{after}")
    assert [each.family for each in first.contributors] == ["Wolle", "Weber", "Spindel"]
    assert (first.year, first.title, first.container) == (2002, "Kneading of weavers", "J Invent Touch")
    assert (first.volume, first.issue, first.pages) == ("8", "2", "72-76")
    assert [each.contributors[0].family for each in rest] == (["Spindel"] if after else [])


@pytest.mark.parametrize(
    "text",
    [
        "Group A. Weavers rested. Group B. Weavers had massage. All slept.",
        "Vitamin D, Marker P. In 2002; 8 of 20 slept.",
        "The spinners (Group A, Group B) were kneaded in 2001; 14 came back.",
    ],
)
def test_capitals_in_prose_are_no_authors(text: str) -> None:
    assert list(find(text)) == []


def test_summaries_that_lead_are_not_the_abstracts_of_the_citation_above(read: Read) -> None:
    summary = "{}: Twenty invented people were kneaded for ten days and were less tense than those who rested."
    one, other = (summary.format(each) for each in ("Weavers", "Spinners"))
    first, second = records(read, f"{one}\n{FIRST}\n\n{other}\n{SECOND}\n")
    assert (first.abstract, second.abstract) == (None, None)
    assert (first.commentary, second.commentary) == ((one,), (other,))
    first, second = records(read, f"{one}\n{FIRST}\n\n{ABSTRACT}\n\n{SECOND}\n\n{ABSTRACT}")
    assert (first.abstract, second.abstract) == (ABSTRACT, ABSTRACT)


@pytest.mark.parametrize("filler", ["Wolle T. ", "Wolle T, ", "2001;8:1 ", "Wolle T, Weber W. A 2001 ", "Wolle, T. "])
def test_hostile_lists_end_soon(filler: str) -> None:
    began = time.process_time()
    list(find(filler * (500_000 // len(filler))))
    assert time.process_time() - began < 8
