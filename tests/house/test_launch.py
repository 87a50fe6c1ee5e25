"""Setting up says in one sentence why it cannot go on, and never starts anything slow before it looked."""

import ast
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from tests.house.sources import ROOT
from tools import children, launch, preflight, setup_all, setup_browser, setup_venv
from tools.words import Refusal

OLD_PYTHON = "#!/bin/sh\nexit 1\n"
VERSION = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def taken_port():
    """A port of this machine on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def environment(tmp_path):
    """A folder that looks like a virtual environment; its Python does what `script` says."""

    def build(script: str):
        folder = tmp_path / "environment"
        _program(folder / "bin" / "python", f'#!/bin/sh\ncase "$*" in *--version) exit 0;; esac\n{script}\n')
        (folder / "pyvenv.cfg").write_text(f"version = {VERSION}.0\n")
        return folder

    return build


def start(command="run", **environ):
    """Run the launcher as make does; return what a person sees."""
    plain = {key: value for key, value in os.environ.items() if key not in {"PORT", "JIANGSAI_INSTANCE"}}
    return subprocess.run(
        [sys.executable, "-m", "tools.launch", command],
        cwd=ROOT, env=plain | environ, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip


def assert_one_sentence(done, chinese, english):
    """Check an exit code, one line of each language, and nothing else."""
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert chinese in lines[0]
    assert english in lines[1]


# ---------------------------------------------------------------- Python


@pytest.mark.parametrize("name", ["launch.py", "words.py", "__init__.py"])
def test_a_machine_with_python_3_6_can_read_the_sentence_about_its_age(name):
    ast.parse((ROOT / "tools" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_too_old_a_python_is_refused_in_one_sentence(monkeypatch, tmp_path, capfd):
    _program(tmp_path / "python3", OLD_PYTHON)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(launch, "sys", SimpleNamespace(version_info=(3, 9, 2)))
    code = launch.main(["run"])
    done = SimpleNamespace(returncode=code, stderr=capfd.readouterr().err)
    assert_one_sentence(done, "只有 3.9；请安装新版 Python", "has only 3.9; install a newer one")


def test_a_newer_python_beside_the_old_one_is_found(tmp_path):
    _program(tmp_path / "old" / "python3", OLD_PYTHON)
    _program(tmp_path / "broken" / "python3.12", "#!/nowhere/to/be/found\n")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "python3.13").symlink_to(sys.executable)
    path = os.pathsep.join(str(tmp_path / name) for name in ("old", "broken", "new"))
    assert launch.find_newer(path) == str(tmp_path / "new" / "python3.13")


@pytest.mark.parametrize(
    ("version", "fits"), [((3, 10, 14), False), ((3, 11, 0), True), ((3, 14, 0), True), ((4, 0, 0), True)]
)
def test_python_3_11_is_the_oldest_that_fits(version, fits):
    assert launch.new_enough(version) is fits


def test_debian_without_the_venv_package_is_told_its_name(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(Refusal, match=f"apt-get install python{VERSION}-venv"):
        setup_venv.ensure("runtime", os.environ, tmp_path / "environment")


# ---------------------------------------------------------------- port and folder


def test_a_taken_port_is_refused_with_another_to_try(taken_port, tmp_path):
    done = start(PORT=str(taken_port), JIANGSAI_INSTANCE=str(tmp_path))
    assert_one_sentence(done, f"端口 {taken_port} 已被别的程序占用", f"Port {taken_port} is taken")


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "８０００", "1e3", "100000"])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(Refusal, match="is not a port"):
        preflight.read_site({"PORT": port})


def test_without_a_port_it_is_8000_on_this_machine_alone():
    assert preflight.read_site({}).address == "http://127.0.0.1:8000/"


def test_a_port_that_the_system_keeps_for_itself_is_refused():
    refusal = preflight._refuse_port(80, PermissionError(13, "Permission denied"))
    assert "PORT=8000 make run" in refusal.chinese


def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path):
    # Permission bits say nothing to root; a folder below a file cannot be made by anybody.
    (tmp_path / "file").touch()
    done = start(PORT=str(_free_port()), JIANGSAI_INSTANCE=str(tmp_path / "file" / "instance"))
    assert_one_sentence(done, "不能写入", "cannot be written to")


def test_looking_at_the_folder_leaves_nothing_in_it(tmp_path):
    setup_venv.check_writable(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_data_of_a_new_installation_belongs_to_its_owner_alone(tmp_path):
    site = preflight.Site(_free_port(), tmp_path / "instance", demonstration=False)
    preflight.check(site)
    assert site.instance.stat().st_mode & 0o077 == 0


def test_production_gets_no_demonstration():
    assert preflight.read_site({}).demonstration
    assert not preflight.read_site({"JIANGSAI_ENV": "production"}).demonstration
    assert not preflight.read_site({"DEMO": "0"}).demonstration


# ---------------------------------------------------------------- packages


def test_without_a_network_one_sentence_says_so(environment, tmp_path):
    # The true pip, asked for something that only a server could have, at a port where nobody listens.
    asking = f'exec "{sys.executable}" -m pip download --retries 1 --dest "{tmp_path}" jiangsai-missing'
    closed = {
        "PATH": os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    }  # fmt: skip
    with pytest.raises(Refusal, match="package server cannot be reached") as caught:
        setup_venv.ensure("runtime", closed, environment(asking))
    assert "连不上软件包服务器" in caught.value.chinese


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "the reason is at the end of"),
    ],
)
def test_other_reasons_are_told_apart(environment, printed, sentence):
    folder = environment(f"echo '{printed}'; exit 1")
    with pytest.raises(Refusal, match=sentence):
        setup_venv.ensure("runtime", os.environ, folder)
    assert printed in (folder / "install.log").read_text()


def test_packages_are_installed_with_hashes_and_only_once(environment, tmp_path):
    folder = environment(f'echo "$*" >> "{tmp_path}/calls"')
    first = setup_venv.ensure("runtime", os.environ, folder)
    second = setup_venv.ensure("runtime", os.environ, folder)
    assert first == second == folder / "bin" / "python"
    (call,) = (tmp_path / "calls").read_text().splitlines()
    assert "--require-hashes" in call


def test_an_environment_for_the_tests_also_serves_but_not_the_other_way_round(environment, tmp_path):
    folder = environment(f'echo "$*" >> "{tmp_path}/calls"')
    for kind in ("runtime", "development", "runtime"):
        setup_venv.ensure(kind, os.environ, folder)
    assert len((tmp_path / "calls").read_text().splitlines()) == 2


def test_tests_without_rights_to_install_a_browser_print_the_line_to_type(monkeypatch):
    monkeypatch.setattr(setup_browser, "missing", lambda _packages: ["chromium", "fonts"])
    monkeypatch.setattr(setup_browser, "_rights", lambda: None)
    with pytest.raises(Refusal, match="apt-get install -y chromium fonts"):
        setup_browser.ensure(os.environ)


@pytest.mark.parametrize("has_quicker", [True, False])
def test_the_quicker_browser_is_installed_beside_where_there_is_one(monkeypatch, has_quicker):
    installed, asked = set(), []

    def finish(command, _environ):
        names = [word for word in command if word.startswith("chromium")]
        asked.append(names)
        if setup_browser.QUICKER in names and not has_quicker:
            return 100, "E: Unable to locate package"
        installed.update(names)
        return 0, ""

    monkeypatch.setattr(setup_browser, "missing", lambda _packages: [] if installed else ["chromium"])
    monkeypatch.setattr(setup_browser, "_rights", lambda: [])
    monkeypatch.setattr(children, "finish", finish)
    setup_browser.ensure(os.environ)
    both = ["chromium", "chromium-headless-shell"]
    assert asked[1:] == ([both] if has_quicker else [both, ["chromium"]])


def test_a_refusal_ends_the_set_up_with_a_failure(monkeypatch, capfd):
    def refuse(*_):
        raise Refusal("不行。", "No.")

    monkeypatch.setattr(setup_venv, "ensure", refuse)
    monkeypatch.setattr(children, "listen_to_signals", lambda: None)
    assert setup_all.main("tools") == 1
    assert capfd.readouterr().err == "✗ 不行。\n  No.\n"


# ---------------------------------------------------------------- children


def test_a_stopped_child_takes_its_own_children_along(tmp_path):
    marker = tmp_path / "pid"
    script = f'trap "" TERM; sleep 60 & echo $! > "{marker}"; wait'
    with children.child(["/bin/sh", "-c", script], os.environ) as process:
        _wait_until(lambda: marker.exists() and marker.read_text().strip())
        grandchild = int(marker.read_text())
        os.kill(grandchild, 0)
        os.killpg(process.pid, signal.SIGKILL)
    _wait_until(lambda: not _alive(grandchild))


def _program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _wait_until(happened):
    give_up = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def _alive(number):
    """Say whether a process still runs; one that only waits to be collected does not."""
    try:
        state = (children.Path("/proc") / str(number) / "stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
