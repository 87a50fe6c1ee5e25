"""The environment in `.venv`: made once, filled from the lock files, left alone while they stay the same."""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tools import children
from tools.words import Refusal, say

ROOT = children.ROOT
LOCKS = {
    "runtime": ("requirements.txt",),
    "development": ("requirements.txt", "requirements-dev.txt"),
}
NETWORK_SIGNS = (
    "NewConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionError",
    "ConnectionResetError", "RemoteDisconnected", "ProxyError", "Name or service not known",
    "Temporary failure in name resolution",
    "Network is unreachable", "Connection refused", "MaxRetryError",
)  # fmt: skip
ELSEWHERE = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
PLACE_SIGNS = ("No space left on device", "Disk quota exceeded")


def ensure(kind: str, environ: Mapping[str, str], folder: Path = ROOT / ".venv") -> Path:
    """Return the Python of an environment that holds the locked packages of `kind`.

    Raises: Refusal when it cannot be made, with what to do.
    """
    python, stamp = folder / "bin" / "python", folder / "locked"
    wanted = stamp_of(kind)
    if stamp.exists() and wanted <= set(stamp.read_text(encoding="ascii").split("\n")) and _starts(python):
        return python
    check_writable(folder)
    if not _starts(python, "-m", "pip"):
        _create(folder, environ)
    _install(python, kind, environ, folder)
    stamp.write_text("\n".join(sorted(wanted)), encoding="ascii")
    return python


def stamp_of(kind: str, root: Path = ROOT) -> set[str]:
    """Return a line for each lock file of `kind`: its name, the version of Python, its hash."""
    version = "{}.{}".format(*sys.version_info[:2])
    return {
        f"{name} {version} {hashlib.sha256((root / name).read_bytes()).hexdigest()}" for name in LOCKS[kind]
    }


def check_writable(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder where there is none and try to write in it.

    Permission bits are not asked: they say nothing to root or on a read-only disk.
    Raises: Refusal when that fails.
    """
    trial = folder / f".write-{os.getpid()}"
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise Refusal(
            f"文件夹 {folder} 不能写入（{error.strerror}）；请换到可写的文件夹，或修改它的权限后重试。",
            f"The folder {folder} cannot be written to ({error.strerror}); use another, or mend its rights.",
        ) from error


def _starts(python: Path, *arguments: str) -> bool:
    """Say whether this environment belongs to the running version of Python and starts."""
    config = python.parent.parent / "pyvenv.cfg"
    if not python.exists() or not config.exists():
        return False
    if "version = {}.{}.".format(*sys.version_info[:2]) not in config.read_text(encoding="utf-8"):
        return False
    return children.finish([str(python), *arguments, "--version"], os.environ)[0] == 0


def _create(folder: Path, environ: Mapping[str, str]) -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if missing:
        names = ", ".join(missing)
        raise Refusal(
            f"Python 缺少模块 {names}；在 Debian、Ubuntu 上请执行 sudo apt-get install {package} 后重试。",
            f"Python lacks {names}; on Debian or Ubuntu type: sudo apt-get install {package}",
        )
    code, printed = children.finish([sys.executable, "-m", "venv", "--clear", str(folder)], environ)
    if code:
        raise _explain(printed, folder)


def _install(python: Path, kind: str, environ: Mapping[str, str], folder: Path) -> None:
    say(
        "正在安装所需的软件包，第一次约需一至三分钟……",
        "Installing the locked packages; the first time takes one to three minutes ...",
    )
    files = [part for name in LOCKS[kind] for part in ("-r", str(ROOT / name))]
    options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--retries", "2", "--quiet"]
    # Where a person's own packages go must not send ours elsewhere.
    clean = {key: value for key, value in environ.items() if key not in ELSEWHERE} | {"PIP_USER": "0"}
    code, printed = children.finish([str(python), "-m", "pip", "install", *options, *files], clean)
    if code:
        raise _explain(printed, folder)


def _explain(printed: str, folder: Path) -> Refusal:
    """Turn what pip or venv printed into one sentence; the whole of it stays in a file."""
    log = folder / "install.log"
    log.write_text(printed, encoding="utf-8")
    if any(sign in printed for sign in PLACE_SIGNS):
        return Refusal(
            "磁盘空间不足，软件包没有装完；请腾出约 1 GB 后重试。",
            "The disk is full, so the packages are not installed; free about 1 GB and try again.",
        )
    if any(sign in printed for sign in NETWORK_SIGNS):
        return Refusal(
            "连不上软件包服务器，第一次启动需要联网安装软件包；请检查网络或代理设置后重试。",
            "The package server cannot be reached and the first start needs it; check the network or proxy.",
        )
    return Refusal(
        f"软件包没有装成，原因记在 {log}；请按其中最后几行处理后重试。",
        f"The packages could not be installed; the reason is at the end of {log}.",
    )
