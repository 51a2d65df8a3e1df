"""Where literature is harvested. One file a source; each yields payloads, and refusals for what it could not get."""

from ingest.sources.files import harvest_files
from ingest.sources.refusal import Refusal

SOURCES = {"file": harvest_files}

__all__ = ["SOURCES", "Refusal", "harvest_files"]
