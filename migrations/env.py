"""How migrations run: on the writer, in one transaction, with plain column types in their files."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from core.database import metadata


def render_plain(kind: str, thing: Any, _context: Any) -> Any:
    """Write our own column types as what they are stored as: a migration must not change when they do."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    return False


def run() -> None:
    """Run the migrations on the database of the application."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render_plain,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
