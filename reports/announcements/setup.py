"""What announcements bring when the application is put together."""

from flask import Flask

from competitions.notices import sources
from reports.announcements import notice


def init_app(_app: Flask) -> None:
    """Let public notices begin from an announced result."""
    sources.register("result", notice.results)
    sources.register("award", notice.awards)
