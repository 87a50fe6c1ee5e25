"""Tables whose rows stay as they were written: the database itself refuses to change or delete them.

The triggers keep the product, its bugs and the application's own role from it. Who owns the database can drop
them: against that there are chains, and checkpoints outside. Source: SECURITY.md T07, section 6.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, Table, event, inspect, text

from core.database import metadata

MARK = "append_only"
FUNCTION = "refuse_change"
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % stay as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(*mutable: str) -> dict[str, Any]:
    """Return the last table argument of a model whose rows stay, but for the columns that are named."""
    return {"info": {MARK: mutable}}


def protected_tables() -> dict[str, tuple[str, ...]]:
    """Return the columns that may change, by the name of each protected table."""
    return {name: table.info[MARK] for name, table in sorted(metadata.tables.items()) if MARK in table.info}


def keep(connection: Connection, table: str, mutable: Collection[str] = ()) -> None:
    """Make the triggers of a table anew, for the columns that it has now; migrations call this, too."""
    release(connection, table)
    columns = sorted(column["name"] for column in inspect(connection).get_columns(table))
    frozen = [name for name in columns if name not in mutable]
    for statement in _statements(connection.dialect.name, table, frozen if mutable else []):
        connection.execute(text(statement))


def release(connection: Connection, table: str) -> None:
    """Drop the triggers of a table: for migrations, and for tests that tamper like an insider."""
    where = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    for name in trigger_names(connection.dialect.name, table):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{where}"))


def unprotected(connection: Connection) -> list[str]:
    """Return the protected tables that lack a trigger, or on PostgreSQL have one switched off."""
    standing = set(connection.scalars(text(_STANDING[connection.dialect.name])))
    dialect = connection.dialect.name
    return [table for table in protected_tables() if not standing.issuperset(trigger_names(dialect, table))]


def grant(connection: Connection, role: str) -> None:
    """Let a role of PostgreSQL do what the application needs, and nothing to what stays.

    The caller owns the tables; what a later migration makes is granted by calling this again.
    """
    name = connection.dialect.identifier_preparer.quote(role)
    grants = [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]
    for table, mutable in protected_tables().items():
        grants.append(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
        if mutable:
            grants.append(f"GRANT UPDATE ({', '.join(mutable)}) ON {table} TO {name}")
    for statement in grants:
        connection.execute(text(statement))


def changeable(connection: Connection) -> list[str]:
    """Return the protected tables of which this role of PostgreSQL may delete rows; none on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    asked = text("SELECT has_table_privilege(current_user, :table, 'DELETE, TRUNCATE')")
    return [table for table in protected_tables() if connection.scalar(asked, {"table": table})]


def trigger_names(dialect: str, table: str) -> list[str]:
    """Return the names of the triggers that keep a table."""
    acts = ("update", "delete") if dialect == "sqlite" else ("update", "delete", "truncate")
    return [f"keep_{table}_{act}" for act in acts]


_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}


def _statements(dialect: str, table: str, frozen: Collection[str]) -> Iterator[str]:
    acts = {"update": f"UPDATE OF {', '.join(frozen)}" if frozen else "UPDATE", "delete": "DELETE"}
    if dialect == "sqlite":
        message = f"rows of {table} stay as they were written"
        for name, act in acts.items():
            refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            yield f"CREATE TRIGGER keep_{table}_{name} BEFORE {act} ON {table} {refuse}"
        return
    yield _POSTGRESQL_FUNCTION
    for name, act in {**acts, "truncate": "TRUNCATE"}.items():
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        refuse = f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
        yield f"CREATE TRIGGER keep_{table}_{name} BEFORE {act} ON {table} {refuse}"


@event.listens_for(metadata, "after_create")
def _protect_new(_metadata: object, connection: Connection, tables: Collection[Table], **_: Any) -> None:
    """Protect the tables that were made from the models alone, as tests do."""
    for table in tables:
        if MARK in table.info:
            keep(connection, table.name, table.info[MARK])
