"""Declared contests, with their documents."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.catalogue.models import CatalogueEntry
from competitions.organisations.models import Union
from core.database import Model
from core.files.models import StoredFile
from core.types import CanonicalJson, UtcDateTime


class DeclaredContest(Model):
    """A contest held without this system, as its union declares it; never counted with computed figures.

    `figures` are those of rules.KEYS as competitions.returns.figures writes them; `winners` a list of
    [award, name, unit]. One that is withdrawn stays, with its reason, and counts nowhere.
    """

    __tablename__ = "declared_contest"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    kind_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"))
    level_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"))
    trade: Mapped[str] = mapped_column(String(160), default="")
    host: Mapped[str] = mapped_column(String(120), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    figures: Mapped[Any] = mapped_column(CanonicalJson)
    winners: Mapped[Any] = mapped_column(CanonicalJson)
    source: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    demo: Mapped[bool] = mapped_column(default=False)

    union: Mapped[Union] = relationship()
    kind: Mapped[CatalogueEntry] = relationship(foreign_keys=[kind_id])
    level: Mapped[CatalogueEntry] = relationship(foreign_keys=[level_id])
    files: Mapped[list["DeclaredFile"]] = relationship(order_by="DeclaredFile.id")

    __mapper_args__ = {"version_id_col": version}


class DeclaredFile(Model):
    """A document of a declared contest: a report, a list of winners, a notice."""

    __tablename__ = "declared_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("declared_contest.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    file: Mapped[StoredFile] = relationship()
