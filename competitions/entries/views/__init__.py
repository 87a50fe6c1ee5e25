"""The pages of entries: each module holds the views of one job."""

from competitions.entries.views import (
    attending,
    batches,
    checking,
    confirming,
    deciding,
    editing,
    importing,
    listing,
    substituting,
    work_files,
)
from competitions.entries.views.base import blueprint

__all__ = [
    "attending", "batches", "blueprint", "checking", "confirming", "deciding", "editing", "importing",
    "listing", "substituting", "work_files",
]  # fmt: skip
