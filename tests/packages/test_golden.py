"""Real competitions, loaded as events, rank exactly as they were published."""

import csv
import io

import pytest

from scoring.results import outcomes, queries
from scoring.rules.csvtext import write_csv
from scoring.sheets import ledger
from tests.factories.packages import GRAND_PRIX, HALFPIPE, import_event

PROGRAMMES = sorted(path.name for path in GRAND_PRIX.iterdir())
ON_BOTH = ("ladies-free-skating", "ice-dance-short-dance")


def published(folder):
    rows = list(csv.reader(io.StringIO((folder / "expected.csv").read_text(encoding="utf-8"))))
    return rows[0], sorted(rows[1:])


def skip_most_on_postgresql(app, name):
    if "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"] and name not in ON_BOTH:
        pytest.skip("two programmes are enough to know that PostgreSQL gives the same")


def test_there_are_sixteen_programmes():
    assert len(PROGRAMMES) == 16


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_of_the_grand_prix_final_ranks_as_published(app, session, name):
    skip_most_on_postgresql(app, name)
    event = import_event(session, GRAND_PRIX / name)
    session.commit()
    session.expire_all()
    version = queries.find_newest(session, event.id)
    header, rows = published(GRAND_PRIX / name)
    assert (event.state, version.document["header"]) == ("final", header)
    assert sorted(version.document["rows"]) == rows
    ranked = sorted((str(row.rank or ""), row.total) for row in version.rows)
    assert ranked == sorted((row[0], row[3]) for row in rows)
    assert ledger.first_broken(session, event.id) is None


def test_the_halfpipe_final_ranks_as_published(session):
    event = import_event(session, HALFPIPE)
    session.commit()
    version = queries.find_newest(session, event.id)
    header, rows = published(HALFPIPE)
    assert (version.document["header"], sorted(version.document["rows"])) == (header, rows)


def test_a_frozen_programme_computed_again_says_the_same(session):
    event = import_event(session, GRAND_PRIX / "men-free-skating")
    session.commit()
    version = queries.find_newest(session, event.id)
    again = outcomes.of_version(version)
    assert write_csv(*again.table) == write_csv(version.document["header"], version.document["rows"])
