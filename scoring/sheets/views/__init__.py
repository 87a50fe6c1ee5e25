"""The progress of marking, and what is decided beside the sheets: statuses, penalties, absent judges."""

from scoring.sheets.views import (
    acts,
    check_in,
    closing,
    corrections,
    devices,
    entries,
    judges,
    looks,
    progress,
    sheets,
)
from scoring.sheets.views.base import blueprint

__all__ = [
    "acts", "blueprint", "check_in", "closing", "corrections", "devices", "entries", "judges", "looks",
    "progress", "sheets",
]  # fmt: skip
