"""The same package gives the same bytes on every machine: hash seeds, row orders, time zones, locales."""

import hashlib
import itertools
import json
from pathlib import Path

import pytest

from scoring.recount import main
from scoring.rules.inputs import DecisionInput
from tests.recount.build import run, write
from tests.rules.build import aspect, criterion, scheme, stage

PLACES = [("UTC", "C"), ("Asia/Shanghai", "zh_CN.UTF-8"), ("America/St_Johns", "tr_TR.ISO-8859-9")]


def large_package() -> dict[str, bytes]:
    """Return a package with ties, shared ranks, trimmed panels, penalties, decisions, awards and a scale."""
    panel = {"method": "trimmed_mean", "min_judges": 3}
    items = aspect("A1", panel=panel), aspect("A2", "measurement"), aspect("A3", "deduction", per="1")
    document = scheme(
        stage("P", criterion("A", *items), weight="0.7", attempts=2),
        stage("T", weight="0.3"),
        ties=[{"by": "criterion", "code": "P.A"}, {"by": "kind", "kind": "measurement"}],
        scale="median700",
        awards={
            "boundary": "extend",
            "tiers": [{"title": "一等奖", "percent": "10", "per_unit": 2}, {"title": "二等奖", "count": 5}],
        },
    )
    entries, marks, penalties = [], [], []
    for number in range(40):
        entry = f"参{number:02d}"
        entries.append(f"{entry},演示,单位{number % 5},{['valid', 'valid', 'dnf', ''][number % 4]}")
        for turn in range(1, 1 + number % 2 + 1):
            marks.extend(f"P,A1,{entry},J{judge},{turn},{50 + number * judge % 7}" for judge in range(5))
            marks.append(f"P,A2,{entry},J0,{turn},{number % 3}")
            marks.extend(f"P,A3,{entry},J0,{turn},1" for _ in range(number % 3))
            marks.append(f"P,A3,{entry},J0,{turn},0")
        marks.append(f"T,A1,{entry},J0,,{60 + number % 3}")
        penalties.append(f"{entry},{number % 2},x")
    decided = DecisionInput("checked_in", "参02", value="no")
    return {
        "scheme.json": json.dumps(document).encode(),
        "entries.csv": text("entry,name,unit,status", entries),
        "marks.csv": text("stage,aspect,entry,judge,attempt,value", marks),
        "penalties.csv": text("entry,points,reason", penalties),
        "decisions.csv": text("kind,entry,stage,aspect,judge,value,reason", [",".join(decided[:7])]),
    }


def text(header: str, rows: list[str]) -> bytes:
    return ("\n".join([header, *rows]) + "\n").encode()


def shuffled(content: bytes, order: int) -> bytes:
    """Return a file with its rows in one of many orders, the same in every run."""
    header, *rows = content.decode().splitlines()
    rows.sort(key=lambda row: hashlib.sha256(f"{order} {row}".encode()).digest())
    return text(header, rows)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    done = run(str(write(tmp_path_factory.mktemp("package"), large_package())), "--awards")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 41
    return done.stdout


def test_ten_hash_seeds_give_the_same_bytes(tmp_path: Path, expected: bytes) -> None:
    path = str(write(tmp_path, large_package()))
    for seed in range(10):
        assert run(path, "--awards", PYTHONHASHSEED=str(seed)).stdout == expected


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_no_time_zone_and_no_locale_changes_a_byte(
    tmp_path: Path, expected: bytes, place: tuple[str, str]
) -> None:
    path = str(write(tmp_path, large_package()))
    zone, locale = place
    environment = {
        "TZ": zone,
        "LC_ALL": locale,
        "LANG": locale,
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    assert run(path, "--awards", **environment).stdout == expected


def test_twenty_orders_of_rows_give_the_same_bytes(
    tmp_path: Path, expected: bytes, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for order in range(20):
        files = {
            name: content if name == "scheme.json" else shuffled(content, order)
            for name, content in large_package().items()
        }
        assert main([str(write(tmp_path / str(order), files)), "--awards"]) == 0
        assert capfdbinary.readouterr().out == expected


def test_findings_of_panels_and_ties_do_not_depend_on_the_order_of_rows(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = large_package()
    files["marks.csv"] = files["marks.csv"].replace(b",J3,1,", b",J9,1,").replace(b"P,A2", b"P,A3")
    said = set()
    for order in range(20):
        mixed = {
            name: content if name == "scheme.json" else shuffled(content, order)
            for name, content in files.items()
        }
        assert main([str(write(tmp_path / str(order), mixed))]) in (0, 2)
        said.add(capfdbinary.readouterr())
    assert len(said) == 1


def test_the_package_itself_is_spread_enough_to_be_worth_comparing(expected: bytes) -> None:
    ranks = [row.split(b",")[0] for row in expected.splitlines()[1:]]
    shared = [rank for rank, group in itertools.groupby(ranks) if rank and len(list(group)) > 1]
    assert shared
    assert "一等奖".encode() in expected
