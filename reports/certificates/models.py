"""The certificate register: one row per certificate, with the words as they were printed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import append_only
from core.database import Model
from core.files.models import StoredFile
from core.types import CanonicalJson, UtcDateTime

VALID = text("state = 'issued'")
RESERVED = text("state = 'reserved'")


class Certificate(Model):
    """One certificate; its number is never used again.

    `state` is issued, replaced (`replaced_by` is the one that counts now) or revoked. `public_id` is what its
    page is found by, `statement` what its QR code says; rows from before there were QR codes have neither.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        # An entry has one certificate of a result that counts, however many were replaced.
        Index(
            "ix_certificate_valid", "version_id", "entry_id", unique=True, sqlite_where=VALID,
            postgresql_where=VALID,
        ),
        append_only("state", "ended_at", "ended_by_id", "ended_reason", "replaced_by_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    words: Mapped[Any] = mapped_column(CanonicalJson)
    public_id: Mapped[str | None] = mapped_column(String(22), unique=True)
    statement: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="issued")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))

    replaced_by: Mapped["Certificate | None"] = relationship(remote_side=[id])


class CertificateNumber(Model):
    """A number that is taken, in an event from 1 without a gap; none is ever used again.

    `state` is reserved (nothing counts yet), used (there is a certificate with it) or void (reserved for a
    result that is not the one that counts any more).
    """

    __tablename__ = "certificate_number"
    __table_args__ = (
        UniqueConstraint("event_id", "serial"),
        Index(
            "ix_certificate_number_reserved", "version_id", "entry_id", unique=True, sqlite_where=RESERVED,
            postgresql_where=RESERVED,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(40), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="reserved")
    reserved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CertificateTemplate(Model):
    """A template of a competition's own, in the form of reports.certificates.template."""

    __tablename__ = "certificate_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    document: Mapped[Any] = mapped_column(CanonicalJson)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)

    pictures: Mapped[list["TemplatePicture"]] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class TemplatePicture(Model):
    """A picture that was brought for a template: a background, a seal, a signature."""

    __tablename__ = "template_picture"
    __table_args__ = (UniqueConstraint("template_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("certificate_template.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile] = relationship()


class CertificateChoice(Model):
    """How the certificates of an event are printed.

    `template` is the name of an included one or the reference of an own one; `right` and `down` say in tenths
    of a millimetre how far everything moves, for printers and pre-printed paper (`stock`).
    """

    __tablename__ = "certificate_choice"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    template: Mapped[str] = mapped_column(String(32))
    seals: Mapped[bool] = mapped_column(default=False)
    stock: Mapped[bool] = mapped_column(default=False)
    right: Mapped[int] = mapped_column(default=0)
    down: Mapped[int] = mapped_column(default=0)
