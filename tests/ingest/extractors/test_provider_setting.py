"""Who gave the treatment, and where. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.extractors.provider import provider
from ingest.extractors.reading import read
from ingest.extractors.setting import setting
from kb.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Massage was given by a licensed massage therapist.", "licensed massage therapist"),
        ("Each session was performed by one of four experienced physiotherapists.", "experienced physiotherapists"),
        ("They had a nurse-led programme.", "nurse"),
        ("Infants were massaged by their mothers.", "mothers"),
        ("Infants were massaged by the mother.", "mother"),
        ("Mothers were taught to massage their infants.", "Mothers"),
        ("They did self-acupressure twice a day.", "self"),
        ("A trained nurse gave the massage.", "trained nurse"),
        ("Pain was measured by a nurse.", None),
        ("They were referred by their physicians.", None),
        ("A blinded physiotherapist saw them.", None),
        ("Drugs were prescribed by the physician.", None),
    ],
)
def test_provider(said: str, expected: str | None, vocabulary: Vocabulary) -> None:
    found = provider(read(f"METHODS: Forty weavers came. {said}", "", (), vocabulary))
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("SETTING: A village spa. PARTICIPANTS: Forty weavers.", "A village spa"),
        ("METHODS: Forty weavers were recruited from a pain clinic.", "pain clinic"),
        ("METHODS: Infants were admitted to the neonatal intensive care unit.", "neonatal intensive care unit"),
        ("METHODS: The study was conducted at a tertiary hospital in Freedonia.", "tertiary hospital in Freedonia"),
        ("METHODS: Weavers who lived in three nursing homes were rubbed.", "nursing homes"),
        ("METHODS: Weavers were treated at home.", "home"),
        (
            "A randomised trial. University Hospital of Freedonia. Forty weavers were rubbed.",
            "University Hospital of Freedonia",
        ),
        ("METHODS: The Hospital Anxiety Scale was used in all patients.", None),
        ("METHODS: Length of hospital stay was noted in all patients.", None),
        ("METHODS: Patients of this clinical trial were rubbed.", None),
        ("BACKGROUND: Weavers are often seen in hospitals. METHODS: We rubbed.", None),
    ],
)
def test_setting(said: str, expected: str | None, vocabulary: Vocabulary) -> None:
    found = setting(read(said, "", (), vocabulary))
    assert (found.value if found else None) == expected
