"""Pages of an event's scheme."""

from scoring.schemes.views import editing, periods, previewing, showing, starting, uploading
from scoring.schemes.views.base import blueprint

__all__ = ["blueprint", "editing", "periods", "previewing", "showing", "starting", "uploading"]
