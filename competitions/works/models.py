"""What is said of a work beside its title, its authors and its files."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Entry
from core.database import Model
from core.types import UtcDateTime


class WorkParticulars(Model):
    """What a work is, whether it is in use and since when, and what it has brought.

    `nature` is one of rules.NATURES; `benefit` is in whole yuan, as declared; `evidence` says whether there
    is any for it. The authors' shares stand with them (EntryMember.share).
    """

    __tablename__ = "work_particulars"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    nature: Mapped[str] = mapped_column(String(12))
    implemented: Mapped[bool] = mapped_column(default=False)
    implemented_on: Mapped[date | None]
    benefit: Mapped[int | None] = mapped_column(BigInteger)
    evidence: Mapped[bool] = mapped_column(default=False)
    basis: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    entry: Mapped[Entry] = relationship()
