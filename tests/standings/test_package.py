"""The package of a standing and its recount: the same table, differences named, what is wrong said."""

import pytest

from scoring.recount import main, zip_package
from scoring.rules.parse_standing import parse_method, read_method_text
from scoring.rules.standing_package import standing_package_files
from scoring.standings.offers import LIBRARY
from tests.standings.test_worked_examples import entry

TABLE = [("1", "甲", "valid", "240.00", "3", "240.00", ""), ("2", "乙", "valid", "99.00", "1", "99.00", "")]

BACKWARD = {"from": 3, "to": 1, "points": "1"}


def files(table=TABLE):
    rows = [entry("甲", rank, total) for rank, total in ((2, "90"), (3, "80"), (4, "70"), (5, "60"))]
    document = {**LIBRARY.find_document("best-three")}
    del document["awards"]
    return standing_package_files(document, [("E1", "焊工")], [*rows, entry("乙", 1, "99")], table)


def recount(tmp_path, found):
    path = tmp_path / "standing.zip"
    path.write_bytes(zip_package(found))
    return main([str(path)])


def test_a_published_standing_is_counted_again(tmp_path, capfd):
    assert recount(tmp_path, files()) == 0
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        "rank,group,status,total,entries,E1,award",
        "1,甲,valid,240.00,3,240.00,",
        "2,乙,valid,99.00,1,99.00,",
    ]
    assert "agrees" in err


def test_a_changed_total_is_named(tmp_path, capfd):
    changed = [TABLE[0], ("2", "乙", "valid", "99.50", "1", "99.00", "")]
    assert recount(tmp_path, files(changed)) == 3
    assert "standings.csv:3" in capfd.readouterr().err


def test_rows_that_fit_nothing_refuse_the_package(tmp_path, capfd):
    found = files()
    found["results.csv"] += b"E9,001,x,valid,1,1,,\nE9,001,x,valid,1,1,,\n"
    assert recount(tmp_path, found) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "STANDING_EVENT\tresults.csv:7" in err
    assert "STANDING_TWICE\tresults.csv:8" in err


@pytest.mark.parametrize("key", [offer.key for offer in LIBRARY])
def test_every_method_to_start_from_is_without_a_finding(key):
    _document, method, findings = read_method_text(LIBRARY.find_text(key))
    assert (method is not None, findings) == (True, [])


@pytest.mark.parametrize(
    ("change", "where", "variant"),
    [
        ({"points": {"by": "luck"}}, "/points/by", "choice"),
        ({"points": {"by": "rank", "ranks": [BACKWARD]}}, "/points/ranks/0/to", "range"),
        ({"points": {"by": "award", "awards": {"一等奖": 8}}}, "/points/awards", "decimal"),
        ({"points": {"by": "value", "code": "P..A"}}, "/points/code", "path"),
        ({"best": 0}, "/best", "least"),
        ({"title": " "}, "/title", "empty"),
        ({"weights": {}}, "/weights", "unknown_key"),
        ({"ranking": {}}, "/ranking/share", "missing_key"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_method_is_said_where_it_is(change, where, variant):
    method, findings = parse_method({**LIBRARY.find_document("best-three"), **change})
    assert method is None
    assert [(f.code, f.where, f.variant) for f in findings] == [
        ("STANDING_INVALID", f"standing.json:{where}", variant)
    ]
