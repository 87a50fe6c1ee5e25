"""The pages of organisations: each module holds the views of one job."""

from competitions.organisations.views import contacts, registrars, retiring, several, unions, units
from competitions.organisations.views.base import blueprint

__all__ = ["blueprint", "contacts", "registrars", "retiring", "several", "unions", "units"]
