"""`/topics` and `/topics/<concept>`: what the studies of a condition, a technique or an outcome say, and leave open."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from flask import Blueprint, abort, render_template, request, url_for

from kb.facets import with_broader
from kb.search import Facet, FacetValue, Filters, Query, Results
from kb.topics import Axis, CoreSet, doses, gap_map, load_texts, strip
from kb.topics.gaps import COLUMNS, ROWS
from kb.vocabulary import Concept, Kind
from kb.votes import domain
from kb.wording import concept_name, other_names
from web.card import card
from web.counter import counter_studies
from web.nearby import nearby
from web.port import KnowledgeBase
from web.tally import harms, table
from web.tally import strip as counter_evidence
from web.topic import Study, dose_view, gap_rows, named, strip_lines
from web.urls import address

KINDS: dict[Kind, str] = {"condition": "Conditions", "technique": "Techniques", "outcome": "Outcomes"}
ACROSS: dict[Kind, tuple[str, str]] = {  # what the gap map of a topic has in rows and columns
    "condition": ("technique", "outcome"),
    "technique": ("condition", "outcome"),
    "outcome": ("technique", "condition"),
}
COUNTED = ("counted", "yes")
READ = 200  # studies whose facts are read for a page, the newest
NEWEST = 3
REVIEWS = 4
REVIEWED = (("design", "systematic_review"), ("design", "overview_or_evidence_map"), ("held", "read"))
CHOICES = 6  # outcomes that the dose explorer offers


def blueprint(kb: KnowledgeBase) -> Blueprint:
    """The pages over `kb`."""
    pages = Blueprint("topics", __name__)

    @pages.get("/topics")
    def index() -> str:
        found = kb.search(Query(filters=(COUNTED,)))
        facets = {each.field: each for each in found.facets}
        lists = [(name, _known(facets[kind], kb)) for kind, name in KINDS.items() if kind in facets]
        return render_template(
            "topics.html",
            lists=lists,
            counted=found.total,
            count=kb.count(),
            revision=found.revision,
        )

    @pages.get("/topics/<id>")
    def topic(id: str) -> str:
        concept = kb.vocabulary.concept(id)
        if concept is None or concept.kind not in KINDS:
            abort(404)
        return render_template("topic.html", **_view(concept, kb, request.args.get("outcome")))

    return pages


def _view(concept: Concept, kb: KnowledgeBase, wanted: str | None) -> dict[str, object]:
    own: Filters = ((concept.kind, concept.id),)
    base = (*own, COUNTED)
    every = kb.search(Query(filters=own))
    found = kb.search(Query(filters=base, sort="newest"))
    vocabulary, texts = kb.vocabulary, load_texts()
    core = texts.core_sets.get(concept.id)
    domains = _domains(concept, found, kb)
    asked = domain(wanted, vocabulary) if wanted else None
    outcome = asked if asked in domains else next(iter(domains), None)
    ours = tuple(each for each in found.tally if concept.kind != "outcome" or each.cell.outcome in domains)
    told = msgspec.structs.replace(found, tally=ours)
    spoken = harms(told)
    return {
        "concept": concept,
        "names": other_names(concept),
        "wider": named(concept.broader, vocabulary) if concept.broader else None,
        "kinds": _kinds(concept, every, kb),
        "text": texts.texts.get(concept.id),
        "reviews": tuple(nearby(each, kb) for each in kb.leading(Query(filters=own, sort="newest"), REVIEWS, REVIEWED)),
        "reviews_url": _search(Query(filters=(*own, *REVIEWED), sort="newest")),
        "commentary": texts.commentary.get(concept.id),
        "lists": tuple(each for each in kb.lists() if each.visibility == "public" and concept.id in each.topics),
        "cautions": texts.cautions_on([each.id for each in with_broader([concept.id], vocabulary)]),
        "every": every,
        "found": found,
        "every_url": _search(Query(filters=own)),
        "found_url": _search(Query(filters=base)),
        "brief_url": address(url_for("brief.page"), Query(filters=own)),
        "against": counter_evidence(told, vocabulary),
        "counter": counter_studies(told, kb),
        "table": table(told, vocabulary),
        "csv_url": address(url_for("tally.table"), Query(filters=base)),
        "svg_url": address(url_for("tally.svg"), Query(filters=base)),
        "harms_url": _search(Query(filters=(*base, *(("harms", value) for value in spoken.values)))),
        "core": core,
        **_strip(core, base, kb),
        "outcome": named(outcome, vocabulary) if outcome else None,
        "outcomes": tuple(named(each, vocabulary) for each in domains),
        "doses": _doses(outcome, base, kb) if outcome else None,
        "read": READ,
        **_gaps(concept, core, base, found, kb),
        "cards": tuple(card(each, vocabulary, kb.shown(each.publication)) for each in found.hits[:NEWEST]),
        "harms_mentioned": spoken.mentioned,
        "count": kb.count(),
        "revision": found.revision,
        "url": request.url,
    }


def _kinds(concept: Concept, every: Results, kb: KnowledgeBase) -> tuple[Study, ...]:
    """The kinds of a concept that any publication here speaks of."""
    held = {each.value for facet in every.facets if facet.field == concept.kind for each in facet.values if each.count}
    return tuple(
        Study(each.id, each.name)
        for each in kb.vocabulary.concepts(concept.kind)
        if each.broader == concept.id and each.id in held
    )


def _search(query: Query) -> str:
    return address(url_for("search.results"), query)


def _known(facet: Facet, kb: KnowledgeBase) -> tuple[FacetValue, ...]:
    """The values that are concepts, and so have a page."""
    return tuple(each for each in facet.values if each.count and kb.vocabulary.concept(each.value))


def _domains(concept: Concept, found: Results, kb: KnowledgeBase) -> tuple[str, ...]:
    """The outcomes whose direction may stand beside the doses: those that the most studies speak of."""
    if concept.kind == "outcome":
        return (domain(concept.id, kb.vocabulary),)
    speak: dict[str, int] = {}
    for each in found.tally:
        studies = each.better + each.worse + each.mixed + each.not_stated + each.within_only
        speak[each.cell.outcome] = speak.get(each.cell.outcome, 0) + studies
    return tuple(sorted(speak, key=lambda id: (-speak[id], id))[:CHOICES])


def _newest(filters: Filters, kb: KnowledgeBase) -> Sequence[str]:
    return kb.find(Query(filters=filters, sort="newest")).ids[:READ]


def _strip(core: CoreSet | None, base: Filters, kb: KnowledgeBase) -> dict[str, object]:
    if core is None:
        return {"strip": None, "strip_lines": ()}
    told = strip(kb.publications(_newest(base, kb)), core, kb.vocabulary)
    return {"strip": told, "strip_lines": strip_lines(told)}


def _doses(outcome: str, base: Filters, kb: KnowledgeBase) -> object:
    narrowed = base if any(facet == "outcome" for facet, _ in base) else (*base, ("outcome", outcome))
    told = doses(kb.publications(_newest(narrowed, kb)), outcome, kb.vocabulary)
    return dose_view(told, kb.vocabulary)


def _gaps(
    concept: Concept, core: CoreSet | None, base: Filters, found: Results, kb: KnowledgeBase
) -> dict[str, object]:
    across, up = ACROSS[concept.kind]
    rows = _axes(across, found, kb)[:ROWS]
    columns = _axes(up, found, kb)[:COLUMNS]
    if core is not None and up == "outcome":
        columns = [Axis(each.name, tuple((up, id) for id in each.outcomes)) for each in core.domains]
    if not rows or not columns:
        return {"gaps": None, "gap_rows": (), "across": across, "up": up}
    gaps = gap_map(base, rows, columns, kb.counts)
    return {"gaps": gaps, "gap_rows": gap_rows(gaps, _search), "across": across, "up": up}


def _axes(facet: str, found: Results, kb: KnowledgeBase) -> list[Axis]:
    """The commonest values of a facet; of outcomes what the tally counts: no kinds of them, and no markers."""
    values = next((each.values for each in found.facets if each.field == facet), ())
    shown = [each for each in values if each.count and not _marker(each.value, kb)]
    if facet == "outcome":
        shown = [each for each in shown if domain(each.value, kb.vocabulary) == each.value]
    shown.sort(key=lambda each: -each.count)
    return [Axis(concept_name(each.value, kb.vocabulary), ((facet, each.value),)) for each in shown]


def _marker(id: str, kb: KnowledgeBase) -> bool:
    known = kb.vocabulary.concept(id)
    return known is not None and known.polarity == "context" and known.id != "patient_global"
