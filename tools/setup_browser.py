"""What the tests need from the system: a browser, Chinese fonts, a reader of PDF files, and WebKit."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from tools import children
from tools.words import Refusal, say

# The same browser without its desk: a window of it is opened with a third of the work.
QUICKER = "chromium-headless-shell"
BROWSERS = (QUICKER, "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk", "poppler-utils")
DEEP = (*PACKAGES, "webkit2gtk-driver", "xvfb")


def ensure(environ: Mapping[str, str], packages: Sequence[str] = PACKAGES) -> None:
    """Install those of the Debian packages that are missing, where we may.

    Raises: Refusal with the line to type where we may not, or when it fails.
    """
    needed = missing(packages)
    if not needed:
        return
    names, quicker = " ".join(needed), [QUICKER] if "chromium" in needed else []
    say(f"正在安装测试所需的系统软件：{names}……", f"Installing for the tests: {names} ...")
    rights = _rights()
    if rights is None:
        raise _by_hand(needed)
    quiet = dict(environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300", "-qq"]
    children.finish([*rights, "apt-get", "update", *wait], quiet)  # an old list may do; the next line tells
    install = [*rights, "apt-get", "install", "-y", "--no-install-recommends", *wait]
    for some in ([*needed, *quicker], needed):  # an older Debian may not have the quicker one
        code, printed = children.finish([*install, *some], quiet)
        if not code and not missing(packages):
            return
    say(printed)
    raise _by_hand(needed)


def missing(packages: Sequence[str] = PACKAGES) -> list[str]:
    """Return the Debian packages whose programs or fonts are not on this machine."""
    found = {
        "chromium": any(shutil.which(name) for name in BROWSERS),
        "fonts-noto-cjk": _has_chinese_font(),
        "poppler-utils": shutil.which("pdftotext") is not None,
        "webkit2gtk-driver": shutil.which("WebKitWebDriver") is not None,
        "xvfb": shutil.which("xvfb-run") is not None,
    }
    return [name for name in packages if not found[name]]


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip())


def _rights() -> list[str] | None:
    """Return what to put before apt-get, or None where it is missing or a password would be asked for."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and children.finish([sudo, "-n", "true"], os.environ)[0] == 0:
        return [sudo, "-n"]
    return None


def _by_hand(needed: list[str]) -> Refusal:
    line = f"sudo apt-get update && sudo apt-get install -y {' '.join(needed)}"
    return Refusal(
        f"测试需要 {'、'.join(needed)}，这里装不上；请先执行：{line}",
        f"The tests need {', '.join(needed)}, which cannot be installed from here; type first: {line}",
    )
