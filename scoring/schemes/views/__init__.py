"""Pages of an event's scheme."""

from scoring.schemes.views import (  # noqa: F401  # they add their views
    editing,
    periods,
    previewing,
    showing,
    starting,
    uploading,
)
from scoring.schemes.views.base import blueprint

__all__ = ["blueprint"]
