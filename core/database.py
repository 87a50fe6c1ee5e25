"""The database: one model base, a reading and a writing engine, locks.

Safe requests read through the reader (SQLite: BEGIN DEFERRED and query_only; PostgreSQL: READ ONLY); unsafe
requests, jobs and commands write through the writer (SQLite: BEGIN IMMEDIATE, a pool of one).
"""

import functools
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

P = ParamSpec("P")
R = TypeVar("R")
READER = "reader"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# The database had no time for this, or gave way to somebody else: nothing was done, and it can be done again.
BUSY = (PoolTimeout, OperationalError)
_SHARED = "shared"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Model(DeclarativeBase):
    """Base of every table of the product."""

    metadata = metadata


class RoutedSession(FlaskSession):
    """A session that reads through the reader in safe requests and writes through the writer elsewhere."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Any:
        """Return the engine that this request may use."""
        if bind is not None:
            return bind
        return self._db.engines[READER if reading() else None]


class Database(SQLAlchemy):
    """Flask-SQLAlchemy, whose session of the request is used like any session."""

    if TYPE_CHECKING:
        session: Session  # type: ignore[assignment]  # a scoped session offers the same calls


db = Database(metadata=metadata, session_options={"class_": RoutedSession})


def reading() -> bool:
    """Say whether this request may only read."""
    return has_request_context() and request.method in SAFE_METHODS and not g.get("writes_on_get", False)


def asked_once(query: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """Let a query be asked once in a reading request, which shows one moment; a writing one asks each time.

    The arguments are positional and hashable; nobody changes what is returned.
    """

    @functools.wraps(query)
    def ask(session: Session, *arguments: P.args, **named: P.kwargs) -> R:
        if not reading() or named:
            return query(session, *arguments, **named)
        answers: dict[Any, Any] = g.setdefault("asked_once", {})
        if (query, arguments) not in answers:
            answers[query, arguments] = query(session, *arguments, **named)
        answer: R = answers[query, arguments]
        return answer

    return ask


@contextmanager
def sharing(session: Session) -> Iterator[None]:
    """Let several writes of one transaction read once what they share; the caller holds what it hangs on."""
    session.info[_SHARED] = {}
    try:
        yield
    finally:
        session.info.pop(_SHARED, None)


def is_sharing(session: Session) -> bool:
    """Say whether several writes are done together, which are then flushed together."""
    return _SHARED in session.info


def keep(session: Session, key: Any, value: object) -> None:
    """Keep what was read for the writes that share it; without any, nothing is kept."""
    if is_sharing(session):
        session.info[_SHARED][key] = value


def kept(session: Session, key: Any, read: Callable[[], R]) -> R:
    """Return what is kept for the writes that share it, or read it and keep it for them."""
    shared: dict[Any, R] = session.info.get(_SHARED, {})
    if key not in shared:
        shared[key] = read()
    return shared[key]


@contextmanager
def reading_session() -> Iterator[Session]:
    """Yield a session that only reads, apart from the request's own transaction.

    For slow work inside an unsafe request (hashing a password): read, leave, work, then write, so that nobody
    queues behind the work.
    """
    with Session(db.engines[READER]) as session:
        yield session


@contextmanager
def reading_elsewhere(url: str) -> Iterator[Session]:
    """Yield a session that only reads, in a process of its own that has no application."""
    address, options = _address_of(url)
    engine = create_engine(address, **options)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN DEFERRED", query_only=True)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def writing_session() -> Iterator[Session]:
    """Yield a session that writes, apart from the request's own transaction, for what reading has to note.

    The caller commits; nothing else is done in between, because everybody who writes waits for it.
    """
    with Session(db.engines[None]) as session:
        yield session


def configure(app: Flask, url: str) -> None:
    """Attach the database at `url` to the application."""
    url, reader = _address_of(url)
    sqlite = make_url(url).get_backend_name() == "sqlite"
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _sqlite_options(1) if sqlite else {"pool_pre_ping": True}
    app.config["SQLALCHEMY_BINDS"] = {READER: {"url": url, **reader}}
    db.init_app(app)
    with app.app_context():
        if sqlite:
            _prepare_sqlite(db.engines[None], begin="BEGIN IMMEDIATE", query_only=False)
            _prepare_sqlite(db.engines[READER], begin="BEGIN DEFERRED", query_only=True)


def _address_of(url: str) -> tuple[str, dict[str, Any]]:
    """Return the address with the driver that we use, and the options of an engine that only reads."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return url, _sqlite_options(8)
    address = address.set(drivername="postgresql+psycopg")
    return address.render_as_string(hide_password=False), {"execution_options": {"postgresql_readonly": True}}


def lock(session: Session, name: str) -> None:
    """Let nobody else write under `name` until this transaction ends.

    SQLite's writer already is alone; PostgreSQL takes an advisory lock of the transaction.
    """
    if session.get_bind().dialect.name == "postgresql":
        kept(session, ("lock", name), lambda: _lock(session, name))


def _lock(session: Session, name: str) -> None:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


class InTurn(QueuePool):
    """A pool in which whoever comes first is served first.

    Without a turn, a thread that gives its connection back and asks for the next one at once is there before
    all that wait, and they wait until they give up.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._turn = threading.Lock()

    def _do_get(self) -> ConnectionPoolEntry:
        if not self._turn.acquire(timeout=self._timeout):
            raise PoolTimeout(f"nobody gave a connection back within {self._timeout} seconds")
        try:
            return super()._do_get()
        finally:
            self._turn.release()


def _sqlite_options(size: int) -> dict[str, Any]:
    return {
        "poolclass": InTurn,
        "pool_size": size,
        "max_overflow": 0,
        "pool_timeout": 30,
        "connect_args": {"timeout": 15, "check_same_thread": False},
    }


def _prepare_sqlite(engine: Engine, *, begin: str, query_only: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver must not begin on its own
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA recursive_triggers=ON")  # INSERT OR REPLACE deletes, and shall be seen to
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_as_told(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
