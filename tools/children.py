"""Other programs that the set-up starts: each in a process group of its own, none of them left behind."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 6


@contextlib.contextmanager
def child(
    command: Sequence[str], environ: Mapping[str, str], output: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in the project's folder while the block lasts; stop it and all it started at the end."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process group: politely first, by force when it does not listen."""
    _signal_group(process, signal.SIGTERM)
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def finish(command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str]:
    """Run a program to its end; return its exit code and what it printed."""
    with child(command, environ, subprocess.PIPE) as process:
        printed = process.communicate()[0]
    return process.returncode, printed.decode(errors="replace")


def listen_to_signals() -> None:
    """Turn the signals that ask a program to stop into an ordinary end, so that no child is left behind."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asked for that
        signal.signal(signal.SIGHUP, _leave)


def _leave(number: int, _frame: object) -> NoReturn:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)  # stopping takes seconds; a second Ctrl-C must not cut it short
    sys.exit(128 + number)


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
