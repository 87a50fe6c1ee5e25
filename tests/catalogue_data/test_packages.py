"""A package is used only when it is byte for byte the pinned one. No test asks a registry."""

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile

import pytest

from tools.catalogue import build, packages

CONTENT = "code,name\n1,甲\n"


def make_wheel(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/list.csv", "\ufeff" + CONTENT)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pinned(sha256):
    return packages.Package("pip", "thing", "1.0", "thing-1.0-py3-none-any.whl", sha256)


def test_a_fetched_file_is_used_again_when_its_hash_is_right(tmp_path):
    sha256 = make_wheel(tmp_path / "thing-1.0-py3-none-any.whl")
    assert packages.fetch(pinned(sha256), tmp_path).name == "thing-1.0-py3-none-any.whl"


def test_a_file_with_another_hash_is_refused(tmp_path):
    make_wheel(tmp_path / "thing-1.0-py3-none-any.whl")
    with pytest.raises(packages.PackageRefused, match="pinned is 00"):
        packages.fetch(pinned("00"), tmp_path)


@pytest.mark.parametrize("client", ["pip", "npm"])
def test_a_client_that_fails_is_named(tmp_path, monkeypatch, client):
    asked = []

    def refuse(command, check):
        asked.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(packages.subprocess, "run", refuse)
    package = packages.Package(client, "thing", "1.0", "thing-1.0.tgz", "00")
    with pytest.raises(packages.PackageRefused, match=f"{client} could not fetch thing 1.0"):
        packages.fetch(package, tmp_path)
    assert asked[0][0] == (sys.executable if client == "pip" else "npm")


def test_text_is_read_out_of_a_wheel_without_its_byte_order_mark(tmp_path):
    make_wheel(tmp_path / "thing.whl")
    assert packages.read_member(tmp_path / "thing.whl", "a/list.csv") == CONTENT


def test_text_is_read_out_of_an_npm_archive(tmp_path):
    data = CONTENT.encode("utf-8")
    with tarfile.open(tmp_path / "thing.tgz", "w:gz") as archive:
        member = tarfile.TarInfo("package/list.csv")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    assert packages.read_member(tmp_path / "thing.tgz", "package/list.csv") == CONTENT


def test_a_check_says_which_file_differs_and_writes_nothing(tmp_path, monkeypatch, capsys):
    (tmp_path / "same.csv").write_bytes(b"key\n")
    (tmp_path / "old.csv").write_bytes(b"key\r\n")
    monkeypatch.setattr(build, "DATA", tmp_path)
    monkeypatch.setattr(build, "make_files", lambda downloads: {"same.csv": "key\n", "old.csv": "key\n"})
    assert build.main(["--check"]) == 1
    assert capsys.readouterr().out == "catalogue: old.csv\n"
    assert (tmp_path / "old.csv").read_bytes() == b"key\r\n"


def test_a_build_writes_what_differs_and_is_then_content(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "DATA", tmp_path)
    monkeypatch.setattr(build, "make_files", lambda downloads: {"list.csv": "key\n甲\n"})
    assert build.main([]) == 0
    assert (tmp_path / "list.csv").read_bytes() == "key\n甲\n".encode()
    assert build.main(["--check"]) == 0
    assert capsys.readouterr().out == "catalogue: list.csv\ncatalogue: every file is as it should be\n"


def test_a_refused_package_is_one_sentence_and_not_a_traceback(monkeypatch, capsys):
    def refuse(downloads):
        raise packages.PackageRefused("npm could not fetch thing 1.0")

    monkeypatch.setattr(build, "make_files", refuse)
    assert build.main([]) == 2
    assert capsys.readouterr().err == "catalogue: npm could not fetch thing 1.0\n"
