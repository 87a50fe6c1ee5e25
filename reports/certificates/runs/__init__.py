"""Printing certificates in bulk: begin a run, follow it, cancel it, fetch its files."""
