"""What honours bring when the application is put together."""

from flask import Flask

from competitions.eligibility import winners
from competitions.events import panels
from competitions.organisations.twins import following
from competitions.people import sources
from scoring.honours import earlier, panel
from scoring.honours.models import Honour


def init_app(_app: Flask) -> None:
    """Tell rules of entry and the pages of people what was granted; show competitions their lists."""
    winners.register("honours", earlier.earlier_honours)
    sources.register_honours(earlier.held)
    panels.register_of_competition("honours", panel.competition_panel)
    following.register(Honour.unit_id)
