"""Disputes about a work: whose it is, whether it may compete; nothing is ranked before they are decided."""
