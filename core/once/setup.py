"""What forms that are taken once need at the start: the mark for templates, and somebody who forgets."""

from flask import Flask
from sqlalchemy.orm import Session

from core import clock
from core.jobs import chores
from core.once import services


def init_app(app: Flask) -> None:
    """Give templates the mark of a page; let workers forget what is old."""
    app.jinja_env.globals["page_mark"] = _page_mark
    chores.register("taken forms", chores.Chore(_is_any_old, _forget_old, lambda _session: None))


def _page_mark() -> str:
    return clock.new_ref()


def _is_any_old(session: Session) -> bool:
    return services.is_any_old(session, clock.now())


def _forget_old(session: Session) -> int:
    return services.forget_old(session, clock.now())
