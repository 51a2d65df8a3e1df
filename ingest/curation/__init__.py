"""The curated corpus as a thing to be kept: its files are read, held against their documents, counted, and drafted.

`touchstone corpus check` must pass before an entry ships. What it cannot see without the documents (copied words,
numbers of people who labelled the same abstract) it compares when a folder of such material is there, and says how
much it compared.
"""

from __future__ import annotations

from ingest.curation.against import Comparison, comparison, disagreements
from ingest.curation.census import Census, census
from ingest.curation.checks import Problem, problems
from ingest.curation.draft import draft
from ingest.curation.files import CitationFile, EntryFile, File, ListFile, Misread, read_folder
from ingest.curation.material import Material, read_material

__all__ = [
    "Census",
    "CitationFile",
    "Comparison",
    "EntryFile",
    "File",
    "ListFile",
    "Material",
    "Misread",
    "Problem",
    "census",
    "comparison",
    "disagreements",
    "draft",
    "problems",
    "read_folder",
    "read_material",
]
