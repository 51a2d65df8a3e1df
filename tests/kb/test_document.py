"""What a publication is in the index. Every publication is invented."""

from __future__ import annotations

import pytest

from kb.extraction import Extraction, Finding, Method, Sample
from kb.facets import facets
from kb.index.document import document
from tests.kb.test_votes import PAIN, RECORD, VOCABULARY, changed, published


@pytest.mark.parametrize(
    ("condition", "measured", "composed"),
    [
        ("cancer", "pain", "cancer_pain"),
        ("breast_cancer", "pain", "cancer_pain"),
        ("cancer", "fatigue", "cancer_fatigue"),
        ("cancer", "sleep", None),
        ("back_pain", "pain", None),  # low back pain is more than pain in the back
    ],
)
def test_people_with_cancer_whose_pain_was_measured_are_found_under_cancer_pain(
    condition: str, measured: str, composed: str | None
) -> None:
    sample = Sample(conditions=(Finding(condition),))
    made = document(published(changed(name=measured, concept=measured), sample=sample), VOCABULARY)
    named = {id for id, _ in made.concepts} & {"cancer_pain", "cancer_fatigue", "low_back_pain"}
    assert named == ({composed} if composed else set())


def test_of_a_citation_only_what_its_title_says_is_known() -> None:
    titled = Extraction(
        version="1", method=Method(techniques=(Finding("massage_unspecified", place="title"),)), outcomes=()
    )
    bare = published(record=RECORD)
    bare = type(bare)(**{name: getattr(bare, name) for name in bare.__struct_fields__} | {"facts": titled})
    found = facets(bare, VOCABULARY)
    assert (found["held"], found["counted"]) == (("citation",), ("no",))
    assert (found["harms"], found["size"]) == ((), ())
    assert found["technique"] == ("massage_unspecified",)
    read = facets(published(PAIN), VOCABULARY)
    assert (read["held"], read["counted"]) == (("read",), ("yes",))
    assert (read["harms"], read["size"]) == (("not_stated",), ("not_stated",))
