"""The commands of tools.launch, once a Python is found that is new enough."""

import os
import sys

from tools import children, preflight, setup_browser, setup_venv
from tools.words import Refusal, complain, say


def main(command: str) -> int:
    """Do one command; print one sentence when it cannot be done. Return the exit code."""
    children.listen_to_signals()
    try:
        _do(command)
    except Refusal as refusal:
        complain(refusal)
        return 1
    return 0


def _do(command: str) -> None:
    if command == "run":
        preflight.check(preflight.read_site(os.environ))
        python = str(setup_venv.ensure("runtime", os.environ))
        sys.stdout.flush()
        os.execv(python, [python, "-m", "tools.serve"])
    setup_venv.ensure("development", os.environ)
    if command in ("prepare", "deep"):
        setup_browser.ensure(os.environ, setup_browser.DEEP if command == "deep" else setup_browser.PACKAGES)
    say("环境已就绪。", "The environment is ready.")
