"""Pages of templates: choosing one for an event, making one's own."""

from reports.certificates.designs.views import choosing, editing
from reports.certificates.designs.views.base import blueprint

__all__ = ["blueprint", "choosing", "editing"]
