"""Make the certificates of a venue at the keyboard of its server."""

import ipaddress
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from core import clock
from reports.venue import authority, files, guide, proxies
from reports.venue.authority import Address, NotAllowed, Signed

SEAL_VARIABLE = "JIANGSAI_VENUE_PASSPHRASE"
SHORTEST = 12
FILE = click.Path(path_type=Path)


@click.command("venue-cert")
@click.option(
    "--address", "addresses", multiple=True, required=True, help="The server's address in the venue."
)
@click.option(
    "--name", default="saichang.internal", show_default=True, help="The server's name in the venue."
)
@click.option("--folder", type=FILE, help="Where to; default: venue in the instance folder.")
@click.option("--root-key", type=FILE, help="Key of the authority, where it was carried away.")
@click.option("--port", default=8000, show_default=True, help="Port at which Jiangsai runs.")
@with_appcontext
def venue_cert(
    addresses: tuple[str, ...], name: str, folder: Path | None, root_key: Path | None, port: int
) -> None:
    """Make HTTPS certificates for a venue without an internet, with all that its server and tablets need.

    The authority is made once, its key sealed with a passphrase that is asked for or taken from
    JIANGSAI_VENUE_PASSPHRASE; each further run makes a new certificate of the server.
    """
    folder = (folder or Path(current_app.instance_path) / "venue").resolve()
    wanted = _addresses(addresses)
    try:
        root, leaf = _certify(folder, root_key, name, wanted)
    except NotAllowed as fault:
        known = files.find_root(folder)
        own = authority.name_of(known) if known else name
        _stop(_l("This authority vouches for private addresses and %(name)s alone, not for %(what)s. For "
                 "another name choose another folder.", what=str(fault), name=own))  # fmt: skip
    except files.CannotOpen as fault:
        _stop(
            _l("%(file)s cannot be opened: a wrong passphrase, or another authority's key.", file=str(fault))
        )
    files.keep_leaf(folder, leaf)
    hosts = [name, *(str(address) for address in wanted)]
    files.keep_bytes(folder / "Caddyfile", proxies.caddyfile(hosts, folder, port).encode())
    files.keep_bytes(folder / "nginx.conf", proxies.nginx_conf(hosts, folder, port).encode())
    _keep_guides(folder, guide.Venue(name, str(wanted[0]), root.certificate, leaf.certificate))
    _report(folder, name, wanted[0], root, leaf)


def _certify(
    folder: Path, root_key: Path | None, name: str, addresses: Sequence[Address]
) -> tuple[Signed, Signed]:
    """Return the authority, made where there is none, and a new certificate of the server."""
    now, kept = clock.now(), files.find_root(folder)
    phrase = _phrase(new=kept is None)
    serials = [x509.random_serial_number() for _each in range(2)]
    if kept is not None:
        root = files.open_root(folder, root_key, phrase)
    else:
        root = authority.make_root(name, now=now, key=_key(), serial=serials[0])
    leaf = authority.make_leaf(root, name, addresses, now=now, key=_key(), serial=serials[1])
    if kept is None:
        files.keep_root(folder, root, phrase)
    return root, leaf


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _addresses(texts: Sequence[str]) -> list[Address]:
    try:
        return [ipaddress.ip_address(text) for text in texts]
    except ValueError as fault:
        _stop(_l("Give the address in numbers, for example 192.168.50.10. (%(fault)s)", fault=str(fault)))


def _phrase(*, new: bool) -> str:
    text = os.environ.get(SEAL_VARIABLE)
    if text is None:
        asked = "根证书密钥口令（至少 12 个字符）/ passphrase of the authority's key (12 characters or more)"
        again = "再输一次 / again" if new else False
        text = str(click.prompt(asked, hide_input=True, confirmation_prompt=again))
    if len(text) < SHORTEST:
        _stop(_l("The passphrase needs at least %(least)s characters.", least=SHORTEST))
    return text


def _keep_guides(folder: Path, venue: guide.Venue) -> None:
    for locale in ("zh", "en"):
        with force_locale(locale):
            files.keep_bytes(folder / f"guide-{locale}.pdf", guide.draw(venue, clock.now()))


def _report(folder: Path, name: str, address: Address, root: Signed, leaf: Signed) -> None:
    ends = leaf.certificate.not_valid_after_utc.date().isoformat()
    digits = authority.fingerprint(root.certificate)
    sentences = (
        _l("Made in %(folder)s", folder=str(folder)),
        _l("ca.crt: for the tablets. ca.key: carry it away on a stick; only a new certificate needs it."),
        _l("server.crt, server.key, Caddyfile, nginx.conf: for the server. The two guides: to print."),
        _l("Tablets open http://%(address)s/ca.crt once and trust it; from then on https://%(name)s goes on "
           "without the network.", address=str(address), name=name),
        _l("Fingerprint of the authority (SHA-256): %(digits)s", digits=digits),
        _l("The server's certificate ends on %(day)s.", day=ends),
    )  # fmt: skip
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo("\n".join(str(sentence) for sentence in sentences))


def _stop(sentence: object) -> NoReturn:
    """Say in both languages what is wrong: a terminal has no language switch."""
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(str(sentence), err=True)
    sys.exit(1)


COMMANDS = [venue_cert]
