"""Bring the database up to date, start the server, say where it is, stop everything at Ctrl-C.

`python -m tools.serve` runs inside an environment that holds the packages; `make run` prepares it first.
"""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tools import children, preflight
from tools.preflight import HOST, Site
from tools.words import Refusal, complain, say

ACCOUNTS = "demo-accounts.txt"
PATIENCE_SECONDS = 60
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # more than that only wait for one another
SERVER = (
    "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws",
    "--log-level", "warning", "--host", HOST,
)  # fmt: skip
NEWER_DATABASE = "Can't locate revision"


def main() -> int:
    """Serve until somebody stops it; return the exit code."""
    children.listen_to_signals()
    try:
        site = preflight.read_site(os.environ)
        preflight.check(site)
        serve(site, settings(site, os.environ))
    except Refusal as refusal:
        complain(refusal)
        return 1
    return 0


def settings(site: Site, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the product's own programs."""
    return dict(environ) | {
        "JIANGSAI_ENV": environ.get("JIANGSAI_ENV") or "embedded",
        "JIANGSAI_INSTANCE": str(site.instance),
        "PYTHONUTF8": "1",
    }


def serve(site: Site, environ: Mapping[str, str]) -> None:
    """Prepare the data, then serve until a signal comes.

    Raises: Refusal when the data cannot be prepared or the server stops by itself.
    """
    prepare_data(site, environ)
    command = [sys.executable, "-m", *SERVER, "--port", str(site.port), "wsgi:app"]
    with children.child(command, environ) as server:
        wait_for_answer(server, site)
        try:
            say(*greeting(site))
            server.wait()
        except SystemExit:  # somebody asked it to stop: the ordinary end
            say("", "正在停止…… Stopping ...")
            return
    raise Refusal(
        "服务器自己停了；请看上面的出错信息，改正后重新执行 make run。",
        "The server stopped by itself; see the message above, then start it again.",
    )


def prepare_data(site: Site, environ: Mapping[str, str]) -> None:
    """Bring the tables up to date and load the demonstration into a new database.

    Raises: Refusal with the reason; all that was printed before is kept in the instance folder.
    """
    commands = ["db upgrade", *(["demo load"] if site.demonstration else [])]
    code, printed = children.finish([sys.executable, "-m", "tools.prepare", *commands], environ)
    if code == 0:
        return
    log = site.instance / "start.log"
    log.write_text(printed, encoding="utf-8")
    reason, where = (printed.strip().splitlines() or ["?"])[-1], _short(log)
    if NEWER_DATABASE in printed:
        raise Refusal(
            "数据库是更新版本的程序建立的；请换回那个版本，或恢复旧的备份。",
            "The database was made by a newer version; use that one, or restore an older backup.",
        )
    raise Refusal(
        f"数据库没有准备好：{reason}（详见 {where}）",
        f"The database is not ready: {reason} (more in {where})",
    )


def wait_for_answer(server: "subprocess.Popen[bytes]", site: Site) -> None:
    """Wait until the start page answers.

    Raises: Refusal when the server ends, answers with an error or stays silent.
    """
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise Refusal("服务器没有启动成，原因见上面。", "The server did not start; see above.")
        status = _ask(site.port)
        if status is not None and status < 500:
            return
        if status is not None:
            raise Refusal("首页打不开，原因见上面。", "The start page fails; see above.")
        time.sleep(0.05)
    raise Refusal("服务器一分钟内没有应答。", "The server did not answer within a minute.")


def greeting(site: Site) -> list[str]:
    """Return what to print when the server answers: the address and the demonstration's sign-ins."""
    lines = ["", f"匠赛已启动：{site.address}", f"Jiangsai is ready: {site.address}"]
    accounts = site.instance / ACCOUNTS
    if site.demonstration and accounts.exists():
        lines += ["", f"演示账号（保存在 {_short(accounts)}）/ demonstration sign-ins:"]
        lines += accounts.read_text(encoding="utf-8").rstrip().split("\n")
    return [*lines, "", "按 Ctrl-C 停止。 Press Ctrl-C to stop."]


def _ask(port: int) -> int | None:
    """Return the status of the start page, or None while nothing answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _short(path: Path) -> str:
    return str(path.relative_to(children.ROOT)) if path.is_relative_to(children.ROOT) else str(path)


if __name__ == "__main__":
    sys.exit(main())
