"""The pages of entries: each module holds the views of one job."""

from competitions.entries.views import checking, deciding, editing, importing, listing
from competitions.entries.views.base import blueprint

__all__ = ["blueprint", "checking", "deciding", "editing", "importing", "listing"]
