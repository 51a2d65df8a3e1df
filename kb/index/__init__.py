"""A view of the store that can be searched. One file an engine; add yours to `ENGINES`."""

from pathlib import Path

from kb.index.engine import Engine, EngineFactory
from kb.index.index import IndexReader, IndexWriter
from kb.index.whoosh_engine import WhooshEngine
from kb.index.whoosh_plain import PlainWhooshEngine


def _tantivy(folder: Path, *, writable: bool) -> Engine:
    from kb.index.tantivy_engine import TantivyEngine  # an extra: not here unless it was asked for

    return TantivyEngine(folder, writable=writable)


ENGINES: dict[str, EngineFactory] = {"whoosh": WhooshEngine, "whoosh-plain": PlainWhooshEngine, "tantivy": _tantivy}
EXTRAS = {"tantivy": "tantivy"}  # engines that are installed as an extra of their name, and the package each needs

__all__ = ["ENGINES", "EXTRAS", "IndexReader", "IndexWriter"]
