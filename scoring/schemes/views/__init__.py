"""Pages of an event's scheme."""

from scoring.schemes.views import editing, previewing, showing, starting, uploading  # noqa: F401  # they add their views
from scoring.schemes.views.base import blueprint

__all__ = ["blueprint"]
