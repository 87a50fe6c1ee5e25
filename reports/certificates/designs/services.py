"""Write templates, their pictures, and what each event prints with."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from competitions.events.models import Competition, Event
from core import canonical, database
from core.audit import services as audit
from core.files import services as files
from core.files.reading import Upload
from core.i18n import listed
from core.refusals import Refusal, Refused, refuse
from reports.certificates import template as templates
from reports.certificates.designs import queries
from reports.certificates.models import CertificateChoice, CertificateTemplate, TemplatePicture
from reports.documents import fonts

PICTURE_BYTES, PICTURE_PIXELS = 8 * 1024 * 1024, 18_000_000  # A3 at 300 dots an inch: 17.4 million
PNG_PIXELS = 4_000_000  # as many of a PNG are unpacked to be printed
PLAIN_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})  # of eight bits at most
MOST_PICTURES, MOST_TEMPLATES = 12, 40
FARTHEST = 200  # tenths of a millimetre


def add_template(
    session: Session,
    competition: Competition,
    base: str,
    name: str,
    *,
    ref: str,
    actor_id: int,
    now: datetime,
) -> CertificateTemplate:
    """Add an own template that begins as a copy of an included one or of another own one.

    Raises: Refused TEMPLATE_BASE for one that there is not, TEMPLATE_MANY.
    """
    database.lock(session, f"templates:{competition.id}")
    own = queries.find_template(session, competition.id, base)
    if own is None and base not in templates.INCLUDED:
        raise refuse("TEMPLATE_BASE", "base")
    if len(queries.list_templates(session, competition.id)) >= MOST_TEMPLATES:
        raise refuse("TEMPLATE_MANY", "base", maximum=MOST_TEMPLATES)
    document = own.document if own else templates.to_document(templates.included(base))
    row = CertificateTemplate(
        ref=ref, competition_id=competition.id, document={**document, "name": name}, saved_at=now,
        saved_by_id=actor_id,
    )  # fmt: skip
    row.pictures = [TemplatePicture(file_id=picture.file_id) for picture in own.pictures] if own else []
    session.add(row)
    session.flush()
    _record(session, "template:save", row, actor_id, now, _saved(row))
    return row


def save_template(
    session: Session, row: CertificateTemplate, document: Any, version: int, *, actor_id: int, now: datetime
) -> None:
    """Keep another document of a template.

    Raises: Refused TEMPLATE_FAULT with everything that is wrong, GLYPH_MISSING, TEMPLATE_CHANGED where
    somebody else has saved it since `version` was read.
    """
    made = templates.from_document(document)
    fonts.require_printable(line.text for box in made.boxes for line in box.lines)
    own = {picture.file.ref for picture in row.pictures}
    if not set(made.files) <= own:
        foreign = ", ".join(sorted(set(made.files) - own))
        raise Refused(Refusal("TEMPLATE_FAULT", "/background", {"value": foreign}))
    if row.version != version:
        raise refuse("TEMPLATE_CHANGED")
    row.document, row.saved_at, row.saved_by_id = templates.to_document(made), now, actor_id
    try:
        session.flush()
    except StaleDataError as error:
        raise refuse("TEMPLATE_CHANGED") from error
    _record(session, "template:save", row, actor_id, now, _saved(row))


def add_picture(
    session: Session, row: CertificateTemplate, upload: Upload, *, ref: str, actor_id: int, now: datetime
) -> str:
    """Keep a picture for a template; return its reference.

    Raises: Refused UPLOAD_DAMAGED, TEMPLATE_PICTURE for one that is too large, TEMPLATE_CLEAR for a large
    one with clear parts, TEMPLATE_PICTURES for too many.
    """
    database.lock(session, f"template:{row.id}")
    session.refresh(row)
    if len(row.pictures) >= MOST_PICTURES:
        raise refuse("TEMPLATE_PICTURES", "file", maximum=MOST_PICTURES)
    upload = _printable(upload)
    stored = files.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    row.pictures.append(TemplatePicture(file=stored))
    session.flush()
    _record(session, "template:picture", row, actor_id, now, {"file": upload.name, "sha256": upload.sha256})
    return stored.ref


def remove_template(session: Session, row: CertificateTemplate, *, actor_id: int, now: datetime) -> None:
    """Remove a template that no event prints with.

    Raises: Refused TEMPLATE_USED with the events.
    """
    database.lock(session, f"templates:{row.competition_id}")
    used = queries.list_events_with(session, row)
    if used:
        raise refuse("TEMPLATE_USED", events=listed(event.name for event in used))
    name = row.document["name"]
    session.delete(row)
    session.flush()
    _record(session, "template:remove", row, actor_id, now, {"name": name})


def choose(
    session: Session, event: Event, values: Mapping[str, Any], *, actor_id: int, now: datetime
) -> CertificateChoice:
    """Say what an event's certificates are printed with.

    Shape: `values` holds template, seals, stock, and right and down in tenths of a millimetre.
    Raises: Refused TEMPLATE_BASE.
    """
    database.lock(session, f"templates:{event.competition_id}")
    key = str(values["template"])
    if key not in templates.INCLUDED and queries.find_template(session, event.competition_id, key) is None:
        raise refuse("TEMPLATE_BASE", "template")
    choice = queries.find_choice(session, event.id) or CertificateChoice(event_id=event.id)
    for name in ("template", "seals", "stock", "right", "down"):
        setattr(choice, name, values[name])
    session.add(choice)
    session.flush()
    audit.record(
        session, "certificate:choose", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id,
        detail={
            "template": key, "seals": choice.seals, "stock": choice.stock,
            "shift": f"{choice.right}, {choice.down}",
        },
    )  # fmt: skip
    return choice


def _printable(upload: Upload) -> Upload:
    """Read every pixel of a picture once: what cannot be shown must not stop a print run later."""
    with Image.open(io.BytesIO(upload.data)) as picture:
        pixels = picture.width * picture.height
        if len(upload.data) > PICTURE_BYTES or pixels > PICTURE_PIXELS:
            megabytes, millions = PICTURE_BYTES // 1024**2, PICTURE_PIXELS // 10**6
            raise refuse("TEMPLATE_PICTURE", "file", megabytes=megabytes, millions=millions)
        try:
            picture.load()
        except (OSError, ValueError, SyntaxError) as error:
            raise refuse("UPLOAD_DAMAGED", "file") from error
        return upload if upload.kind == "jpg" or pixels <= PNG_PIXELS else _as_jpeg(upload, picture)


def _as_jpeg(upload: Upload, picture: Image.Image) -> Upload:
    """Return a large PNG as a JPEG, which goes into a PDF as it is: unpacked it takes 200 MB to print."""
    if picture.mode not in PLAIN_MODES or _has_clear_parts(picture):
        raise refuse("TEMPLATE_CLEAR", "file", millions=PNG_PIXELS // 10**6)
    target = io.BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=95, subsampling=0)
    return Upload(f"{upload.name.removesuffix('.png')}.jpg", "jpg", target.getvalue())


def _has_clear_parts(picture: Image.Image) -> bool:
    if not picture.has_transparency_data:
        return False
    shades = (picture if picture.mode in {"RGBA", "LA"} else picture.convert("RGBA")).getchannel("A")
    return bool(shades.getextrema()[0] != 255)


def _saved(row: CertificateTemplate) -> dict[str, object]:
    return {"name": row.document["name"], "sha256": canonical.digest(row.document)}


def _record(
    session: Session,
    action: str,
    row: CertificateTemplate,
    actor_id: int,
    now: datetime,
    detail: Mapping[str, object],
) -> None:
    audit.record(
        session,
        action,
        actor_id=actor_id,
        subject=f"competition:{row.competition_id}",
        now=now,
        detail=detail,
    )
