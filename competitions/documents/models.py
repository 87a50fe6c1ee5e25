"""Documents in their versions, and the random address under which a competition is public."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.events.models import Competition, Event
from core.database import Model
from core.files.models import StoredFile
from core.types import UtcDateTime


class CompetitionDocument(Model):
    """One document; what it says is its newest version. `kind` is one of labels.KINDS.

    Versions from before it was made public were not written for everybody: they stay internal.
    """

    __tablename__ = "competition_document"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    public: Mapped[bool]
    public_from: Mapped[int] = mapped_column(default=1)  # the oldest version that everybody may read
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")

    competition: Mapped[Competition] = relationship()
    event: Mapped[Event | None] = relationship()
    versions: Mapped[list["DocumentVersion"]] = relationship(
        back_populates="document", order_by="DocumentVersion.number.desc()"
    )


class DocumentVersion(Model):
    """One version of a document: its file, and what has changed with it."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("competition_document.id"))
    number: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    change: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    document: Mapped[CompetitionDocument] = relationship(back_populates="versions")
    file: Mapped[StoredFile] = relationship()


class PublicPage(Model):
    """The address of a competition for everybody: nobody counts through it."""

    __tablename__ = "public_page"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
