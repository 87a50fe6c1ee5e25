"""What the forms of the register offer."""

from competitions.organisations.queries import Scopes, UnitFilter, list_units
from core.database import db

MOST_UNITS = 1000


def unit_names(scopes: Scopes) -> list[str]:
    """Return the names of the units in these scopes."""
    return [unit.name for unit in list_units(db.session, scopes, UnitFilter(), limit=MOST_UNITS)]
