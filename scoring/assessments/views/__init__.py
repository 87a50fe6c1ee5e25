"""Pages of periods: the whole contest, one period, reports of units, checks of the office."""

from scoring.assessments.views import checking, periods, reporting
from scoring.assessments.views.base import blueprint

__all__ = ["blueprint", "checking", "periods", "reporting"]
