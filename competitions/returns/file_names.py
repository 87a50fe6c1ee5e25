"""How the files of a return are called: whose they are, and of which period."""

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.organisations.models import Union
from competitions.returns.models import ReturnPeriod
from core.files.answers import disposition
from core.files.kinds import joined_name


def heading(period: ReturnPeriod, union: Union, ending: str, *, form: bool = False) -> str:
    """Return the header that names a file; a `form` is to be filled in and brought back."""
    names = [name_of(union), period.title, *([_("form to fill in")] if form else [])]
    plain = f"{'return-form' if form else 'return'}-{period.last_day:%Y%m%d}-{union.id}.{ending}"
    return disposition(joined_name(names, ending), plain)
