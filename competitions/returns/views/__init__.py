"""Pages of returns: importing the modules adds their views to the one blueprint."""

from competitions.returns.views import deciding, filling, periods, workbooks
from competitions.returns.views.base import blueprint

__all__ = ["blueprint", "deciding", "filling", "periods", "workbooks"]
