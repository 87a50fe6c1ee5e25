"""An event's ledger (append-only, chained) and its projection: mark sheets, marks, penalties, decisions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class LedgerOperation(Model):
    """One operation of an event's ledger: what was done, by whom, and the answer that was given."""

    __tablename__ = "ledger_operation"
    __table_args__ = (
        UniqueConstraint("event_id", "seq"), UniqueConstraint("event_id", "prev_hash"), append_only(),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    seq: Mapped[int]
    operation_id: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    body: Mapped[Any] = mapped_column(CanonicalJson)
    answer: Mapped[Any] = mapped_column(CanonicalJson)
    algorithm: Mapped[str] = mapped_column(String(16))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Sheet(Model):
    """The mark sheet of one judge for one entry in one stage: the ledger's current state.

    `state` is one of scoring.sheets.states.STATES; the profile says which of them exist.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("appointment_id", "entry_id", "stage"),
        Index("ix_sheet_event", "event_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=0)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_hash: Mapped[str | None] = mapped_column(String(64))

    marks: Mapped[list["Mark"]] = relationship(back_populates="sheet")


class Handover(Model):
    """A sheet that a judge took over from another, who had not signed it; the older one is passed on."""

    __tablename__ = "handover"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), primary_key=True)
    taken_from_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), unique=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("ledger_operation.id"))

    operation: Mapped[LedgerOperation] = relationship()


class SecondLook(Model):
    """One value that its judge was asked to look at again, because the panel's values lie too far apart.

    `outcome` is empty while it is open, then kept, changed, or ended (by the chief judge, without an answer);
    `before` and `after` both stay, as they do in the ledger.
    """

    __tablename__ = "second_look"
    __table_args__ = (UniqueConstraint("operation_id", "sheet_id", "aspect", "attempt"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    aspect: Mapped[str] = mapped_column(String(40))
    attempt: Mapped[int]
    before: Mapped[str] = mapped_column(String(40))
    after: Mapped[str] = mapped_column(String(40), default="")
    outcome: Mapped[str] = mapped_column(String(8), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    operation_id: Mapped[int] = mapped_column(ForeignKey("ledger_operation.id"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_operation.id"))

    sheet: Mapped[Sheet] = relationship()
    operation: Mapped[LedgerOperation] = relationship(foreign_keys=[operation_id])
    answer: Mapped[LedgerOperation | None] = relationship(foreign_keys=[answer_id])


class Mark(Model):
    """The current value of one aspect on a sheet, as exact text; `line` numbers several deductions."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("sheet_id", "aspect", "attempt", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    aspect: Mapped[str] = mapped_column(String(40))
    attempt: Mapped[int] = mapped_column(default=1)
    line: Mapped[int] = mapped_column(default=1)
    value: Mapped[str] = mapped_column(String(40))

    sheet: Mapped[Sheet] = relationship(back_populates="marks")


class Correction(Model):
    """What the chief judge wants to change on a closed sheet; it counts once somebody else has witnessed it.

    `changes` are [aspect, attempt, old value, new value]; `base` is the version of the sheet that they are
    about. `outcome` is empty while it waits, then witnessed or declined.
    """

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    base: Mapped[int]
    changes: Mapped[Any] = mapped_column(CanonicalJson)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(12), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    operation_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_operation.id"))

    sheet: Mapped[Sheet] = relationship()
    operation: Mapped[LedgerOperation | None] = relationship()


class Release(Model):
    """A locked sheet or a penalty that may be corrected although names are open (scoring.sheets.releases).

    `basis` is appeal (`number` is that of the appeal) or error; `outcome` is asked, open, used, closed or
    declined. `operation` is its place in the ledger, before the correction that it allowed.
    """

    __tablename__ = "correction_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheet.id"), index=True)
    penalty_id: Mapped[int | None] = mapped_column(ForeignKey("penalty.id"))
    basis: Mapped[str] = mapped_column(String(8))
    number: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(10))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_reason: Mapped[str] = mapped_column(Text, default="")
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction.id"))
    operation_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_operation.id"))

    sheet: Mapped[Sheet | None] = relationship()
    penalty: Mapped["Penalty | None"] = relationship()
    operation: Mapped[LedgerOperation | None] = relationship()


class Penalty(Model):
    """Points taken off the total of an entry (SCHEME.md section 2); withdrawn, never deleted."""

    __tablename__ = "penalty"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    points: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    operation_id: Mapped[int] = mapped_column(ForeignKey("ledger_operation.id"))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_operation.id"))

    operation: Mapped[LedgerOperation] = relationship(foreign_keys=[operation_id])
    withdrawn_by: Mapped[LedgerOperation | None] = relationship(foreign_keys=[withdrawn_by_id])


class Decision(Model):
    """A written decision: order, award, absent_judge or checked_in; withdrawn, never deleted.

    Source: SCHEME.md section 7.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    stage: Mapped[str] = mapped_column(String(40), default="")
    aspect: Mapped[str] = mapped_column(String(40), default="")
    judge: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text)
    operation_id: Mapped[int] = mapped_column(ForeignKey("ledger_operation.id"))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_operation.id"))

    operation: Mapped[LedgerOperation] = relationship(foreign_keys=[operation_id])
    withdrawn_by: Mapped[LedgerOperation | None] = relationship(foreign_keys=[withdrawn_by_id])


class Checkpoint(Model):
    """A signed statement of how far an event's ledger and record had come; worth most in a copy outside.

    One without an event is of the record of the site, and has no ledger.
    `occasion` is sign, a step of the event, or command; `signature` is Ed25519 in hexadecimal.
    """

    __tablename__ = "checkpoint"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    occasion: Mapped[str] = mapped_column(String(30))
    seq: Mapped[int]
    head: Mapped[str] = mapped_column(String(64))
    audit_seq: Mapped[int]
    audit_head: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kid: Mapped[str] = mapped_column(String(8))
    signature: Mapped[str] = mapped_column(String(128))
