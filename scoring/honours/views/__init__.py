"""The pages of honours: the register, one honour, the lists of a competition, whom a result offers."""

from scoring.honours.views import importing, lists, register
from scoring.honours.views.base import blueprint

__all__ = ["blueprint", "importing", "lists", "register"]
