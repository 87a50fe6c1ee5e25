"""What is looked at before anything slow: the port and the folders."""

import errno
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import children
from tools.setup_venv import check_writable
from tools.words import Refusal

HOST = "127.0.0.1"
PORT = "8000"


@dataclass(frozen=True)
class Site:
    """Where an installation answers and where it keeps its data."""

    port: int
    instance: Path
    demonstration: bool

    @property
    def address(self) -> str:
        """Return what to type into a browser."""
        return f"http://{HOST}:{self.port}/"


def read_site(environ: Mapping[str, str]) -> Site:
    """Read PORT, JIANGSAI_INSTANCE, JIANGSAI_ENV and DEMO.

    Raises: Refusal for a port that is none.
    """
    text = environ.get("PORT") or PORT
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise Refusal(
            f"端口 PORT={text} 不对；请用 1 到 65535 的整数，例如 PORT=8001 make run。",
            f"PORT={text} is not a port; use a whole number from 1 to 65535, for example: PORT=8001 make run",
        )
    wanted = environ.get("DEMO", "1") != "0" and environ.get("JIANGSAI_ENV") != "production"
    instance = Path(environ.get("JIANGSAI_INSTANCE") or children.ROOT / "instance").resolve()
    return Site(int(text), instance, wanted)


def check(site: Site) -> None:
    """Refuse at once what would fail later: a port that cannot be had, a folder that cannot be written to.

    Raises: Refusal.
    """
    check_port(site.port)
    check_writable(site.instance, mode=0o700)  # personal data: for the owner alone


def check_port(port: int) -> None:
    """Try the port by listening on it for a moment.

    Raises: Refusal when another program has it or the system keeps it for itself.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
            trial.listen(1)
        except OSError as error:
            raise _refuse_port(port, error) from error


def _refuse_port(port: int, error: OSError) -> Refusal:
    reason = os.strerror(error.errno or 0)
    other = port + 1 if 1024 <= port < 65535 else int(PORT)
    if error.errno == errno.EADDRINUSE:
        return Refusal(
            f"端口 {port} 已被别的程序占用；请停掉它，或换一个端口：PORT={other} make run。",
            f"Port {port} is taken by another program; stop it or choose another: PORT={other} make run",
        )
    return Refusal(
        f"端口 {port} 不能使用（{reason}）；请换一个端口：PORT={other} make run。",
        f"Port {port} cannot be used ({reason}); choose another: PORT={other} make run",
    )
