"""Read templates and what each event prints with."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, undefer_group

from competitions.events.models import Event
from core.files.models import StoredFile
from core.files.queries import content_of
from reports.certificates.models import CertificateChoice, CertificateTemplate, TemplatePicture


def list_templates(session: Session, competition_id: int) -> list[CertificateTemplate]:
    """Return a competition's own templates in the order in which they were made."""
    own = select(CertificateTemplate).where(CertificateTemplate.competition_id == competition_id)
    return list(session.scalars(own.order_by(CertificateTemplate.id)))


def find_template(session: Session, competition_id: int, ref: str) -> CertificateTemplate | None:
    """Return an own template of a competition with its pictures, without what is in them."""
    return session.scalar(
        select(CertificateTemplate)
        .where(CertificateTemplate.competition_id == competition_id, CertificateTemplate.ref == ref)
        .options(selectinload(CertificateTemplate.pictures).joinedload(TemplatePicture.file))
    )


def read_pictures(session: Session, template: CertificateTemplate) -> dict[str, bytes]:
    """Return the pictures of a template by reference: its own alone, whatever its document names."""
    rows = session.scalars(
        select(StoredFile)
        .join(TemplatePicture, TemplatePicture.file_id == StoredFile.id)
        .where(TemplatePicture.template_id == template.id)
        .options(undefer_group("kept"))
    )
    return {stored.ref: content_of(stored) for stored in rows}


def find_choice(session: Session, event_id: int) -> CertificateChoice | None:
    """Return what an event prints with, where somebody has chosen it."""
    return session.get(CertificateChoice, event_id)


def list_events_with(session: Session, template: CertificateTemplate) -> list[Event]:
    """Return the events that print with an own template."""
    return list(
        session.scalars(
            select(Event)
            .join(CertificateChoice, CertificateChoice.event_id == Event.id)
            .where(CertificateChoice.template == template.ref)
            .order_by(Event.id)
        )
    )
