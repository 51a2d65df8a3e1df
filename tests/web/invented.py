"""A knowledge base in memory over a few publications, so that a page test needs no store and no index.

Everything here is INVENTED: no study, person, journal or number of it exists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import msgspec

from kb.alerts import Answer
from kb.amendments import Report
from kb.base import Health
from kb.errors import IndexUnavailableError, PublicationNotFoundError
from kb.exporters.reference import Reference, reference
from kb.extraction import Arm, Dose, Extraction, Finding, Method, Outcome, Sample
from kb.facets import COUNTED, facets, heading, named
from kb.lists import ReadingList
from kb.lists.editions import Edition, Named
from kb.publication import FieldSource, Publication
from kb.record import Contributor, Identifier, Notice, Record, Section, is_retracted
from kb.relations import MOST, Cited, Kind, Looked, Noticed, Relation, Relations, looked
from kb.rights import Policy
from kb.search import Chip, Facet, FacetValue, Filters, Hit, Matches, Query, Results, Suggestion
from kb.snippet import Span
from kb.store import Fetched
from kb.vocabulary import Comparator, Concept, Design, Instrument, Vocabulary
from kb.votes import Verdicts, counted

VOCABULARY = Vocabulary(
    concepts=(
        Concept(id="fibromyalgia", kind="condition", name="fibromyalgia", synonyms=("FMS", "fibrositis")),
        Concept(id="low_back_pain", kind="condition", name="low back pain"),
        Concept(id="massage", kind="technique", name="massage"),
        Concept(id="swedish", kind="technique", name="Swedish massage", broader="massage"),
        Concept(id="pain", kind="outcome", name="pain", polarity="low"),
        Concept(id="sleep", kind="outcome", name="sleep", polarity="high"),
        Concept(id="sleep_hours", kind="outcome", name="hours of sleep", polarity="high", broader="sleep"),
        Concept(id="anxiety", kind="outcome", name="anxiety", polarity="low"),
        Concept(id="cortisol", kind="outcome", name="cortisol", polarity="context", marker=True),
        Concept(id="stiffness", kind="outcome", name="stiffness", polarity="low"),
        Concept(id="tenderness", kind="outcome", name="tenderness", polarity="low"),
    ),
    instruments=(Instrument(id="stai", name="State-Trait Anxiety Inventory", outcome="anxiety", polarity="low"),),
    comparators=(
        Comparator(id="relaxation", name="relaxation training", group="active"),
        Comparator(id="usual_care", name="usual care", group="inactive"),
    ),
    designs=(
        Design(
            id="rct", name="randomised controlled trial", short="RCT", level=2, why="One trial.", plain="By chance."
        ),
        Design(id="systematic_review", name="systematic review", short="Review", level=1, why="Many.", plain="All."),
        Design(id="protocol", name="study protocol", short="Protocol", why="No results yet.", plain="A plan."),
    ),
)

WEAVERS = (
    "BACKGROUND: Invented weavers with fibromyalgia sleep badly. "
    "METHODS: Twenty-four weavers were randomly assigned to massage or to relaxation, "
    "30 minutes twice a week for 5 weeks. "
    "RESULTS: Anxiety and cortisol fell in the massage group. Pain was lower after massage than after relaxation "
    "(p = .03), and hours of sleep did not differ between the groups. Stiffness improved. "
    "CONCLUSIONS: The weavers would come again."
)


def said(text: str, words: str, value: Any, **more: Any) -> Finding[Any]:
    """`value`, said by `words` of `text`."""
    start = text.index(words)
    return Finding(value, start, start + len(words), **({"rule": "invented"} | more))


def _sections() -> Iterator[Section]:
    labels = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    starts = [WEAVERS.index(f"{label}: ") + len(label) + 2 for label in labels]
    ends = [WEAVERS.index(f" {label}: ") for label in labels[1:]]
    return map(Section, labels, starts, [*ends, len(WEAVERS)])


def _publication(record: Record, facts: Extraction) -> Publication:
    return Publication(
        id=record.key,
        revision=7,
        record=record,
        sources=(FieldSource("title", record.source, record.key), FieldSource("year", record.source, record.key)),
        members=(record,),
        machine=facts,
        facts=facts,
    )


_FALL = "Anxiety and cortisol fell in the massage group"
_PAIN = "Pain was lower after massage than after relaxation (p = .03)"
WEAVERS_FACTS = Extraction(
    version="invented 1",
    design=said(WEAVERS, "randomly assigned", "rct"),
    method=Method(
        randomised=said(WEAVERS, "randomly assigned", True),
        arms=(
            said(WEAVERS, "massage", Arm("massage", "intervention", n=said(WEAVERS, "Twenty-four weavers", 12))),
            said(WEAVERS, "relaxation", Arm("relaxation", "comparator", "relaxation")),
        ),
        techniques=(said(WEAVERS, "massage", "massage"),),
        comparators=(said(WEAVERS, "relaxation", "relaxation"),),
        dose=Dose(
            minutes=said(WEAVERS, "30 minutes", 30.0),
            per_week=said(WEAVERS, "twice a week", 2.0),
            weeks=said(WEAVERS, "5 weeks", 5.0),
            sessions=said(WEAVERS, "twice a week for 5 weeks", 10.0, derived=True),
            contact_minutes=said(WEAVERS, "30 minutes twice a week for 5 weeks", 300.0, derived=True),
        ),
    ),
    sample=Sample(
        n=said(WEAVERS, "Twenty-four", 24), conditions=(said(WEAVERS, "fibromyalgia", "fibromyalgia", state="checked"),)
    ),
    outcomes=(
        said(
            WEAVERS,
            _PAIN,
            Outcome("pain", "down", "between_groups", "pain", polarity="low", comparator="relaxation", p="p = .03"),
        ),
        said(
            WEAVERS,
            "hours of sleep did not differ between the groups",
            Outcome("hours of sleep", "none", "between_groups", "sleep_hours", polarity="high", timepoint="end"),
        ),
        said(
            WEAVERS,
            _FALL,
            Outcome(
                "anxiety", "down", "within_group", "anxiety", instrument="stai", polarity="low", arm="massage group"
            ),
        ),
        said(
            WEAVERS,
            _FALL,
            Outcome("cortisol", "down", "within_group", "cortisol", polarity="context", arm="massage group"),
        ),
        said(
            WEAVERS, "Stiffness improved", Outcome("stiffness", "not_stated", "unclear", "stiffness", said="improved")
        ),
        said(
            WEAVERS,
            "massage group. Pain was lower",
            Outcome("tenderness", "mixed", "between_groups", "tenderness", versus="relaxation"),
        ),
    ),
    conclusion=said(WEAVERS, "The weavers would come again", "The weavers would come again"),
)

INVENTED: tuple[Publication, ...] = (
    _publication(
        Record(
            source="invented",
            key="weaver-2011-massage-weavers",
            format="medline",
            title="Massage and relaxation in invented weavers with fibromyalgia",
            identifiers=(
                Identifier("pmid", "990000001"),
                Identifier("doi", "10.5555/weavers"),
                Identifier("registration", "INVENTED-0001"),
            ),
            contributors=(
                Contributor("Weaver", "Wilma"),
                Contributor("Loom", "L"),
                Contributor("Spool"),
                Contributor("Thread"),
            ),
            container="Journal of Invented Trials",
            year=2011,
            volume="3",
            issue="2",
            pages="1-9",
            language="eng",
            abstract=WEAVERS,
            sections=tuple(_sections()),
            commentary=("Somebody once asked about weavers in an invented forum.",),
        ),
        WEAVERS_FACTS,
    ),
    _publication(
        Record(
            source="invented",
            key="potter-2014-swedish-potters",
            format="corpus",
            title="Swedish massage against usual care in invented potters with low back pain: a trial in three towns",
            contributors=(Contributor("Potter", "Paula"),),
            container="Annals of Things That Did Not Happen",
            year=2014,
            summary="Invented potters had more pain after Swedish massage than with usual care, and no harm was seen.",
        ),
        Extraction(
            version="person",
            design=Finding("rct", state="checked", document="https://example.org/potters"),
            method=Method(techniques=(Finding("swedish", state="checked", document="https://example.org/potters"),)),
            sample=Sample(
                n=Finding(60, state="corrected", document="Potter 2014, table 1"),
                conditions=(Finding("low_back_pain", state="checked", document="Potter 2014, table 1"),),
            ),
            outcomes=(
                Finding(
                    Outcome(
                        "pain",
                        "up",
                        "between_groups",
                        "pain",
                        polarity="low",
                        comparator="usual_care",
                        timepoint="follow_up",
                        effect="mean difference 1.1",
                        interval="95 % CI 0.2 to 2.0",
                    ),
                    state="checked",
                    document="Potter 2014, table 2",
                ),
            ),
            harms=Finding("none_occurred", state="checked", document="Potter 2014, page 4"),
        ),
    ),
    _publication(
        Record(
            source="invented",
            key="kiln-2019-review",
            format="medline",
            title="An invented review of massage",
            contributors=(Contributor("Kiln", "K"),),
            year=2019,
            abstract="Nine invented trials of massage were pooled. Pain did not differ from usual care.",
            notices=(Notice("retracted", "Retracted in 2020 because it was invented."),),
        ),
        Extraction(
            version="invented 1",
            design=Finding("systematic_review", 0, 20),
            sample=Sample(trials=Finding(9, 0, 20), n=Finding(1404, 0, 20)),
            outcomes=(
                Finding(
                    Outcome("pain", "none", "between_groups", "pain", polarity="low", comparator="usual_care"), 45, 81
                ),
            ),
        ),
    ),
    _publication(
        Record(
            source="invented",
            key="nobody-undated",
            format="medline",
            title="Massage, of which nothing is stated",
            abstract="Somebody was massaged.",
        ),
        Extraction(version="invented 1"),
    ),
)


def corrected(id: str = INVENTED[0].id) -> Publication:
    """The first publication, of which a person read the number of people and the ledger otherwise."""
    facts = WEAVERS_FACTS
    sample = msgspec.structs.replace(facts.sample, n=Finding(26, state="corrected", document="Weaver 2011, table 1"))
    ledger = (Finding(Outcome("pain", "none", "between_groups", polarity="low"), state="checked", document="table 2"),)
    person = msgspec.structs.replace(facts, sample=sample, outcomes=ledger)
    return msgspec.structs.replace(INVENTED[0], id=id, facts=person)


JOINED = "joined-to-the-first"  # an old address


class NoEditions:
    """No edition of any list."""

    def of_list(self, list: str) -> tuple[Named, ...]:
        return ()

    def read(self, list: str, name: str) -> Edition | None:
        return None

    def page(self, list: str, name: str) -> bytes | None:
        return None

    def came_since(self, publications: Collection[str], revision: int) -> int:
        return 0


class InventedKnowledgeBase:
    """The door of `kb.base.KnowledgeBase` over a few publications; `page` hits a page; `index` may be missing."""

    revision = 7
    vocabulary = VOCABULARY
    editions = NoEditions()

    def __init__(
        self,
        publications: Sequence[Publication] = INVENTED,
        *,
        page: int = 20,
        index: bool = True,
        policy: Policy = "full",
        related: Mapping[str, Sequence[tuple[Kind, str]]] = MappingProxyType({}),
        listed: Fetched | None = None,
    ) -> None:
        self._policy, self._related, self._listed = policy, related, listed
        self._all = {each.id: each for each in publications}
        self._page, self._index = page, index

    def search(self, query: Query) -> Results:
        if not self._index:
            raise IndexUnavailableError("no index")
        found = [each for each in self._all.values() if self._fits(each, query)]
        pages = max(1, -(-len(found) // self._page))
        page = min(query.page, pages)
        return Results(
            query=msgspec.structs.replace(query, page=page),
            total=len(found),
            pages=pages,
            hits=tuple(_hit(each, query) for each in found[(page - 1) * self._page : page * self._page]),
            chips=() if query.literal else tuple(self._chips(query.text)),
            notes=("An invented note.",) if "?" in query.text else (),
            facets=tuple(self._facet(field, found, query) for field in COUNTED),
            tally=tallied(found),
            revision=7,
        )

    def find(self, query: Query) -> Matches:
        if not self._index:
            raise IndexUnavailableError("no index")
        return Matches(tuple(each.id for each in self._all.values() if self._fits(each, query)), ())

    def leading(self, query: Query, most: int, carrying: Filters = ()) -> tuple[Publication, ...]:
        chosen = msgspec.structs.replace(query, filters=carrying)
        found = [self._all[each] for each in self.find(query).ids]
        return tuple(each for each in found if self._fits(each, msgspec.structs.replace(chosen, text="")))[:most]

    def remembered(self, query: Query) -> Answer:
        found = [self._all[each] for each in self.find(query).ids]
        return Answer(tallied(found), tuple(sorted(each.id for each in found)))

    def arrived(self, query: Query, most: int) -> tuple[tuple[Publication, datetime], ...]:
        at = datetime(2026, 11, 1, tzinfo=UTC)
        return tuple((self._all[each], at) for each in reversed(self.find(query).ids))[:most]

    def counts(self, each_filters: Sequence[Filters]) -> tuple[int, ...]:
        return tuple(len(self.find(Query(filters=each)).ids) for each in each_filters)

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        if not self._index:
            raise IndexUnavailableError("no index")
        before, _, begun = typed.rpartition(" ")
        offered = []
        for concept in self.vocabulary.concepts() if begun else ():
            fits = next((n for n in (concept.name, *concept.synonyms) if n.casefold().startswith(begun.casefold())), "")
            said = sum(concept.id in facets(each, VOCABULARY)[concept.kind] for each in self._all.values())
            if fits and said:
                offered.append(Suggestion(fits, concept.name, concept.kind, said, f"{before} {fits}".strip()))
        return tuple(offered)

    def publications(self, ids: Sequence[str]) -> Iterator[Publication]:
        return (self._all[each] for each in ids)

    def publication(self, id: str) -> Publication:
        id = INVENTED[0].id if id == JOINED else id
        if id not in self._all:
            raise PublicationNotFoundError(id)
        return self._all[id]

    def shown(self, publication: Publication) -> Policy:
        return self._policy

    def released(self, publication: Publication) -> Reference:
        return reference(publication, {"default": self._policy})

    def similar(self, publication: Publication, most: int = 5) -> tuple[Publication, ...]:
        if not self._index:
            raise IndexUnavailableError("no index")
        return tuple(each for each in self._all.values() if each.id != publication.id)[:most]

    def relations(self, publication: Publication) -> tuple[Relation, ...]:
        return self._relations(publication, "version", "study")

    def cited(self, publication: Publication, without: Collection[str] = ()) -> Cited:
        studies = self._relations(publication, "cites", "includes")
        told = [each for each in studies if each.publication.id not in without]
        reviews = self._relations(publication, "cited_by", "included_by")
        retracted = sum(is_retracted(each.publication.record.notices) for each in studies)
        return Cited(Relations(tuple(told[:MOST]), len(told)), Relations(reviews[:MOST], len(reviews)), retracted)

    def _relations(self, publication: Publication, *kinds: Kind) -> tuple[Relation, ...]:
        told = self._related.get(publication.id, ())
        return tuple(Relation(kind, self._all[id]) for kind, id in told if kind in kinds)

    def lists(self) -> tuple[ReadingList, ...]:
        return ()

    def listed(self, reading_list: ReadingList) -> dict[str, Publication]:
        return {}

    def noticed(self, publication: Publication) -> tuple[Noticed, ...]:
        return tuple(Noticed(each, "invented", date(2026, 11, 1)) for each in publication.record.notices)

    def looked(self, publication: Publication) -> tuple[Looked, ...]:
        fetched = Fetched(datetime(2026, 11, 1, tzinfo=UTC), "pubmed")
        return looked(publication, {(each.source, each.key): fetched for each in publication.members}, self._listed)

    def reports(self, publication: str) -> tuple[Report, ...]:
        return ()

    def count(self) -> int:
        return len(self._all)

    def health(self) -> Health:
        return Health(7, 7 if self._index else None, len(self._all))

    def close(self) -> None:
        self._all = {}

    def _fits(self, publication: Publication, query: Query) -> bool:
        text = f"{publication.record.title} {publication.record.abstract}".casefold()
        asked = all(word in text for word in query.text.casefold().replace("fms", "fibromyalgia").split())
        chosen = {field: {value for name, value in query.filters if name == field} for field, _ in query.filters}
        return asked and all(values & set(facets(publication, VOCABULARY)[field]) for field, values in chosen.items())

    def _chips(self, text: str) -> list[Chip]:
        chips = []
        for concept in self.vocabulary.concepts():
            for name in (concept.name, *concept.synonyms):
                if name.casefold() in text.casefold().split():
                    without = " ".join(each for each in text.split() if each.casefold() != name.casefold())
                    chips.append(Chip(concept.kind, concept.name, name, concept.synonyms, without, concept=concept.id))
        return chips

    def _facet(self, field: str, found: Sequence[Publication], query: Query) -> Facet:
        counts: dict[str, int] = {value: 0 for name, value in query.filters if name == field}
        for each in found:
            for value in facets(each, VOCABULARY)[field]:
                counts[value] = counts.get(value, 0) + 1
        values = (
            FacetValue(v, named(field, v, VOCABULARY), n, (field, v) in query.filters)
            for v, n in sorted(counts.items())
        )
        return Facet(field, heading(field), tuple(values))


def tallied(found: Sequence[Publication]) -> tuple[Verdicts, ...]:
    """The tally of publications that are each a study of its own."""
    return counted([(each,) for each in found], VOCABULARY)


def _hit(publication: Publication, query: Query) -> Hit:
    record = publication.record
    words = set(query.text.casefold().split())
    passage, of = (record.abstract, "abstract") if record.abstract else (record.summary, "summary")
    return Hit(publication, _spans(record.title, words), _spans(passage or "", words), of if passage else None)  # type: ignore[arg-type]


def _spans(text: str, words: set[str]) -> tuple[Span, ...]:
    return tuple(
        Span(each, each.strip(" ,.:").casefold() in words) for each in text.replace(" ", " \0").split("\0") if each
    )
