"""The database itself marks an event to be counted anew, whoever changes what it is counted from.

A service that forgot to tell, a bulk statement, a correction by hand: none of them gets past a trigger. What
was taken down of people marks nothing: the worker writes it, and nobody else. What marks an event: its
making, its step, its date; once its result is announced, entries (unit, review, status, check-in), members
(who, in which role), sittings, result versions, approved promotions, and a corrected ID number of somebody
who took part; and whatever says where an event stands: its trade and group, its competition's year, level,
kind, region, union, industries and bodies, and that union's name.
"""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, inspect, text

# The states of `rules.COUNTED_STATES`, spelled out: what stands in a database changes by a migration alone.
_MARK = (
    "INSERT INTO statistics_mark (event_id) SELECT event.id FROM {}"
    " AND event.state IN ('announced', 'final', 'archived')"
)
_OF_UNION = (
    "INSERT INTO statistics_mark (event_id) SELECT event.id FROM event"
    " JOIN competition ON competition.id = event.competition_id WHERE competition.union_id = NEW.id"
)
_ALL = "INSERT INTO statistics_mark (event_id) SELECT event.id FROM event WHERE event.competition_id = {}"
_EVENT = "INSERT INTO statistics_mark (event_id) VALUES ({}.id)"
_OF_ENTRY = "event JOIN entry ON entry.event_id = event.id WHERE entry.id = {}.entry_id"
_OF_PERSON = (
    "event JOIN entry ON entry.event_id = event.id JOIN entry_member ON entry_member.entry_id = entry.id"
    " WHERE entry_member.person_id = {}.person_id"
)
# What was taken down of a person at the time is taken anew where the ID number or the person was corrected.
_FORGET = "UPDATE entry_member SET sex = NULL, age_band = NULL WHERE {}"


class Watch(NamedTuple):
    """One act on one table, and what it brings about; `columns` narrows an update."""

    table: str
    act: str
    does: tuple[str, ...]
    columns: str = ""


def _of_event(row: str) -> str:
    return _MARK.format(f"event WHERE event.id = {row}.event_id")


def _of_member(row: str) -> str:
    return _MARK.format(_OF_ENTRY.format(row))


def _of_competition(row: str) -> str:
    return _ALL.format(f"{row}.competition_id")


def _of_person(row: str) -> tuple[str, ...]:
    return (_MARK.format(_OF_PERSON.format(row)), _FORGET.format(f"person_id = {row}.person_id"))


WATCHES = (
    Watch("event", "insert", (_EVENT.format("NEW"),)),
    Watch(
        "event", "update", (_EVENT.format("NEW"),), "state, starts_on, competition_id, trade_id, group_name"
    ),
    Watch("event", "delete", (_EVENT.format("OLD"),)),
    Watch(
        "competition", "update", (_ALL.format("NEW.id"),),
        "year, starts_on, level_id, kind_id, region_id, union_id",
    ),
    Watch("competition_industry", "insert", (_of_competition("NEW"),)),
    Watch(
        "competition_industry", "update", (_of_competition("OLD"), _of_competition("NEW")),
        "competition_id, industry_id",
    ),
    Watch("competition_industry", "delete", (_of_competition("OLD"),)),
    Watch("competition_body", "insert", (_of_competition("NEW"),)),
    Watch(
        "competition_body", "update", (_of_competition("OLD"), _of_competition("NEW")),
        "competition_id, role, name",
    ),
    Watch("competition_body", "delete", (_of_competition("OLD"),)),
    Watch("trade_union", "update", (_OF_UNION,), "name"),
    Watch("entry", "insert", (_of_event("NEW"),)),
    Watch(
        "entry", "update", tuple(map(_of_event, ("OLD", "NEW"))),
        "event_id, unit_id, review, status, attendance",
    ),
    Watch("entry", "delete", (_of_event("OLD"),)),
    Watch("entry_member", "insert", (_of_member("NEW"),)),
    Watch("entry_member", "update", tuple(map(_of_member, ("OLD", "NEW"))), "entry_id, role"),
    Watch("entry_member", "delete", (_of_member("OLD"),)),
    Watch("sitting", "insert", (_of_event("NEW"),)),
    Watch("sitting", "update", (_of_event("NEW"),), "state"),
    Watch("sitting", "delete", (_of_event("OLD"),)),
    Watch("result_version", "insert", (_of_event("NEW"),)),
    Watch("result_version", "update", (_of_event("NEW"),), "announced_at"),
    Watch("promotion_approval", "insert", (_of_event("NEW"),)),
    Watch("promotion_approval", "update", (_of_event("NEW"),), "revoked_at"),
    Watch("person_identity", "insert", _of_person("NEW")),
    Watch("person_identity", "update", _of_person("NEW"), "id_digest"),
    Watch("person_identity", "delete", _of_person("OLD")),
)  # fmt: skip
# A member's row that names another person: a merge, or its undoing.
MERGED = Watch(
    "entry_member", "update",
    (_of_member("NEW"), _FORGET.format("id = NEW.id")), "person_id",
)  # fmt: skip


def attach(connection: Connection) -> None:
    """Make all triggers anew: for migrations, also whenever SQLite makes a watched table anew.

    A table that is not there yet is watched by the migration that makes it.
    """
    release(connection)
    tables = set(inspect(connection).get_table_names())
    for name, watch in named():
        if watch.table not in tables:
            continue
        for statement in _statements(connection.dialect.name, name, watch):
            connection.execute(text(statement))


def release(connection: Connection) -> None:
    """Drop all triggers."""
    sqlite = connection.dialect.name == "sqlite"
    for name, watch in named():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}" + ("" if sqlite else f" ON {watch.table}")))
        if not sqlite:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))


def named() -> Iterator[tuple[str, Watch]]:
    """Yield the name of each trigger with what it watches."""
    for watch in WATCHES:
        yield f"count_{watch.table}_{watch.act}", watch
    yield "count_entry_member_person", MERGED


def _statements(dialect: str, name: str, watch: Watch) -> Iterator[str]:
    act = f"{watch.act.upper()} OF {watch.columns}" if watch.columns else watch.act.upper()
    body = "; ".join(watch.does) + ";"
    if dialect == "sqlite":
        yield f"CREATE TRIGGER {name} AFTER {act} ON {watch.table} BEGIN {body} END"
        return
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {body} RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER {act} ON {watch.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def watch_new(_metadata: object, connection: Connection, tables: Collection[Table], **_: Any) -> None:
    """Watch the tables that were made from the models alone, as tests make them."""
    if any(table.name == "statistics_mark" for table in tables):
        attach(connection)
