"""Jobs: what is due, and what one run leaves behind, against a PubMed on loopback. All articles are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from ingest import jobs
from ingest.jobs import Progress, UnknownJobError, due, find
from ingest.report import Report
from ingest.sources import SOURCES, Ask, Harvest, HarvestError, Means, Reached
from kb.base import WritableKnowledgeBase, open_for_rehearsal, open_for_writing
from kb.errors import SettingsError
from kb.record import Payload
from kb.settings import JobSettings, read_settings
from kb.store import JobState
from tests.clock import Clock
from tests.servers.invented import Invented, articles
from tests.servers.pubmed import PubMed, serving
from tests.servers.site import serve, with_validators
from touchstone import touchstone

NOW = datetime(2026, 1, 2, 3, 0, tzinfo=UTC)
NIGHTLY = JobSettings(name="nightly", source="pubmed", query="massage", every="1d")


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("state", "last", "now_due"),
    [
        (JobState(), None, True),
        (JobState(watermark=ago(23)), ago(23), False),
        (JobState(watermark=ago(24)), ago(24), True),
        (JobState(watermark=ago(1), pending=ago(0.1)), ago(1), True),  # killed: it left no report
        (JobState(watermark=ago(30), pending=ago(0.5)), ago(0.5), False),  # failed half an hour ago
        (JobState(watermark=ago(30), pending=ago(5)), ago(1), True),
        (JobState(), ago(0.5), False),
    ],
)
def test_what_is_due(state: JobState, last: datetime | None, now_due: bool) -> None:
    assert due([NIGHTLY], {"nightly": Progress(state, last)}, NOW) == ((NIGHTLY,) if now_due else ())


def test_another_question_begins_anew() -> None:
    same = msgspec.structs.replace(NIGHTLY, every="2d", options={"api_key": "k"})
    asked = msgspec.structs.replace(NIGHTLY, query="acupressure")
    assert same.key == NIGHTLY.key
    assert asked.key != NIGHTLY.key
    assert msgspec.structs.replace(NIGHTLY, source="europe_pmc").key != NIGHTLY.key


def test_a_job_that_cannot_begin_keeps_no_other_from_running(kb: WritableKnowledgeBase) -> None:
    with serving(PubMed(articles(3))) as site:
        listed = [JobSettings(name="misspelt", source="pubmd", query="q"), nightly(site.url)]
        first, second = jobs.run_due(listed, kb, Clock(NOW).means())
    assert (first.job, first.exit_code) == ("misspelt", 1)
    assert "no source 'pubmd'" in first.text()
    assert second.created == 3


@pytest.mark.parametrize(("every", "hours"), [("30m", 0.5), ("12h", 12), ("2d", 48)])
def test_how_often(every: str, hours: float) -> None:
    job = JobSettings(name="x", source="pubmed", query="q", every=every)
    assert job.interval == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[jobs]]\nname = "a"\nsource = "pubmed"\nquery = "q"\nevery = "often"', "30m, 12h, 1d"),
        ('[[jobs]]\nname = "A b"\nsource = "pubmed"\nquery = "q"', "small letters"),
        ('[[jobs]]\nname = "a"\nsource = "pubmed"\nquery = "q"\n' * 2, "two jobs"),
        ('[[jobs]]\nname = "a"\nquery = "q"', "source"),
        ('[[jobs]]\nname = "a"\nsource = "pubmed"\nquery = "q"\nevry = "1d"', "evry"),
    ],
)
def test_a_mistake_in_the_settings_is_told(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "touchstone.toml").write_text(text)
    with pytest.raises(SettingsError, match=says):
        read_settings(tmp_path)


@pytest.fixture
def kb(tmp_path: Path) -> Iterator[WritableKnowledgeBase]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text("semantic = false\n")
    with open_for_writing(home) as opened:
        yield opened


def nightly(url: str) -> JobSettings:
    return msgspec.structs.replace(NIGHTLY, options={"base": f"{url}/"})


def test_night_after_night(kb: WritableKnowledgeBase) -> None:
    service = PubMed(articles(250))
    with serving(service) as site:
        job = nightly(site.url)
        first = jobs.run(job, kb, Clock(NOW).means())
        assert (first.created, first.exit_code, first.job) == (250, 0, "nightly")
        assert kb.store.job(job.key).watermark == NOW
        assert kb.store.job(job.key).pending is None

        again = jobs.run(job, kb, Clock(NOW + timedelta(days=1)).means())
        assert (again.created, again.updated) == (0, 0)

        today = date(2026, 1, 4)
        revised = next(iter(service.articles.values()))
        service.articles[str(revised.pmid)] = msgspec.structs.replace(revised, modified=today, revision=1)
        service.articles["7"] = Invented(7, today, today)
        third = jobs.run(job, kb, Clock(NOW + timedelta(days=2)).means())
        assert (third.created, third.updated) == (1, 1)
    assert kb.store.count() == 251
    assert [each.job for each in kb.store.runs(10)] == ["nightly"] * 3


def test_a_service_that_is_down_moves_no_watermark_and_loses_nothing(kb: WritableKnowledgeBase) -> None:
    service = PubMed(articles(250), faults=1.0)
    with serving(service) as site:
        job = nightly(site.url)
        report = jobs.run(job, kb, Clock(NOW).means())
        assert report.exit_code == 1
        assert kb.store.job(job.key) == JobState(pending=NOW)
        service.faults = 0.0
        assert jobs.run(nightly(site.url), kb, Clock(NOW + timedelta(hours=1)).means()).created == 250
    assert kb.store.job(job.key).watermark == NOW  # the time that the first run had asked for


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch, invented_nbib: list[bytes]) -> list[Ask]:
    """A source of three parts that breaks off after two the first time; what it was asked."""
    asked: list[Ask] = []

    def harvest(ask: Ask, means: Means) -> Harvest:
        asked.append(ask)
        for number in range(int(ask.resume or 0), 3):
            if number == 2 and len(asked) == 1:
                raise HarvestError("the line went dead", where="loopback", remedy="Run it again.")
            body = invented_nbib[number]
            yield Payload(source="breaking", key=f"part {number}", body=body, fetched_at=NOW)
            yield Reached(str(number + 1))

    monkeypatch.setitem(SOURCES, "breaking", harvest)
    return asked


@pytest.fixture
def invented_nbib() -> list[bytes]:
    return [f"PMID- {n}\nTI  - Invented trial {n}.\nDP  - 2001\n".encode() for n in (990000001, 990000002, 990000003)]


def test_an_interrupted_run_goes_on_where_it_was(kb: WritableKnowledgeBase, breaking: list[Ask]) -> None:
    job = JobSettings(name="parts", source="breaking", query="")
    first = jobs.run(job, kb, Clock(NOW).means())
    assert (first.created, first.problems[0].reason) == (2, "the line went dead")
    second = jobs.run(job, kb, Clock(NOW + timedelta(days=9)).means())
    assert second.created == 1
    assert (breaking[1].resume, breaking[1].until) == ("2", NOW)
    jobs.run(job, kb, Clock(NOW + timedelta(days=10)).means())
    assert (breaking[2].resume, breaking[2].memory) == (None, "3")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(report: Report) -> Report:
    return msgspec.structs.replace(report, started_at=NOW, seconds=0.0, rehearsal=False)


def test_a_rehearsal_changes_nothing_and_foretells_the_run(tmp_path: Path) -> None:
    home, bad = tmp_path / "home", tmp_path / "bad.nbib"
    bad.write_bytes(b"TI  - No number\nAB  - x\n\nPMID- 990000001\nTI  - Good.\nDP  - 2001\n")
    service = PubMed(articles(60))
    with serving(service) as site:
        with open_for_writing(home) as kb:
            jobs.run(nightly(site.url), kb, Clock(NOW).means())
        first = next(iter(service.articles.values()))
        service.articles[str(first.pmid)] = msgspec.structs.replace(first, modified=date(2026, 1, 3), revision=2)
        service.articles["8"] = Invented(8, date(2026, 1, 3), date(2026, 1, 3))
        before = digest(home / "store.sqlite")
        with open_for_rehearsal(home) as copy:
            foretold = jobs.run(nightly(site.url), copy, Clock(NOW + timedelta(days=1)).means())
        assert digest(home / "store.sqlite") == before
        assert foretold.rehearsal
        assert "nothing was changed" in foretold.text()
        with open_for_writing(home) as kb:
            done = jobs.run(nightly(site.url), kb, Clock(NOW + timedelta(days=1)).means())
        assert told(foretold) == told(done)
        assert (done.created, done.updated) == (1, 1)


def test_a_file_may_be_rehearsed_too(tmp_path: Path) -> None:
    good = tmp_path / "good.nbib"
    good.write_bytes(b"PMID- 990000001\nTI  - Good.\nDP  - 2001\n")
    done = CliRunner().invoke(touchstone, ["--home", str(tmp_path / "home"), "ingest", "file", str(good), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "1 created" in done.output
    assert not (tmp_path / "home" / "store.sqlite").exists()


def test_jobs_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "one.nbib").write_bytes(b"PMID- 990000001\nTI  - Good.\nDP  - 2001\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "touchstone.toml").write_text(
        f'[[jobs]]\nname = "inbox"\nsource = "folder"\nquery = "{folder.as_posix()}"\nevery = "1h"\n'
    )

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(touchstone, ["--home", str(home), "ingest", *words])
        return done.exit_code, done.output

    code, said = run("due")
    assert (code, "1 created" in said) == (0, True), said
    assert run("due") == (0, "No job is due.\n")
    code, said = run("run", "inbox")
    assert (code, "1 unchanged" in said) == (0, True), said
    assert "Job inbox" in run("log")[1]


def test_an_unknown_job_or_source_is_named(kb: WritableKnowledgeBase) -> None:
    with pytest.raises(UnknownJobError, match="no job 'weekly'") as caught:
        find([NIGHTLY], "weekly")
    assert "nightly" in caught.value.remedy
    with pytest.raises(UnknownJobError, match="no source 'medline'"):
        jobs.run(msgspec.structs.replace(NIGHTLY, source="medline"), kb, Clock(NOW).means())


def test_a_page_that_did_not_change_is_not_sent_again_the_next_night(kb: WritableKnowledgeBase) -> None:
    page = b"<html><meta name='citation_title' content='Invented'><meta name='citation_date' content='2001'></html>"
    with serve({"/list": with_validators(page, '"v1"')}) as site:
        job = JobSettings(name="pages", source="web_pages", query=f"{site.url}/list")
        assert jobs.run(job, kb, Clock(NOW).means()).created == 1
        for night in (1, 2):
            assert jobs.run(job, kb, Clock(NOW + timedelta(days=night)).means()).payloads == 0
            assert site.asked[-1].headers["if-none-match"] == '"v1"'
