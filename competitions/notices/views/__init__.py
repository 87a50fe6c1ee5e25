"""Pages of notices: for everybody, and for those who write them."""

from competitions.notices.views import board, editing, publishing
from competitions.notices.views.base import blueprint

__all__ = ["blueprint", "board", "editing", "publishing"]
