"""Where literature is harvested. One file a source; each yields payloads, and refusals for what it could not get."""

from ingest.sources.europe_pmc import harvest_europe_pmc
from ingest.sources.files import harvest_files, harvest_folder
from ingest.sources.oai_pmh import harvest_oai
from ingest.sources.port import Ask, Harvest, HarvestError, Means, Reached, Source
from ingest.sources.pubmed import harvest_pubmed
from ingest.sources.refusal import Refusal
from ingest.sources.web_pages import harvest_web_pages

# What a job may name as its source.
SOURCES: dict[str, Source] = {
    "europe_pmc": harvest_europe_pmc,
    "folder": harvest_folder,
    "oai": harvest_oai,
    "pubmed": harvest_pubmed,
    "web_pages": harvest_web_pages,
}

__all__ = [
    "SOURCES",
    "Ask",
    "Harvest",
    "HarvestError",
    "Means",
    "Reached",
    "Refusal",
    "Source",
    "harvest_files",
]
