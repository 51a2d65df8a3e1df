"""The truth. SQL lives here and nowhere else; the index is a view of it."""

from kb.store.entries import Change, Held, Put, QuarantineEntry
from kb.store.store import Store, open_store

__all__ = ["Change", "Held", "Put", "QuarantineEntry", "Store", "open_store"]
