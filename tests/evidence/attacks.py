"""What an insider who owns the database could do to an event by SQL, chosen by dice.

Each attack changes rows that a checkpoint of yesterday vouches for, past triggers and foreign keys, in a
transaction that the test takes back; it returns whether anything was changed.
"""

import json
from contextlib import suppress
from typing import Any

from sqlalchemy import Column, MetaData, Table, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import append_only
from core.audit import queries as trail
from core.audit.models import AuditRecord
from core.audit.rules import DOMAIN, SITE, body, chain_name
from core.chain import GENESIS, link_hash
from core.database import metadata
from scoring.evidence import ledgerfile
from scoring.sheets import ledger
from scoring.sheets.models import LedgerOperation
from tests.dice import Dice

LEDGER, AUDIT = "ledger_operation", "audit_record"
CHANGED = {
    LEDGER: ("operation_id", "kind", "actor_id", "at", "body", "answer", "algorithm", "prev_hash", "hash"),
    AUDIT: ("actor_id", "action", "subject", "detail", "prev_hash", "hash"),
    "result_version": ("document", "sha256", "ledger_head", "ledger_seq"),
    "result_row": ("rank", "total", "position", "status"),
    "checkpoint": ("head", "seq", "audit_head", "at", "occasion", "signature"),
    "mark": ("value", "aspect", "attempt"),
    "sheet": ("state", "version", "signed_hash", "ref", "stage"),
    "penalty": ("points", "reason"),
    "decision": ("value", "reason", "kind"),
    "entry": ("status",),
    "entry_code": ("code",),
}


def open_up(session: Session) -> None:
    """Let this transaction do what only an owner of the database can."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in append_only.protected_tables():
        append_only.release(connection, table)


class Insider:
    """Somebody with all rights on the database and none of the keys."""

    def __init__(self, session: Session, event_id: int, seed: int) -> None:
        self.session, self.event_id, self.dice = session, event_id, Dice(seed)
        self.chain = self.dice.pick([chain_name(event_id), SITE])

    def strike(self) -> str:
        """Do one random thing and say what; only what has changed something counts."""
        while True:
            attack, told = self.dice.pick(ATTACKS), ""
            with suppress(IntegrityError), self.session.begin_nested():  # two rows that cannot be
                told = attack(self)
            if told:
                return f"{attack.__name__}: {told}"

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of the event as they are stored."""
        table, statement = plain(name), select(plain(name)).order_by(key_of(plain(name)))
        if name == AUDIT:
            statement = statement.where(table.c.chain == self.chain)
        return [dict(row) for row in self.session.execute(statement).mappings()]

    def write(self, name: str, row: dict[str, Any]) -> None:
        """Store a row as it is given."""
        table = plain(name)
        key = key_of(table)
        self.session.execute(update(table).where(key == row[key.name]).values(row))

    def change(self) -> str:
        """Change one value of one row."""
        name = self.dice.pick(sorted(CHANGED))
        rows = self.rows(name)
        if not rows:
            return ""
        row, column = self.dice.pick(rows), self.dice.pick(CHANGED[name])
        before = row[column]
        row[column] = other(before, self.dice)
        self.write(name, row)
        return f"{name}.{column} {before!r:.60} → {row[column]!r:.60}"

    def remove(self) -> str:
        """Delete one row."""
        name = self.dice.pick([LEDGER, AUDIT, "result_row", "mark", "penalty", "decision", "sheet"])
        rows = self.rows(name)
        if not rows:
            return ""
        gone = self.dice.pick(rows)
        self.session.execute(delete(plain(name)).where(plain(name).c.id == gone["id"]))
        return f"{name} {gone['id']}"

    def put_in(self) -> str:
        """Put an operation or an act of today between those of yesterday, the numbers after it moved up."""
        name = self.dice.pick([LEDGER, AUDIT])
        rows = self.rows(name)
        place = self.dice.roll(len(rows))
        new = {**rows[place], "id": 10**6, "hash": "e" * 64, "prev_hash": "f" * 64}
        if name == LEDGER:
            new["operation_id"] = "put-in"
        for row in reversed(rows[place:]):
            self.write(name, {**row, "seq": row["seq"] + 1})
        self.session.execute(insert(plain(name)).values(new))
        return f"{name} at {place + 1}"

    def swap(self) -> str:
        """Exchange what two operations or two sheets say."""
        name = self.dice.pick([LEDGER, AUDIT, "sheet", "mark"])
        column = {LEDGER: "body", AUDIT: "detail", "sheet": "entry_id", "mark": "value"}[name]
        rows = self.rows(name)
        one = self.dice.pick(rows)
        two = self.dice.pick([row for row in rows if row is not one])
        if one[column] == two[column] or (name == "sheet" and one["stage"] != two["stage"]):
            return ""
        place = {"stage": "x"} if name == "sheet" else {}
        self.write(name, {**one, column: two[column], **place})  # no two sheets of one place at any moment
        self.write(name, {**two, column: one[column]})
        if place:
            self.write(name, {**one, column: two[column]})
        return f"{name} {one['id']} and {two['id']}"

    def truncate(self) -> str:
        """Cut the end of a chain off."""
        name = self.dice.pick([LEDGER, AUDIT])
        rows = self.rows(name)
        kept = self.dice.roll(len(rows))
        gone = [row["id"] for row in rows[kept:]]
        self.session.execute(delete(plain(name)).where(plain(name).c.id.in_(gone)))
        return f"{name} after {kept}"

    def rebuild(self) -> str:
        """Change a mark everywhere it stands and build the chain of the ledger anew from there."""
        rows = self.session.query(LedgerOperation).filter_by(event_id=self.event_id)
        operations = rows.order_by(LedgerOperation.seq).all()
        saves = [row for row in operations if row.kind == "save"]
        chosen = self.dice.pick(saves)
        aspect, attempt, value = chosen.body["marks"][0]
        chosen.body = {**chosen.body, "marks": [[aspect, attempt, str(99 - int(value))]]}
        previous = operations[0].prev_hash
        for row in operations:
            row.prev_hash = f"rebuilt-{row.seq}"  # unique meanwhile
        self.session.flush()
        for row in operations:
            row.prev_hash = previous
            row.hash = previous = chain_hash(row)
            self.session.flush()
        assert ledger.first_broken(self.session, self.event_id) is None
        mark = plain("mark")
        sheet = plain("sheet")
        own = select(sheet.c.id).where(sheet.c.ref == chosen.body["sheet"]).scalar_subquery()
        self.session.execute(update(mark).where(mark.c.sheet_id == own).values(value=str(99 - int(value))))
        return f"from operation {chosen.seq} on"

    def rebuild_record(self) -> str:
        """Let somebody else have done an act, and build the chain of the record anew from there."""
        own = self.session.query(AuditRecord).filter_by(chain=self.chain).order_by(AuditRecord.seq)
        records = own.all()
        chosen = self.dice.pick(records)
        chosen.actor_id = (chosen.actor_id or 0) + 7
        for row in records:
            row.prev_hash = f"rebuilt-{row.seq}"
        self.session.flush()
        previous = GENESIS
        for row in records:
            said = body(row.seq, row.at, row.actor_id, row.action, row.subject, row.detail)
            row.prev_hash, row.hash = previous, link_hash(DOMAIN, previous, said)
            previous = row.hash
            self.session.flush()
        assert trail.check_chain(self.session, self.chain).broken_at is None
        return f"{self.chain} from act {chosen.seq} on"


ATTACKS = (
    Insider.change, Insider.remove, Insider.put_in, Insider.swap, Insider.truncate, Insider.rebuild,
    Insider.rebuild_record,
)  # fmt: skip


def chain_hash(row: LedgerOperation) -> str:
    """Return the hash that an operation would have, by the rules of the export."""
    return ledgerfile.operation_hash(
        {
            "seq": row.seq, "operation": row.operation_id, "kind": row.kind, "actor": row.actor_id,
            "at": row.at.isoformat(), "body": row.body, "answer": row.answer, "algorithm": row.algorithm,
            "prev_hash": row.prev_hash,
        }
    )  # fmt: skip


def other(value: Any, dice: Dice) -> Any:
    """Return another value of the same kind."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value + dice.pick([1, 7])
    if not isinstance(value, str):
        return value.replace(microsecond=(value.microsecond + 1) % 10**6)
    if value.startswith(("{", "[")) and dice.roll(4):  # else some letter of it: often no JSON any more
        return json.dumps({**json.loads(value), "more": dice.roll(100)}, separators=(",", ":"))
    place = dice.roll(len(value)) if value else 0
    letter = dice.pick([c for c in "0123456789abcdef" if c != value[place : place + 1]])
    return value[:place] + letter + value[place + 1 :]


def key_of(table: Table) -> Column[Any]:
    """Return the column that names a row; codes are named by their entry."""
    return next(iter(table.primary_key.columns))


_plain = MetaData()


def plain(name: str) -> Table:
    """Return a table with columns as the database has them, without the product's own types."""
    if name not in _plain.tables:
        for table in metadata.tables.values():
            copied = table.to_metadata(_plain)
            for column in copied.columns:
                column.type = getattr(column.type, "impl", column.type)
    return _plain.tables[name]
