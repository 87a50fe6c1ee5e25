"""Every package worked by hand gives as an event what it gives as a package, whatever its rules are."""

from scoring.packages.reading import PackageRefused, load_package
from scoring.results import outcomes
from scoring.rules.inputs import EntryInput
from scoring.rules.resulttable import result_rows
from tests.factories.packages import import_folder
from tests.oracle.hand import list_worked


def loaded():
    """Return (folder, its package) of every package that is in order."""
    found = []
    for worked in list_worked():
        try:
            found.append((worked.folder, load_package(worked.folder)))
        except PackageRefused:
            continue
    return found


def test_every_package_worked_by_hand_gives_the_same_as_an_event(app, session):
    if "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"]:
        return
    packages = loaded()
    assert len(packages) > 100
    different = []
    for folder, incoming in packages:
        done = import_folder(session, folder, name=folder.name, again=True)
        with_awards = incoming.scheme.awards is not None
        expected = again(incoming, awards=with_awards)
        computed = outcomes.live(session, done.event.id)
        if [list(row) for row in expected] != computed.table[1]:
            different.append(folder.name)
        assert done.event.state in ("scoring", "tabulated", "announced", "final")
    assert different == []


def again(incoming, *, awards):
    from scoring.rules.compute import compute

    outcome = compute(
        incoming.scheme,
        [EntryInput(row.entry, "", row.unit, row.status) for row in incoming.entries],
        incoming.marks,
        incoming.assignments,
        incoming.penalties,
        incoming.decisions,
        awards=awards,
    )
    return result_rows(outcome, awards=awards)
