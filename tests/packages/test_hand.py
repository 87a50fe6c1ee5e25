"""Packages worked by hand give as events what they give as packages, whatever their rules are."""

import pytest

from scoring.packages.reading import PackageRefused, load_package
from scoring.results import outcomes
from scoring.rules.compute import compute
from scoring.rules.inputs import EntryInput
from scoring.rules.resulttable import result_rows
from tests.factories.packages import import_folder
from tests.oracle.hand import list_worked

# Where an event keeps something otherwise than a package does: seats, absences, decisions, units, attempts.
TELLING = (
    "assigned", "agreed-1", "deduction-1", "fallback", "per_unit-1", "tie-manual-1", "status-1",
    "attempts-best-1",
)  # fmt: skip


@pytest.fixture
def sqlite_alone(app):
    if "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"]:
        pytest.skip("what a rule gives is no question of the database")


def loaded(*named):
    """Return (folder, its package) of the packages that are in order, of all or of those named."""
    found = []
    for worked in list_worked():
        if not named or any(name in worked.folder.name for name in named):
            try:
                found.append((worked.folder, load_package(worked.folder)))
            except PackageRefused:
                continue
    return found


def differing(session, packages):
    """Return the packages whose event has another result."""
    return [
        folder.name
        for folder, incoming in packages
        if as_an_event(session, folder) != [list(row) for row in as_a_package(incoming)]
    ]


def as_an_event(session, folder):
    done = import_folder(session, folder, name=folder.name, again=True)
    return outcomes.live(session, done.event.id).table[1]


def as_a_package(incoming):
    awards = incoming.scheme.awards is not None
    entries = [EntryInput(row.entry, "", row.unit, row.status) for row in incoming.entries]
    rows = (incoming.assignments, incoming.penalties, incoming.decisions)
    return result_rows(compute(incoming.scheme, entries, incoming.marks, *rows, awards=awards), awards=awards)


def test_telling_packages_give_the_same_as_events(sqlite_alone, session):
    packages = loaded(*TELLING)
    assert len(packages) >= 12
    assert differing(session, packages) == []


@pytest.mark.deep
def test_every_package_worked_by_hand_gives_the_same_as_an_event(sqlite_alone, session):
    packages = loaded()
    assert len(packages) > 100
    assert differing(session, packages) == []
