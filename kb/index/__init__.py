"""A view of the store that can be searched. One file an engine; add yours to `ENGINES`."""

from kb.index.engine import EngineFactory
from kb.index.index import IndexReader, IndexWriter
from kb.index.whoosh_engine import WhooshEngine

ENGINES: dict[str, EngineFactory] = {"whoosh": WhooshEngine}

__all__ = ["ENGINES", "IndexReader", "IndexWriter"]
