"""What an event's certificates are printed with: template, seals, pictures, shifts."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from competitions.events.models import Event
from reports.certificates import template as templates
from reports.certificates.designs import queries
from reports.certificates.models import CertificateChoice, CertificateTemplate
from reports.certificates.template import Template

USUAL = "honour"


@dataclass(frozen=True)
class Printing:
    """A template as it is printed; `whole` is the same before anything is left to pre-printed paper."""

    key: str
    template: Template
    whole: Template
    seals: bool = False
    stock: bool = False
    pictures: dict[str, bytes] = field(default_factory=dict)


def printing_of(session: Session, event: Event, key: str | None = None) -> Printing:
    """Return what an event's certificates are printed with; another template where `key` names one.

    A template that there is not, or not any more, is the usual one.
    """
    choice = queries.find_choice(session, event.id) or usual_choice(event.id)
    whole, pictures = _find(session, event.competition_id, key or choice.template)
    shown = whole.on_stock() if choice.stock else whole
    moved = shown.moved(choice.right / 10, choice.down / 10)
    return Printing(key or choice.template, moved, whole, choice.seals, choice.stock, pictures)


def usual_choice(event_id: int) -> CertificateChoice:
    """Return what an event prints with as long as nobody has chosen anything; it is not stored."""
    return CertificateChoice(event_id=event_id, template=USUAL, seals=False, stock=False, right=0, down=0)


def template_of(row: CertificateTemplate) -> Template:
    """Return an own template; it was looked at before it was kept."""
    return templates.from_document(row.document)


def _find(session: Session, competition_id: int, key: str) -> tuple[Template, dict[str, bytes]]:
    row = None if key in templates.INCLUDED else queries.find_template(session, competition_id, key)
    if row is None:
        return templates.included(key if key in templates.INCLUDED else USUAL), {}
    return template_of(row), queries.read_pictures(session, row)
