"""Fixtures shared by all tests. What stores something runs on SQLite and on PostgreSQL."""

import functools
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy.orm import Session

import wsgi
from core.database import db
from reports.verification.setup import init_app as forget_misses
from tests import databases
from tests.chromium import chromium as chromium
from tests.client import Browser

# What is asked of a rule is its answer: how long it takes on a busy machine says nothing.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")
BACKENDS = ("sqlite", "postgresql")
# The longest files first: one that began last would leave the other processes waiting for it.
FIRST = ("tests/browser/", "tests/layout/", "tests/security/", "tests/demonstration/", "tests/house/")
# What a page or a paper shows does not hang on the database; what is stored is asked of both beside them.
SHOWN = ("pages.py", "papers.py", "forms.py")


@pytest.hookimpl(tryfirst=True)  # before those marked `deep` are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders of long tests first; leave pages and papers on PostgreSQL to `make deep`."""
    for item in items:
        if item.path.name.endswith(SHOWN) and "postgresql" in item.nodeid:
            item.add_marker(pytest.mark.deep)
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


@pytest.fixture(scope="session")
def database_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str], Any]:
    """Return the prepared template of a backend, made once per test process and only when asked for."""
    return functools.cache(lambda backend: databases.template(backend, tmp_path_factory, worker_id))


@pytest.fixture(scope="session")
def kept_app(
    database_template: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Flask]]:
    """Return the application of a backend: made once per process, for making one outlasts most tests."""
    with ExitStack() as stack:

        def make(backend: str) -> Flask:
            folder = tmp_path_factory.mktemp(f"{backend}-app")
            url = stack.enter_context(database_template(backend).database(folder))
            application = wsgi.create_app(databases.settings_for(url, folder / "instance"))
            stack.callback(databases.close, application)
            return application

        yield functools.cache(make)


@pytest.fixture(params=BACKENDS)
def app(
    request: pytest.FixtureRequest, database_template: Callable[[str], Any], kept_app: Callable[[str], Flask]
) -> Iterator[Flask]:
    """Return the application with an empty database and folder; the test runs once on each backend."""
    application = kept_app(request.param)
    settings = application.config["SETTINGS"]
    database_template(request.param).clear(settings.database_url)
    shutil.rmtree(settings.instance)
    settings.instance.mkdir()
    forget_misses(application)
    yield application
    databases.close(application)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Return a writing session outside of any request: to prepare (and commit), or to look afterwards.

    Commit before the client is used: the writer of SQLite is alone. Rows keep their values after that
    commit, so that reading an id opens no transaction; `expire_all()` before looking at what was changed.
    """
    with app.app_context():
        db.session().expire_on_commit = False
        yield db.session


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """Return a maker of browsers: `browser()` is a stranger, `browser(user)` is signed in as that user."""
    return functools.partial(Browser, app)
