"""What tests share: invented literature, a clock that stands still, and the shared material where it is there.

Everything named here is invented: no study, author or journal of these fixtures exists.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from kb.record import Contributor, Identifier, Record
from kb.vocabulary import Vocabulary, load_vocabulary
from touchstone import touchstone

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

# Speed is measured in benchmarks/; a busy machine must not fail a property.
settings.register_profile("touchstone", deadline=None)
settings.load_profile("touchstone")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def curated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the curated corpus, as `touchstone demo` fills it; to be read, and not to be changed."""
    home = tmp_path_factory.mktemp("curated")
    (home / "touchstone.toml").write_text("semantic = false\n")
    studies, citations, lists = (str(ROOT / "corpus" / each) for each in ("studies", "citations", "lists"))
    for words in (["ingest", "file", studies, citations], ["lists", "take", lists]):
        told = CliRunner().invoke(touchstone, ["--home", str(home), *words])
        assert told.exit_code == 0, told.output
    return home


@pytest.fixture
def shared() -> Path:
    """The shared material beside the project; tests that want it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture
def invented() -> Record:
    """An invented trial, as PubMed would give it."""
    return Record(
        source="pubmed",
        key="990000001",
        format="medline",
        title="Massage of the lower back in invented weavers",
        identifiers=(Identifier("pmid", "990000001"), Identifier("doi", "10.5555/weavers")),
        contributors=(Contributor("Weaver", "Wilma"), Contributor("Loom", "L")),
        container="Journal of Invented Trials",
        year=2011,
        volume="3",
        pages="1-9",
        abstract=(
            "METHODS: Forty weavers with low back pain were randomly assigned to massage or to usual care, "
            "30 minutes twice a week for five weeks. RESULTS: Pain was lower in the massage group than in the "
            "usual care group. CONCLUSION: Pain fell."
        ),
    )
