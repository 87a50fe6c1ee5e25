"""What a server looks at before it serves: that the database keeps what must stay, and is no older one.

Source: SECURITY.md T09 and section 6.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import UnsafeSettings
from core import append_only
from core.audit.models import AuditRecord
from core.audit.rules import chain_name
from core.database import reading_session
from scoring.evidence import ledgerfile
from scoring.sheets.checkpoints import SITE_NUMBER, file_of
from scoring.sheets.models import LedgerOperation

OPEN = "The database does not refuse changes to %s: run “db upgrade”. 数据库缺少防改动的触发器。"
OWNER = "This server's role of PostgreSQL may delete from %s; docs/operations.md names a better one."
OLDER = (
    "%s: the ledger or the record ends before a checkpoint in %s, or differs from it. If you have put "
    "an older database back on purpose, move that file away. "
    "数据库早于检查点文件；若确系恢复备份，请先移走该文件。"
)


def check(app: Flask) -> None:
    """Warn of what is not as it should be; in production refuse to serve an unguarded or older database.

    Raises: UnsafeSettings in production.
    """
    with app.app_context():
        try:
            with reading_session() as session:
                grave, others = _found(session, Path(app.instance_path))
        except OperationalError as fault:  # the server says so at every request until it is mended
            app.logger.warning("The database cannot be looked at: %s", fault.orig)
            return
    if grave and app.config["SETTINGS"].production:
        raise UnsafeSettings(" ".join(grave))
    for warning in [*grave, *others]:
        app.logger.warning(warning)


def _found(session: Session, instance: Path) -> tuple[list[str], list[str]]:
    connection = session.connection()
    if not inspect(connection).has_table(LedgerOperation.__tablename__):
        return [], []
    open_tables, changeable = append_only.unprotected(connection), append_only.changeable(connection)
    grave = [OPEN % ", ".join(open_tables)] if open_tables else []
    grave += [OLDER % (where, file_of(instance)) for where in older(session, instance)]
    return grave, [OWNER % ", ".join(changeable)] if changeable else []


def older(session: Session, instance: Path) -> list[str]:
    """Return the events, or the site, that lack what the newest checkpoint outside of the database saw."""
    file = file_of(instance)
    held = ledgerfile.read_checkpoints(file.read_text(encoding="utf-8")) if file.exists() else []
    newest = {one["event"]: one for one in held}
    found = [number for number, one in newest.items() if not _is_there(session, one)]
    return ["Site" if number == SITE_NUMBER else f"Event {number}" for number in found]


def _is_there(session: Session, one: Mapping[str, Any]) -> bool:
    number, seq, audit_seq = one["event"], one["seq"], one["audit_seq"]
    own = session.query(LedgerOperation.hash).filter_by(event_id=number, seq=seq)
    chain = chain_name(number or None)
    record = session.query(AuditRecord.hash).filter_by(chain=chain, seq=audit_seq)
    ledger_fits = not seq or own.scalar() == one["head"]
    return ledger_fits and (not audit_seq or record.scalar() == one["audit_head"])
