"""Count the statements that a page asks of the database."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import event

from core.database import db


def statements_of(app: Flask, act: Callable[..., Any], *args: Any) -> Counter[str]:
    """Return the statements that calling `act` sends, each with how often."""
    found: Counter[str] = Counter()

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        found[" ".join(statement.split())] += 1

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        act(*args)
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    return found
