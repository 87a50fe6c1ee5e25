"""The desk: what can be brought there, what waits, what was done."""

from collections.abc import Sequence

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.events.places import event_place
from core.database import db
from scoring.desk import pages
from scoring.desk.forms import BackupForm, FindForm, ListForm
from scoring.desk.views.base import actor, blueprint, event_and_scheme, why_not
from scoring.rules.model import Scheme


@blueprint.get("/")
@requires("desk.view", event_place)
def show_desk(event_id: int) -> ResponseReturnValue:
    """Show the desk."""
    return desk_page(event_id)


def desk_page(
    event_id: int,
    *,
    lists: ListForm | None = None,
    find: FindForm | None = None,
    backup: BackupForm | None = None,
    others: dict[str, Sequence[str]] | None = None,
) -> str:
    """Return the desk, with a form that was refused in its place."""
    event, scheme = event_and_scheme(event_id)
    stages = stages_of(scheme)
    return render_template(
        "desk/show.html",
        event=event,
        closed=why_not(event),
        template_files=[_template_file(event_id, *stage) for stage in stages],
        lists_form=lists or ListForm(stages, formdata=None),
        find_form=find or FindForm(stages, formdata=None),
        backup_form=backup or BackupForm(formdata=None),
        others=others or {},
        **pages.desk_page(db.session, event, scheme, actor()),
    )


def _template_file(event_id: int, stage: str, title: str) -> dict[str, str]:
    url = url_for(".download_template", event_id=event_id, stage=stage)
    return {"label": title, "url": url, "kind": "Excel"}


def stages_of(scheme: Scheme) -> list[tuple[str, str]]:
    """Return the stages to choose from."""
    return [(stage.code, stage.title or stage.code) for stage in scheme.stages]


