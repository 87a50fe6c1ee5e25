"""The migrations build exactly the tables that the models describe, and can be taken back."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import wsgi
from core import append_only
from core.database import db, metadata
from core.files import reading
from core.files import services as kept
from reports.statistics import keeping, marks
from tests import databases
from tests.core.test_append_only import triggers
from tests.factories.accounts import MOMENT
from tests.factories.events import build_event


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path, database_template):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    template = database_template("postgresql")
    with template.empty() as url:
        yield url


@pytest.fixture
def app(empty, tmp_path):
    application = wsgi.create_app(databases.settings_for(empty, tmp_path))
    with application.app_context():
        yield application
        for engine in db.engines.values():
            engine.dispose()


def differences():
    with db.engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_an_empty_database_gets_every_table_of_the_models(app):
    flask_migrate.upgrade()
    assert differences() == []


def test_the_migrations_make_the_triggers_of_the_models(app):
    """Also after a later migration has made a table of SQLite anew, which loses its triggers."""
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        migrated = triggers(connection)
        for table, mutable in append_only.protected_tables().items():
            append_only.keep(connection, table, mutable)
        marks.attach(connection)
        assert migrated == triggers(connection)
    assert len(migrated) >= 14


def test_the_migrations_can_be_taken_back(app):
    flask_migrate.upgrade()
    upload = reading.from_bytes("a.txt", b"not sealed before")
    kept.keep(db.session, upload, ref="a" * 32, now=MOMENT, actor_id=None)
    db.session.commit()
    flask_migrate.downgrade(revision="0043")
    with db.engine.connect() as connection:
        assert bytes(connection.scalar(text("SELECT content FROM stored_file"))) == upload.data
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_an_older_database_lets_the_worker_count_ahead(app):
    """What was counted before 0047 says nothing of when: one event counted anew does."""
    flask_migrate.upgrade()
    event_id = build_event(db.session, "announced").id
    db.session.commit()
    keeping.refresh(db.session)
    db.session.close()
    flask_migrate.downgrade(revision="0046")
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT event_id FROM statistics_mark")).scalars().all() == [event_id]
