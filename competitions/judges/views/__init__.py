"""The pages of judges: the people, and the places where they mark."""

from competitions.judges.views import assigning, people, replacing, suggesting
from competitions.judges.views.base import blueprint

__all__ = ["assigning", "blueprint", "people", "replacing", "suggesting"]
