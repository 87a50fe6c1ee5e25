"""Section 7: the command, its output byte for byte, its exit codes, folders and zips."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import scoring.recount
from scoring.recount import read_package, zip_package
from tests.recount.build import RESULTS, RIGHT, package, run, write

AWARDED = """rank,entry,status,total,P,P.A,award
1,02,valid,89.50,90.00,90.00,一等奖
2,01,valid,88.50,88.50,88.50,
,03,absent,,,,
"""


def folder(tmp_path: Path, **changes: str | bytes | None) -> str:
    """Write the right package with changes; return its path."""
    return str(write(tmp_path / "package", package(**changes)))


def test_the_result_is_printed_and_the_exit_is_0(tmp_path: Path) -> None:
    done = run(folder(tmp_path))
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, RESULTS, b"")


def test_awards_are_a_last_column_where_they_are_asked_for(tmp_path: Path) -> None:
    done = run(folder(tmp_path), "--awards")
    assert (done.returncode, done.stdout.decode()) == (0, AWARDED)
    empty = json.dumps(json.loads(RIGHT["scheme.json"]) | {"awards": None})
    assert run(folder(tmp_path, scheme=empty), "--awards").stdout.decode().splitlines()[1].endswith(",90.00,")


def test_places_null_shows_up_to_six_decimals_and_scale_stands_before_award(tmp_path: Path) -> None:
    scheme = json.loads(RIGHT["scheme.json"]) | {"scale": "median700", "total": {"places": None}}
    scheme["stages"][0] |= {"places": None, "weight": "0.333333"}
    done = run(folder(tmp_path, scheme=json.dumps(scheme)), "--awards")
    # 90 × 0.333333 − 0.5 and 88.5 × 0.333333; two totals lie one MAD from their median: 30 ÷ 1.4826 = 20.2.
    assert done.stdout.decode().splitlines()[:3] == [
        "rank,entry,status,total,P,P.A,scale,award",
        "1,01,valid,29.499971,88.5,88.50,720,一等奖",
        "2,02,valid,29.49997,90,90.00,680,",
    ]


def test_a_name_with_a_comma_is_quoted(tmp_path: Path) -> None:
    entries = 'entry,status\n"0,1",valid\n"say ""x""",valid\n'
    marks = 'stage,aspect,entry,judge,value\nP,A1,"0,1",J1,5\nP,A1,"say ""x""",J1,6\n'
    path = folder(tmp_path, entries=entries, marks=marks, penalties=None, decisions=None)
    assert run(path).stdout.decode().splitlines()[1:] == [
        '1,"say ""x""",valid,6.00,6.00,6.00',
        '2,"0,1",valid,5.00,5.00,5.00',
    ]


def test_invalid_input_prints_findings_alone_and_the_exit_is_2(tmp_path: Path) -> None:
    marks = RIGHT["marks.csv"] + "P,A1,09,J1,1,x\n"
    done = run(folder(tmp_path, marks=marks, results=RESULTS))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "UNKNOWN_ENTRY\tmarks.csv:4\tThere is no entry “09” in entries.csv."
        " Correct the code, or add the entry.",
        "SCORE_FORMAT\tmarks.csv:4\t“x” is not of the form aspect A1 needs."
        " Write digits, with up to 6 decimals after a point.",
    ]


def test_findings_can_be_said_in_chinese(tmp_path: Path) -> None:
    done = run(folder(tmp_path, marks=RIGHT["marks.csv"] + "P,A1,09,J1,1,5\n"), "--lang", "zh")
    assert done.stderr.decode() == (
        "UNKNOWN_ENTRY\tmarks.csv:4\tentries.csv 中没有参赛编号“09”，请更正编号或补充该参赛者。\n"
    )


def test_a_boundary_tie_refuses_only_with_awards(tmp_path: Path) -> None:
    path = folder(tmp_path, penalties=None, marks=RIGHT["marks.csv"].replace("88.5", "90"))
    assert run(path).returncode == 0
    done = run(path, "--awards")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("AWARD_BOUNDARY_TIE\t01,02\t")


def test_a_warning_refuses_nothing(tmp_path: Path) -> None:
    scheme = json.loads(RIGHT["scheme.json"]) | {"scale": "median700"}
    marks = RIGHT["marks.csv"].replace("88.5", "89.5")
    done = run(folder(tmp_path, scheme=json.dumps(scheme), marks=marks))
    assert (done.returncode, done.stdout.decode().count(",700\n")) == (0, 2)
    assert done.stderr.decode().startswith("SCALE_NO_SPREAD\tscheme.json:/scale\t")


@pytest.mark.parametrize("lines", [RESULTS, "".join(sorted(RESULTS.splitlines(keepends=True), reverse=True))])
def test_a_published_result_that_agrees_is_said_to(tmp_path: Path, lines: str) -> None:
    header, *rows = sorted(lines.splitlines(), key=lambda line: not line.startswith("rank"))
    done = run(folder(tmp_path, results="\r\n".join([header, *reversed(rows)]) + "\r\n"))
    assert (done.returncode, done.stdout.decode()) == (0, RESULTS)
    assert (
        done.stderr.decode() == "RESULTS_AGREE\tresults.csv\tThe published result agrees with the recount.\n"
    )


def test_a_published_result_that_differs_exits_3_with_the_first_differences(tmp_path: Path) -> None:
    published = RESULTS.replace("89.50", "89.51").replace(",03,absent", ",04,absent")
    done = run(folder(tmp_path, results=published))
    assert (done.returncode, done.stdout.decode()) == (3, RESULTS)
    assert done.stderr.decode().splitlines() == [
        "RESULTS_DIFFER\tresults.csv:2\tEntry 02, total: published 89.51, recounted 89.50.",
        "RESULTS_DIFFER\tresults.csv:4\tEntry 04 is published once more than the recount has it.",
        "RESULTS_DIFFER\tresults.csv\tEntry 03 is missing from the published result.",
    ]


def test_a_row_published_twice_is_a_difference(tmp_path: Path) -> None:
    assert run(folder(tmp_path, results=RESULTS + ",03,absent,,,\n")).returncode == 3


def test_a_number_written_otherwise_is_a_difference(tmp_path: Path) -> None:
    assert run(folder(tmp_path, results=RESULTS.replace("89.50", "89.5"))).returncode == 3


@pytest.mark.parametrize(
    ("published", "flags", "code"),
    [
        (AWARDED, [], 0),
        (AWARDED, ["--awards"], 0),
        (RESULTS, ["--awards"], 0),
        (AWARDED.replace("一等奖", "二等奖"), [], 0),
        (AWARDED.replace("一等奖", "二等奖"), ["--awards"], 3),
        (AWARDED.replace("89.50", "89.51"), [], 3),
    ],
)
def test_awards_are_compared_where_both_sides_have_them(
    tmp_path: Path, published: str, flags: list[str], code: int
) -> None:
    assert run(folder(tmp_path, results=published), *flags).returncode == code


def test_the_columns_of_a_published_result_may_stand_in_any_order(tmp_path: Path) -> None:
    turned = "".join(",".join(reversed(line.split(","))) + "\n" for line in AWARDED.splitlines())
    assert run(folder(tmp_path, results=turned)).returncode == 0
    assert run(folder(tmp_path, results=turned), "--awards").returncode == 0


# ---------------------------------------------------------------- what a package is


def test_a_package_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    done = run(str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"FILE_FORMAT\t{tmp_path / 'nowhere'}\t")


def test_a_file_that_is_no_zip_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(b"PK\x03\x04 no zip")
    done = run(str(path))
    assert (done.returncode, done.stderr.decode().split("\t")[:2]) == (2, ["FILE_FORMAT", "package.zip"])


def zipped(tmp_path: Path, members: list[tuple[str, bytes]]) -> Path:
    """Write a zip of these members; return its path."""
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("place", ["", "焊工决赛/", "a/b/"])
def test_a_zip_holds_the_files_at_its_root_or_in_one_folder(tmp_path: Path, place: str) -> None:
    members = [(place + name, content) for name, content in package().items()]
    rubbish = [(f"__MACOSX/{place}._{name}", b"\xff") for name in package()]
    done = run(str(zipped(tmp_path, [*rubbish, *members, (f"{place}notes.txt", b"x")])))
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, RESULTS, b"")


def test_files_at_the_root_come_before_those_in_a_folder(tmp_path: Path) -> None:
    members = [(f"old/{name}", b"x") for name in package()] + list(package().items())
    assert run(str(zipped(tmp_path, members))).stdout.decode() == RESULTS


def places(path: Path) -> list[tuple[str, str]]:
    return [(finding.variant, finding.where) for finding in read_package(path).findings]


def test_two_packages_in_one_zip_are_refused(tmp_path: Path) -> None:
    members = [(f"{place}/{name}", content) for place in "ab" for name, content in package().items()]
    assert places(zipped(tmp_path, members)) == [("several_folders", "package.zip")]


def test_a_folder_without_a_scheme_is_still_the_package(tmp_path: Path) -> None:
    members = [(f"a/{name}", content) for name, content in package(scheme=None).items()]
    assert places(zipped(tmp_path, members)) == [("missing_file", "scheme.json")]


def test_a_zip_without_any_file_of_a_package_misses_them(tmp_path: Path) -> None:
    assert [where for _, where in places(zipped(tmp_path, [("x", b"")]))] == [
        "scheme.json",
        "entries.csv",
        "marks.csv",
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    members = [*package().items(), ("marks.csv", b"")]
    assert places(zipped(tmp_path, members)) == [("twice_in_zip", "package.zip")]


def test_absurd_sizes_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zipped(tmp_path, list(package().items()))
    inside = write(tmp_path / "package", package())
    monkeypatch.setattr(scoring.recount, "LARGEST_FILE", len(RIGHT["scheme.json"].encode()) - 1)
    assert places(path) == places(inside) == [("too_large", "scheme.json")]
    monkeypatch.setattr(scoring.recount, "LARGEST_FILE", 10**9)
    assert places(path) == places(inside) == []
    monkeypatch.setattr(scoring.recount, "LARGEST_PACKAGE", sum(map(len, package().values())) - 1)
    assert places(inside) == [("too_large", "package")]
    assert places(path) == [("too_large", "package.zip")]
    monkeypatch.setattr(scoring.recount, "LARGEST_PACKAGE", 10**9)
    monkeypatch.setattr(scoring.recount, "MOST_FILES_IN_A_ZIP", 5)
    assert places(path) == [("too_many_files", "package.zip")]


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package(marks=None).items():
            archive.writestr(name, content)
        with archive.open("marks.csv", "w") as member:
            for _ in range(129):
                member.write(b"0" * 1024 * 1024)
    assert path.stat().st_size < 1024 * 1024
    assert places(path) == [("too_large", "marks.csv")]


def test_a_zip_that_lies_about_its_sizes_or_is_damaged_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, list(package().items()))
    content = bytearray(path.read_bytes())
    place = content.index(b"P,A1,01,J1")
    content[place] ^= 1
    path.write_bytes(content)
    assert places(path) == [("package", "package.zip")]


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    buffer = BytesIO(zip_package(package()))
    with zipfile.ZipFile(buffer) as archive:
        offsets = [member.header_offset for member in archive.infolist()]
    content = bytearray(buffer.getvalue())
    for offset in offsets:
        content[offset + 6] |= 1
    start = content.index(b"PK\x01\x02")
    while start >= 0:
        content[start + 8] |= 1
        start = content.find(b"PK\x01\x02", start + 1)
    path = tmp_path / "package.zip"
    path.write_bytes(content)
    assert places(path) == [("package", "package.zip")]


def test_a_folder_with_the_name_of_a_file_is_no_file(tmp_path: Path) -> None:
    inside = write(tmp_path / "package", package(penalties=None))
    (inside / "penalties.csv").mkdir()
    assert places(inside) == []


def test_the_command_explains_itself() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert b"--awards" in done.stdout
    assert run().returncode == 2
