"""A view of the store that can be searched. One file an engine; add yours to `ENGINES`."""

from kb.index.engine import EngineFactory
from kb.index.index import IndexReader, IndexWriter
from kb.index.whoosh_engine import WhooshEngine
from kb.index.whoosh_plain import PlainWhooshEngine

ENGINES: dict[str, EngineFactory] = {"whoosh": WhooshEngine, "whoosh-plain": PlainWhooshEngine}

__all__ = ["ENGINES", "IndexReader", "IndexWriter"]
