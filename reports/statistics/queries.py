"""Read saved reports, and what names the statistics need."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from reports.statistics.models import SavedReport


def list_saved(session: Session, user_id: int) -> list[SavedReport]:
    """Return somebody's saved reports by name."""
    own = select(SavedReport).where(SavedReport.user_id == user_id)
    return list(session.scalars(own.order_by(SavedReport.name, SavedReport.id)))


def find_saved(session: Session, user_id: int, ref: str) -> SavedReport | None:
    """Return one of somebody's own saved reports."""
    return session.scalar(select(SavedReport).where(SavedReport.user_id == user_id, SavedReport.ref == ref))


def list_entries(session: Session, ids: Collection[int]) -> dict[int, CatalogueEntry]:
    """Return catalogue entries by number."""
    found = session.scalars(select(CatalogueEntry).where(CatalogueEntry.id.in_(ids)))
    return {entry.id: entry for entry in found}


def list_regions(session: Session, codes: Collection[str]) -> list[CatalogueEntry]:
    """Return regions by their codes."""
    regions = select(CatalogueEntry).where(CatalogueEntry.kind == "region", CatalogueEntry.key.in_(codes))
    return list(session.scalars(regions))
