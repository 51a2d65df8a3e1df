"""The truth. SQL lives here and nowhere else; the index is a view of it."""

from kb.store.entries import Change, Fetched, Held, Put, QuarantineEntry
from kb.store.jobs import JobState, Run
from kb.store.links import Link, link
from kb.store.sqlite import copy as copy_store
from kb.store.store import Store, open_store

__all__ = [
    "Change",
    "Fetched",
    "Held",
    "JobState",
    "Link",
    "Put",
    "QuarantineEntry",
    "Run",
    "Store",
    "copy_store",
    "link",
    "open_store",
]
