"""The store's tables. A change here needs a migration beside it, and `SCHEMA` raised to its name.

SQLite's STRICT tables take only Text, Integer and LargeBinary from SQLAlchemy (other types' names are
refused), so times are ISO 8601 text in UTC and structures are JSON text of the frozen types.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

SCHEMA = "0008"

metadata = MetaData()

# Bytes as received, compressed; whatever is read wrongly today can be read again without the network.
payload = Table(
    "payload",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("format", Text),
    Column("fetched_at", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("payload_format", "format", "fetched_at"),
    sqlite_strict=True,
)

# `machine` is what the extractor read; everything else a page shows is merged from the records.
publication = Table(
    "publication",
    metadata,
    Column("id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("machine", Text, nullable=False),
    sqlite_strict=True,
)

record = Table(
    "record",
    metadata,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("publication", Text, ForeignKey("publication.id"), nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("payload", Text, ForeignKey("payload.digest"), nullable=False),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)

# What a record is looked up by: `pmid:12345`, `doi:10...`, `head:...` (kb/identity.py).
identity = Table(
    "identity",
    metadata,
    Column("key", Text, primary_key=True),
    Column("publication", Text, ForeignKey("publication.id"), primary_key=True, index=True),
    sqlite_strict=True,
)

# What a publication cites, by the identity key of the cited; there are some millions of them, so who cites is a number.
citing = Table(
    "citing",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("publication", Text, ForeignKey("publication.id"), nullable=False, unique=True),
    sqlite_strict=True,
)

reference = Table(
    "reference",
    metadata,
    Column("key", Text, primary_key=True),
    Column("citing", Integer, ForeignKey("citing.number"), primary_key=True, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What two publications are to each other, as a person said or the machine supposes; the smaller id comes first.
# `about` is their identity, or the study they are of. An id that was joined into another stays here as its alias.
link = Table(
    "link",
    metadata,
    Column("about", Text, primary_key=True),
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True, index=True),
    Column("kind", Text, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
)

# The revision of the store is the number of its last change; the index follows it.
change = Table(
    "change",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=True),
    Column("publication", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("change_publication", "publication", "revision"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payload", Text, ForeignKey("payload.digest"), nullable=False),
    Column("key", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("mended_at", Text),
    UniqueConstraint("payload", "key", name="quarantine_entry"),
    sqlite_strict=True,
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("job", Text),
    sqlite_strict=True,
)

job = Table(
    "job",
    metadata,
    Column("name", Text, primary_key=True),
    Column("watermark", Text),
    Column("pending", Text),
    Column("mark", Text),
    sqlite_strict=True,
)

# A curator's list, whole; it names publications by what they are looked up by, and survives whatever becomes of them.
reading_list = Table(
    "reading_list",
    metadata,
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
)

# Somebody with an account. `subject` is who an OpenID Connect provider says it is, where one does.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False, unique=True),
    Column("shown", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("subject", Text, unique=True),
    Column("disabled", Integer, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Of every secret only the digest is kept; a row that is gone lets nobody in any more.
session = Table(
    "session",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("seen", Text, nullable=False),
    sqlite_strict=True,
)

invitation = Table(
    "invitation",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("person", Integer, ForeignKey("person.id")),
    Column("expires", Text, nullable=False),
    sqlite_strict=True,
)

token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("used", Text),
    Column("revoked", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Failures to sign in, counted for all processes together.
attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("attempt_key", "key", "at"),
    sqlite_strict=True,
)

# Browsers with which somebody has come in to an account: strangers who fail to do not keep them out.
device = Table(
    "device",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("person", Integer, ForeignKey("person.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
)

# Who changed what. `before` and `after` are JSON, so that it can be undone.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("person", Integer, ForeignKey("person.id")),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("audit_subject", "subject", "id"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A reading list as it was on a day: `page` is what a reader saw, byte for byte, `body` what programs take away.
edition = Table(
    "edition",
    metadata,
    Column("list", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("page", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# What a person says of a fact, by its path (`kb.extraction.findings`); what was undone stays, and says nothing more.
correction = Table(
    "correction",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("publication", Text, nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("person", Integer, ForeignKey("person.id")),
    Column("at", Text, nullable=False),
    Column("undone", Text),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What a reader without an account says is wrong, and what became of it.
report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("publication", Text, nullable=False, index=True),
    Column("fact", Text),
    Column("words", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text),
    Column("answer", Text),
    Column("answered", Text),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# A question that is or was watched: `query` is what its address says, `seen` its answer as it was looked at last.
question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("query", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("seen", Text),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# Who is told of it, for as long as they want: what is stopped is a row that is gone, and the address with it.
# `stop` is kept as it is, for every letter says it again, and it lets nobody in; of `confirm` there is the digest.
# `after` is the last event that was there when the watch began.
watch = Table(
    "watch",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("question", Integer, ForeignKey("question.id"), nullable=False, index=True),
    Column("person", Integer, ForeignKey("person.id"), index=True),
    Column("address", Text, index=True),
    Column("stop", Text, nullable=False, unique=True),
    Column("confirm", Text, unique=True),
    Column("after", Integer, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# That an answer changed, and how, in words.
event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("question", Integer, ForeignKey("question.id"), nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What was handed to the mail server, or is about to be (`state` is "begun"): a row that is there is never sent again.
letter = Table(
    "letter",
    metadata,
    Column("watch", Integer, ForeignKey("watch.id"), primary_key=True),
    Column("event", Integer, ForeignKey("event.id"), primary_key=True),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    sqlite_strict=True,
)
