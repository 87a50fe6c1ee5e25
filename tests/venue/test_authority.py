"""The venue's authority vouches for its own name and for private addresses, and for nothing else.

`cryptography`'s own verifier plays the browser: it checks chain, names, constraints, purpose and dates.
"""

import ipaddress
import shutil
import ssl
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from reports.venue import authority
from reports.venue.authority import NotAllowed, is_trusted, make_leaf, make_root

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
NAME = "saichang.internal"
VENUE = ipaddress.ip_address("192.168.50.10")


def key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def root():
    return make_root(NAME, now=NOW, key=key(), serial=1)


@pytest.fixture(scope="module")
def leaf(root):
    return make_leaf(root, NAME, [VENUE], now=NOW, key=key(), serial=2)


@pytest.mark.parametrize("subject", [NAME, VENUE])
def test_a_tablet_that_trusts_the_root_takes_the_server_by_name_and_by_address(root, leaf, subject):
    assert is_trusted(leaf.certificate, root.certificate, subject, NOW)


OTHERS = ["www.example.com", "other.internal", ipaddress.ip_address("192.168.50.11")]


@pytest.mark.parametrize("subject", OTHERS)
def test_another_name_or_address_is_not_taken(root, leaf, subject):
    assert not is_trusted(leaf.certificate, root.certificate, subject, NOW)


def test_another_authority_of_the_same_name_is_not_taken(leaf):
    stranger = make_root(NAME, now=NOW, key=key(), serial=1)
    assert not is_trusted(leaf.certificate, stranger.certificate, NAME, NOW)


@pytest.mark.parametrize("name", ["www.example.com", "internal", "saichang.internal.example.com"])
def test_a_stolen_key_is_of_no_use_for_a_site_of_the_internet(root, name):
    with pytest.raises(NotAllowed, match=name):
        make_leaf(root, name, [VENUE], now=NOW, key=key(), serial=3)
    # A thief does not ask our function: what the constraint in the root does, browsers enforce.
    stolen = _forged(root, name)
    assert not is_trusted(stolen, root.certificate, name, NOW)


def _forged(root, name):
    """Sign a certificate for a name with the root's key, whatever the root allows."""
    other = make_root(name, now=NOW, key=root.key, serial=1)
    pretended = authority.Signed(other.certificate, root.key)
    leaf = make_leaf(pretended, name, [VENUE], now=NOW, key=key(), serial=4).certificate
    builder = authority.x509.CertificateBuilder(
        root.certificate.subject, leaf.subject, leaf.public_key(), 4, leaf.not_valid_before_utc,
        leaf.not_valid_after_utc, list(leaf.extensions),
    )  # fmt: skip
    return builder.sign(root.key, authority.hashes.SHA256())


def test_the_forgery_of_the_test_above_would_work_for_the_permitted_name(root):
    assert is_trusted(_forged(root, NAME), root.certificate, NAME, NOW)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:db8::1", "172.32.0.1"])
def test_a_public_address_is_refused(root, address):
    with pytest.raises(NotAllowed, match=address):
        make_leaf(root, NAME, [ipaddress.ip_address(address)], now=NOW, key=key(), serial=3)


def test_a_name_below_the_venues_own_is_vouched_for(root):
    below = make_leaf(root, f"a.{NAME}", [VENUE], now=NOW, key=key(), serial=3)
    assert is_trusted(below.certificate, root.certificate, f"a.{NAME}", NOW)


def test_the_server_s_certificate_lives_397_days_and_takes_a_clock_that_is_a_day_slow(root, leaf):
    assert is_trusted(leaf.certificate, root.certificate, NAME, NOW - timedelta(hours=23))
    assert is_trusted(leaf.certificate, root.certificate, NAME, NOW + timedelta(days=395))
    assert not is_trusted(leaf.certificate, root.certificate, NAME, NOW + timedelta(days=397))


def test_an_authority_that_ends_before_the_certificate_is_not_used(root):
    late = NOW + timedelta(days=3650 - 396)
    with pytest.raises(NotAllowed, match="2036"):
        make_leaf(root, NAME, [VENUE], now=late, key=key(), serial=3)


def test_a_fingerprint_is_written_as_tablets_show_it(root):
    digits = authority.fingerprint(root.certificate)
    assert len(digits.split(":")) == 32
    assert digits == digits.upper()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed: a second opinion only")
def test_openssl_agrees(root, leaf, tmp_path):
    (tmp_path / "ca.pem").write_bytes(authority.as_pem(root.certificate))
    (tmp_path / "server.pem").write_bytes(authority.as_pem(leaf.certificate))
    (tmp_path / "forged.pem").write_bytes(authority.as_pem(_forged(root, "www.example.com")))

    def verify(file, *more):
        command = ["openssl", "verify", "-attime", str(int(NOW.timestamp())), "-CAfile", tmp_path / "ca.pem",
                   "-purpose", "sslserver", *more, tmp_path / file]  # fmt: skip
        return subprocess.run(command, capture_output=True, check=False).returncode

    assert verify("server.pem", "-verify_hostname", NAME) == 0
    assert verify("server.pem", "-verify_ip", str(VENUE)) == 0
    assert verify("forged.pem") != 0


def test_python_s_own_tls_reads_the_root(root):
    context = ssl.create_default_context(cadata=authority.as_der(root.certificate))
    assert [found["serialNumber"] for found in context.get_ca_certs()[-1:]] == ["01"]
