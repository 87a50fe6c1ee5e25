"""Boxes that anybody can close and this installation alone opens: ECDH on P-256, HKDF-SHA-256, AES-GCM."""
