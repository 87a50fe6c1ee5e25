"""What the tests of events share: only the event's own guards, and the people around one event."""

import pytest

from competitions.events import lifecycle
from tests.factories.accounts import build_user
from tests.factories.events import build_event


@pytest.fixture
def own_guards(app, monkeypatch):
    """Leave out what the packages above ask for: schemes, entries and sheets have their own tests."""
    for name in ("_guards", "_effects"):
        kept = {
            step: {key: done for key, done in registered.items() if key.startswith("competitions.events.")}
            for step, registered in getattr(lifecycle, name).items()
        }
        monkeypatch.setattr(lifecycle, name, kept)


@pytest.fixture
def event(session):
    """A welders' event, in draft."""
    return build_event(session, name="焊工决赛")


@pytest.fixture
def user(session, event):
    """The organiser of its union."""
    return build_user(session, grants=[("organiser", "union", event.competition.union_id)])


@pytest.fixture
def organiser(session, browser, user):
    """The browser of its organiser."""
    session.commit()
    return browser(user)
