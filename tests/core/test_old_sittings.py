"""Before 0010 the sittings of an event were a number; the migration makes rows of it, and a number again."""

import flask_migrate
import pytest
from sqlalchemy import MetaData, Table, insert, select, text

import wsgi
from core.database import db, metadata
from tests import databases
from tests.factories.accounts import MOMENT

# The state of an event, the number that was typed, and what became of it.
OLD = {
    "draft": (1, "planned"),
    "registration": (2, "planned"),
    "scoring": (3, "planned"),
    "tabulated": (2, "held"),
    "final": (4, "held"),
    "cancelled": (3, "cancelled"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request, tmp_path, database_template):
    if request.param == "sqlite":
        yield from made(f"sqlite:///{tmp_path / 'old.sqlite3'}", tmp_path)
        return
    with database_template("postgresql").empty() as url:
        yield from made(url, tmp_path)


def made(url, folder):
    application = wsgi.create_app(databases.settings_for(url, folder))
    with application.app_context():
        yield application
        for engine in db.engines.values():
            engine.dispose()


def fill():
    """Write one event of each state as it stood before, in the columns that there were."""
    with db.engine.begin() as connection:
        for kind in ("activity_kind", "level"):
            add(connection, "catalogue_entry", kind=kind, key=kind)
        add(connection, "trade_union", name="演示工会")
        add(connection, "competition", name="演示竞赛", kind_id=1, level_id=2, union_id=1)
        for state, (number, _became) in OLD.items():
            announced = MOMENT if state == "final" else None
            values = {"name": state, "state": state, "sittings": number, "announced_at": announced}
            add(connection, "event", competition_id=1, **values)


def add(connection, table_name, **values):
    """Insert a row into a table as it stood, with something in every other column that must not be empty."""
    table = Table(table_name, MetaData(), autoload_with=connection, resolve_fks=False)
    for column in table.columns:
        if not column.nullable and not column.primary_key and column.server_default is None:
            python = column.type.python_type
            values.setdefault(column.name, {int: 0, bool: False, str: "{}"}.get(python, MOMENT))
    connection.execute(insert(table).values(values))


def test_old_numbers_become_sittings_and_are_counted_back(app):
    flask_migrate.upgrade(revision="0009")
    fill()
    flask_migrate.upgrade(revision="0010")
    assert rows() == {
        state: [("", batch, "", became) for batch in range(1, number + 1)]
        for state, (number, became) in OLD.items()
    }
    with db.engine.connect() as connection:
        settled = connection.execute(
            text("SELECT COUNT(*) FROM sitting WHERE settled_at IS NOT NULL AND state = 'held'")
        )
        assert settled.scalar() == 4  # of the event whose announcement has a moment
    flask_migrate.downgrade(revision="0009")
    with db.engine.connect() as connection:
        back = dict(connection.execute(text("SELECT name, sittings FROM event")).all())
    assert back == {state: number for state, (number, _became) in OLD.items()}


def rows():
    found = {}
    sitting, event = metadata.tables["sitting"].c, metadata.tables["event"].c
    statement = (
        select(event.state, sitting.stage, sitting.batch, sitting.site, sitting.state.label("became"))
        .join_from(metadata.tables["sitting"], metadata.tables["event"], event.id == sitting.event_id)
        .order_by(sitting.event_id, sitting.batch)
    )
    with db.engine.connect() as connection:
        for state, *rest in connection.execute(statement):
            found.setdefault(state, []).append(tuple(rest))
    return found
