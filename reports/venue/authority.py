"""A certificate authority for one venue: it can vouch for one name and for private addresses, nothing else.

Sources: RFC 5280 section 4.2.1.10 (name constraints), RFC 1918 (private addresses). A tablet that trusts this
root therefore trusts it for no site of the internet, even if its key should be stolen.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

ROOT_DAYS = 3650
# Browsers take certificates of public authorities for 398 days at most; a venue's live no longer.
LEAF_DAYS = 397
CLOCK_SLIP = timedelta(days=1)  # a tablet whose clock is a little slow must not refuse
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowed(ValueError):
    """A name or an address for which the authority cannot vouch."""


@dataclass(frozen=True)
class Signed:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def make_root(name: str, *, now: datetime, key: ec.EllipticCurvePrivateKey, serial: int) -> Signed:
    """Return an authority that can vouch for `name`, what stands below it, and private addresses.

    Shape: `key` is a fresh P-256 key and `serial` a fresh number: chance is the caller's.
    """
    title = _title(f"Jiangsai venue authority, {name}")
    constraints = x509.NameConstraints(
        permitted_subtrees=[
            x509.DNSName(name),
            *(x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE),
        ],
        excluded_subtrees=None,
    )
    builder = _builder(title, title, key, now, ROOT_DAYS, serial)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(constraints, critical=True)
    return Signed(builder.sign(key, hashes.SHA256()), key)


def make_leaf(
    root: Signed,
    name: str,
    addresses: Sequence[Address],
    *,
    now: datetime,
    key: ec.EllipticCurvePrivateKey,
    serial: int,
) -> Signed:
    """Return the certificate of a server that tablets reach by a name or by these addresses.

    Raises: NotAllowed for what the authority cannot vouch for, or when it is about to end.
    """
    for address in addresses:
        if not any(address in ipaddress.ip_network(network) for network in PRIVATE):
            raise NotAllowed(str(address))
    if name_of(root.certificate) not in (name, name.partition(".")[2]):
        raise NotAllowed(name)
    if root.certificate.not_valid_after_utc < now + timedelta(days=LEAF_DAYS):
        raise NotAllowed(root.certificate.not_valid_after_utc.date().isoformat())
    builder = _builder(root.certificate.subject, _title(name), key, now, LEAF_DAYS, serial)
    names = [x509.DNSName(name), *(x509.IPAddress(address) for address in addresses)]
    builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    builder = builder.add_extension(issuer, critical=False)
    return Signed(builder.sign(root.key, hashes.SHA256()), key)


def name_of(root: x509.Certificate) -> str:
    """Return the name that an authority can vouch for."""
    constraints = root.extensions.get_extension_for_class(x509.NameConstraints).value
    trees = constraints.permitted_subtrees or []
    return next(str(tree.value) for tree in trees if isinstance(tree, x509.DNSName))


def is_trusted(leaf: x509.Certificate, root: x509.Certificate, subject: str | Address, now: datetime) -> bool:
    """Say whether a browser that trusts the root takes this certificate for a server of this name."""
    wanted = x509.DNSName(subject) if isinstance(subject, str) else x509.IPAddress(subject)
    verifier = PolicyBuilder().store(Store([root])).time(now).build_server_verifier(wanted)
    try:
        verifier.verify(leaf, [])
    except VerificationError:
        return False
    return True


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint as tablets show it, to compare before somebody trusts it."""
    digits = certificate.fingerprint(hashes.SHA256()).hex().upper()
    return ":".join(digits[place : place + 2] for place in range(0, len(digits), 2))


def as_pem(certificate: x509.Certificate) -> bytes:
    """Return a certificate as servers read it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def as_der(certificate: x509.Certificate) -> bytes:
    """Return a certificate as tablets install it."""
    return certificate.public_bytes(serialization.Encoding.DER)


def _builder(
    issuer: x509.Name,
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime,
    days: int,
    serial: int,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(now - CLOCK_SLIP)
        .not_valid_after(now + timedelta(days=days) - CLOCK_SLIP)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _title(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
