"""People and entries; personal data stands apart from what scoring needs."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.catalogue.models import CatalogueEntry
from competitions.events.models import Event
from competitions.organisations.models import Unit
from core.database import Model
from core.files.models import StoredFile
from core.types import UtcDateTime


class Person(Model):
    """Somebody who competes, known elsewhere by a random reference."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    skill_level: Mapped[str] = mapped_column(String(20), default="")
    demo: Mapped[bool] = mapped_column(default=False)

    unit: Mapped[Unit] = relationship()
    identity: Mapped["PersonIdentity | None"] = relationship(back_populates="person")


class PersonIdentity(Model):
    """ID number and phone, encrypted under the row's own reference; found again by a keyed digest."""

    __tablename__ = "person_identity"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    id_number: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)

    person: Mapped[Person] = relationship(back_populates="identity")


class Entry(Model):
    """One entrant of one event: a person, a team, a unit or a work.

    `review` is one of `rules.REVIEWS`; `status` is one of SCHEME.md section 5; `attendance` is what the
    check-in desk has marked: present, absent, or nothing yet. `attended_by_id` is an account, but no foreign
    key: SQLite could take such a column back only by building the table anew.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("event_id", "number"), Index("ix_entry_unit", "unit_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    review: Mapped[str] = mapped_column(String(12), default="submitted")
    status: Mapped[str] = mapped_column(String(12), default="valid")
    status_reason: Mapped[str] = mapped_column(Text, default="")
    # Of a veto (status ineligible): the day of what has happened, and who has established it.
    veto_on: Mapped[date | None]
    veto_source: Mapped[str] = mapped_column(String(200), default="", server_default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
    revision: Mapped[int] = mapped_column(default=0)  # how often it was worked on; an approval is not counted
    # How many of these steps left nothing behind: work that was taken back, and its taking back.
    taken_back: Mapped[int] = mapped_column(default=0, server_default="0")
    # Where a submitted entry waits: the level of reviewing, and the union that stands there (the organiser is
    # none). No foreign key, as for attended_by_id.
    level: Mapped[str] = mapped_column(String(12), default="organiser", server_default="organiser")
    level_union_id: Mapped[int | None] = mapped_column(Integer, index=True)
    category: Mapped[str] = mapped_column(String(60), default="", server_default="")  # of a work
    summary: Mapped[str] = mapped_column(Text, default="", server_default="")  # of a work
    attendance: Mapped[str] = mapped_column(String(10), default="", server_default="")
    attended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended_by_id: Mapped[int | None] = mapped_column(Integer)
    ownership: Mapped[str | None] = mapped_column(String(12))  # of the unit at the time, once taken down
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    unit: Mapped[Unit] = relationship()
    members: Mapped[list["EntryMember"]] = relationship(
        back_populates="entry", order_by="EntryMember.position"
    )

    @property
    def worked(self) -> int:
        """Say how much work stands: what was taken back counts as if it had never been done."""
        return self.revision - self.taken_back

    def take_back(self) -> None:
        """Count the last work as undone. The revision rises all the same: forms that showed it are stale."""
        self.revision += 1
        self.taken_back += 2


class EntryMember(Model):
    """A person in an entry: the entrant, an author, or somebody of a team in its order (1 leads it).

    `role` is one of `rules.ROLES`; `unit_name` is an author's own unit where it is not that of the work;
    `share` is an author's part in the work in per cent, where shares were given; `trade` is the own trade at
    the time of entry. Sex, band of age and skill level are as they were when the event was counted
    (competitions.entries.taking_part); nothing before, "" where nothing is known.
    """

    __tablename__ = "entry_member"
    __table_args__ = (UniqueConstraint("entry_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    role: Mapped[str] = mapped_column(String(12), default="member", server_default="member")
    unit_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    share: Mapped[int | None]
    trade_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"), index=True)
    sex: Mapped[str | None] = mapped_column(String(6))
    age_band: Mapped[str | None] = mapped_column(String(5))
    skill_level: Mapped[str | None] = mapped_column(String(20))

    entry: Mapped[Entry] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
    trade: Mapped[CatalogueEntry | None] = relationship()


class Substitution(Model):
    """Somebody who took another's place before the draw, kept with the entry as long as it stands.

    Both are named by their random references and as they were written then: who left may be forgotten as a
    person. `review` is what the entry stood at afterwards.
    """

    __tablename__ = "substitution"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    left_ref: Mapped[str] = mapped_column(String(32))
    left_name: Mapped[str] = mapped_column(String(80))
    came_ref: Mapped[str] = mapped_column(String(32))
    came_name: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    review: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class EntryFile(Model):
    """A file of a work, in its order, under the title that the unit gave it."""

    __tablename__ = "entry_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]

    file: Mapped[StoredFile] = relationship()


class EntryDecision(Model):
    """One thing that happened to an entry on its way through the levels of reviewing; never changed.

    `decision` is one of `rules.HAPPENED`; `union_id` is the union that stood at the level then.
    """

    __tablename__ = "entry_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    level: Mapped[str] = mapped_column(String(12), default="")
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"))
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class EntryException(Model):
    """What the organiser admits of an entry against the rules of entry: of somebody, or of the entry itself.

    `person_id` is no foreign key: who has left an entry may be forgotten.
    """

    __tablename__ = "entry_exception"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class ImportBatch(Model):
    """One accepted list of entrants, numbered within its event.

    `entries` it made, `changed` it changed, `left_out` rows were not taken; `before` is what the changed
    entries said before, sealed, so that the batch can be undone whole.
    """

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_number", "event_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    entries: Mapped[int]
    changed: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    before: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HeadingChoice(Model):
    """What somebody has taken an unusual heading for; "" is a column that is not read."""

    __tablename__ = "heading_choice"
    __table_args__ = (UniqueConstraint("user_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    heading: Mapped[str] = mapped_column(String(120))
    field: Mapped[str] = mapped_column(String(20))
