"""recount.pyz: one file that gives the same as the program from the root, on a bare Python."""

import subprocess
import sys
from pathlib import Path

import pytest

from scoring.archive import build_recount_archive
from tests.recount.build import ROOT, package, run, write


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "recount.pyz"
    path.write_bytes(build_recount_archive())
    return path


def run_archive(archive: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-S", "-I", str(archive), *arguments]
    return subprocess.run(command, cwd=archive.parent, capture_output=True, check=False)


@pytest.mark.parametrize("flags", [[], ["--awards"], ["--lang", "zh"]])
@pytest.mark.parametrize("marks", [None, "stage,aspect,entry,judge,value\nP,A1,01,J1,x\n"])
def test_the_archive_gives_the_same_bytes_and_exit_code(
    archive: Path, tmp_path: Path, flags: list[str], marks: str | None
) -> None:
    files = package() if marks is None else package(marks=marks)
    path = str(write(tmp_path / "package", files))
    alone, inside = run_archive(archive, path, *flags), run(path, *flags)
    assert (alone.returncode, alone.stdout, alone.stderr) == (inside.returncode, inside.stdout, inside.stderr)


def test_the_archive_is_the_same_bytes_each_time() -> None:
    assert build_recount_archive() == build_recount_archive()


def test_the_tool_writes_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "recount.pyz"
    tool = str(ROOT / "tools" / "build_recount_pyz.py")
    subprocess.run([sys.executable, tool, str(path)], check=True, capture_output=True)
    assert path.read_bytes() == build_recount_archive()
