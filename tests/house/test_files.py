"""What must never be in the repository, and what every file of a kind must have."""

import re

import pytest

from tests.house.sources import ROOT, files, name_of

DOT = r"\."  # addresses are put together here, so that this file is clean itself
HOSTS = [
    DOT.join(parts)
    for parts in (
        ("py" + "pi", "org"), ("python" + "hosted", "org"), ("registry", "npm" + "js"),
        ("deb", "debian", "org"), ("security", "debian", "org"),
        ("files", "python" + "hosted"), ("registry", "yarn" + "pkg"),
    )
]  # fmt: skip
FOLDERS = [rf"(?<![A-Za-z0-9_.-])/{folder}/" for folder in ("wo" + "rk", "ro" + "ot", "opt/" + "wheels")]
FORBIDDEN = re.compile("|".join(HOSTS + FOLDERS))
SECRETS = re.compile("-----BEGIN (?:[A-Z]+ )*PRIVATE" + " KEY-----")
LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[a-z0-9,-]+\])?==(\S+) \\$")


def _texts():
    for path in files():
        raw = path.read_bytes()
        if b"\0" not in raw:
            yield name_of(path), raw.decode("utf-8", errors="replace")


def test_no_file_names_a_package_registry_or_a_folder_of_somebodys_machine():
    guilty = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in _texts()
        for match in FORBIDDEN.finditer(text)
    ]
    assert guilty == []


def test_no_file_holds_a_private_key():
    assert [name for name, text in _texts() if SECRETS.search(text)] == []


def test_the_scan_knows_what_it_looks_for():
    assert FORBIDDEN.search("https://" + ".".join(("py" + "pi", "org")) + "/simple")
    assert FORBIDDEN.search("open('/" + "root" + "/x')")
    assert not FORBIDDEN.search("docs/work/plan.md")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_has_a_version_and_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    lines = text.replace("\\\n", "\\ ").splitlines()
    statements = [line for line in lines if line and not line.lstrip().startswith("#")]
    bare = [line for line in statements if "==" not in line or "--hash=sha256:" not in line]
    assert statements
    assert bare == []


def test_tests_run_on_the_versions_that_are_served():
    served, tested = (_pins(name) for name in LOCKS)
    assert {name: tested.get(name) for name in served} == served


def _pins(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}
