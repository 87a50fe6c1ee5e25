"""The pages of the desk."""

from scoring.desk.views import backups, home, lists, paper
from scoring.desk.views.base import blueprint

__all__ = ["backups", "blueprint", "home", "lists", "paper"]
