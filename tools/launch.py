"""Start from any Python 3: find one that is new enough, prepare the environment, go on inside it.

`python3 -m tools.launch run` sets up and serves; `… prepare` sets up what the tests need, `… deep` what the
slow ones need; `… tools` sets up what the checks need, without a browser. This file and words.py must parse
on Python 3.6, so that a machine with an old Python gets a sentence and not a traceback.
"""

import os
import subprocess
import sys

from tools.words import Refusal, complain

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PROBE = "import sys; sys.exit(0 if sys.version_info >= (%d, %d) else 1)" % OLDEST
COMMANDS = ("run", "prepare", "deep", "tools")


def new_enough(version):
    # type: (tuple) -> bool
    """Say whether a version of Python can run the product."""
    return tuple(version[:2]) >= OLDEST


def find_newer(path):
    # type: (str) -> str
    """Return a Python on `path` that really starts and is new enough, or an empty text."""
    for name in NAMES:
        for folder in path.split(os.pathsep):
            program = os.path.join(folder, name)
            if os.access(program, os.X_OK) and _fits(program):
                return program
    return ""


def too_old(version):
    # type: (tuple) -> Refusal
    """Return the sentence for a machine without a fitting Python."""
    found, needed = "%d.%d" % tuple(version[:2]), "%d.%d" % OLDEST
    return Refusal(
        "需要 Python %s 或更新的版本，这台机器上只有 %s；请安装新版 Python 后重试。" % (needed, found),
        "Python %s or newer is needed and this machine has only %s; install a newer one and try again."
        % (needed, found),
    )


def main(arguments):
    # type: (list) -> int
    """Do what the Makefile asks; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write("usage: python3 -m tools.launch %s\n" % "|".join(COMMANDS))
        return 2
    if new_enough(sys.version_info):
        from tools import setup_all

        return setup_all.main(arguments[0])
    newer = find_newer(os.environ.get("PATH", ""))
    if not newer:
        complain(too_old(sys.version_info))
        return 1
    return os.execv(newer, [newer, "-m", "tools.launch"] + arguments)


def _fits(program):
    # type: (str) -> bool
    try:
        return subprocess.call([program, "-c", PROBE], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
