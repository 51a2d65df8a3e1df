"""What reading everything again would change, told before it is done. The literature is invented."""

from __future__ import annotations

import msgspec
import pytest

from ingest.extractors import extract
from ingest.forecast import forecast
from kb.extraction import Dose, Extraction, Finding
from kb.publication import Publication
from kb.record import Record
from kb.vocabulary import Vocabulary


@pytest.fixture
def publication(invented: Record, vocabulary: Vocabulary) -> Publication:
    read = extract(invented, vocabulary)
    return Publication(
        id="weaver", revision=1, record=invented, sources=(), members=(invented,), machine=read, facts=read
    )


def altered(publication: Publication, weeks: Finding[float]) -> Publication:
    method = msgspec.structs.replace(publication.machine.method, dose=Dose(weeks=weeks))
    sparse = msgspec.structs.replace(publication.machine, method=method)
    return msgspec.structs.replace(publication, machine=sparse)


def weeks(said: tuple[str, ...]) -> list[str]:
    return [each for each in said if each.startswith("method.dose.weeks")]


def test_the_same_reading_changes_nothing(publication: Publication, vocabulary: Vocabulary) -> None:
    expected = forecast([publication], vocabulary)
    assert (expected.publications, expected.differing) == (1, ())


def test_a_fact_that_would_come_and_one_that_would_go(publication: Publication, vocabulary: Vocabulary) -> None:
    (difference,) = forecast([altered(publication, Finding(6.0, 9, 14))], vocabulary).differing
    assert weeks(difference.gone) == ["method.dose.weeks: 6.0"]
    assert weeks(difference.fresh) == ["method.dose.weeks: 5.0"]
    assert not difference.hidden
    assert "- method.dose.weeks: 6.0" in difference.text()


def test_a_fact_that_only_moved_is_no_change(publication: Publication, vocabulary: Vocabulary) -> None:
    (difference,) = forecast([altered(publication, Finding(5.0, 0, 3, rule="other"))], vocabulary).differing
    assert weeks((*difference.gone, *difference.fresh)) == []


def test_what_a_person_covers_is_said_to_be_covered(publication: Publication, vocabulary: Vocabulary) -> None:
    said: Finding[str] = Finding("NCT00000001", 0, 4)
    stored = msgspec.structs.replace(publication.machine, registration=said)
    curated = Extraction(version="person", registration=Finding("NCT00000002", state="corrected"))
    record = msgspec.structs.replace(publication.record, curated=curated)
    (difference,) = forecast(
        [msgspec.structs.replace(publication, machine=stored, record=record)], vocabulary
    ).differing
    assert difference.gone == ("registration: NCT00000001",)
    assert difference.hidden
