"""`flask --app wsgi venue-cert`: from nothing to a server that speaks HTTPS; wrong input."""

import http.server
import socket
import ssl
import stat
import threading

import pytest

from reports.venue import files
from reports.venue.commands import SEAL_VARIABLE
from tests.documents import poppler

PHRASE = "eine lange Losung"
SERVER = {"server.crt", "server.key", "Caddyfile", "nginx.conf"}
MADE = {"ca.crt", "ca.key", "guide-zh.pdf", "guide-en.pdf", *SERVER}
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # nothing is stored in a database


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "venue"


@pytest.fixture
def run(app, folder, monkeypatch):
    def invoke(*arguments, phrase=PHRASE):
        monkeypatch.setenv(SEAL_VARIABLE, phrase)
        return app.test_cli_runner().invoke(args=["venue-cert", "--folder", str(folder), *arguments])

    return invoke


def test_everything_that_a_venue_needs_is_made_at_once(run, folder):
    assert run("--address", "192.168.50.10").exit_code == 0
    assert {path.name for path in folder.iterdir()} == MADE
    for secret in ("ca.key", "server.key"):
        assert stat.S_IMODE((folder / secret).stat().st_mode) == 0o600


def test_a_server_with_these_files_is_trusted_by_whoever_trusts_the_root(run, folder):
    run("--address", "192.168.50.10")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")
    server = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.handle_request, daemon=True).start()
    client = ssl.create_default_context(cadata=(folder / "ca.crt").read_bytes())
    with (
        socket.create_connection(server.server_address) as plain,
        client.wrap_socket(plain, server_hostname="saichang.internal") as secure,
    ):
        assert secure.version() in ("TLSv1.2", "TLSv1.3")
    server.server_close()


def test_the_next_run_keeps_the_authority_and_makes_a_new_certificate(run, folder):
    run("--address", "192.168.50.10")
    root, leaf = (folder / "ca.crt").read_bytes(), (folder / "server.crt").read_bytes()
    assert run("--address", "10.0.0.5").exit_code == 0
    assert (folder / "ca.crt").read_bytes() == root
    assert (folder / "server.crt").read_bytes() != leaf


def test_the_key_of_the_authority_may_have_been_carried_away(run, folder, tmp_path):
    run("--address", "192.168.50.10")
    stick = tmp_path / "stick"
    (folder / "ca.key").rename(stick)
    refused = run("--address", "192.168.50.10")
    assert refused.exit_code == 1
    assert "ca.key" in refused.output
    assert run("--address", "192.168.50.10", "--root-key", str(stick)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "phrase", "words"),
    [
        (("--address", "saichang"), PHRASE, "请填数字地址"),
        (("--address", "8.8.8.8"), PHRASE, "不能为 8.8.8.8 作保"),
        (("--address", "10.0.0.1"), "short", "口令至少 12 个字符"),
    ],
)
def test_wrong_input_is_answered_in_both_languages_and_makes_nothing(run, folder, arguments, phrase, words):
    result = run(*arguments, phrase=phrase)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 2
    assert not folder.exists()


def test_a_wrong_passphrase_and_another_name_leave_what_stands(run, folder):
    run("--address", "192.168.50.10")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert "打不开 ca.key" in run("--address", "192.168.50.10", phrase="another long phrase").output
    other = run("--address", "192.168.50.10", "--name", "other.internal")
    assert other.exit_code == 1
    assert "saichang.internal" in other.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_authority_s_key_is_sealed(run, folder):
    run("--address", "192.168.50.10")
    assert b"ENCRYPTED" in (folder / "ca.key").read_bytes()
    with pytest.raises(files.CannotOpen):
        files.open_root(folder, None, "")


@pytest.mark.parametrize(("locale", "words"), [("zh", "让平板信任本赛场"), ("en", "trust this venue")])
def test_the_sheet_for_the_wall_says_address_name_and_fingerprint_on_one_page(
    run, folder, tmp_path, locale, words
):
    run("--address", "192.168.50.10")
    text = poppler.text_of((folder / f"guide-{locale}.pdf").read_bytes(), tmp_path)
    for wanted in (words, "http://192.168.50.10/ca.crt", "https://saichang.internal"):
        assert wanted in text
    assert text.count("\f") <= 1


def test_the_configurations_name_both_addresses_and_the_port(run, folder):
    run("--address", "192.168.50.10", "--port", "8123")
    for name in ("Caddyfile", "nginx.conf"):
        text = (folder / name).read_text()
        assert "saichang.internal" in text
        assert "192.168.50.10" in text
        assert "127.0.0.1:8123" in text
        assert "{folder}" not in text
