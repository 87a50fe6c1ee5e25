"""The templates that can be chosen, by their names."""

from typing import Any

from flask_babel import gettext as _

from core.database import db
from reports.certificates import template as templates
from reports.certificates.designs import queries
from reports.certificates.designs.printing import template_of


def offers(competition: Any) -> list[tuple[str, str]]:
    """Return the templates that can be chosen: their keys and names, the included ones first."""
    names = {
        "honour": _("Certificate of honour, crimson and gold"), "award": _("Certificate of award, upright"),
        "plain": _("Plain, for any printer"), "bilingual": _("Chinese and English"),
        "english": _("In English alone"),
    }  # fmt: skip
    rows = queries.list_templates(db.session, competition.id)
    own = [(row.ref, template_of(row).name) for row in rows]
    return [(key, names[key]) for key in templates.INCLUDED] + own
