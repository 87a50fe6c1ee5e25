"""Tokens with which a union's own systems read its figures: made, shown once, revoked."""
