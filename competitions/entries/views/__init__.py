"""The pages of entries: each module holds the views of one job."""

from competitions.entries.views import batches, checking, confirming, deciding, editing, importing, listing
from competitions.entries.views.base import blueprint

__all__ = ["batches", "blueprint", "checking", "confirming", "deciding", "editing", "importing", "listing"]
