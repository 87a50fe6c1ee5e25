"""Signatures of this installation: Ed25519 (RFC 8032), one key for each purpose, sealed in the database."""
