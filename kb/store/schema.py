"""The store's schema: which version a file has, and how it is brought up to date (Alembic)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from kb.store.tables import SCHEMA


def version(engine: Engine) -> str | None:
    """The schema version written in the database, or None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def migrate(engine: Engine) -> None:
    """Bring the database to `SCHEMA`; does nothing where it is there already.

    Alembic is imported only here: it costs a third of a second that no reader should pay.
    """
    if version(engine) == SCHEMA:
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
