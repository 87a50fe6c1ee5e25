"""Marking schemes as the WorldSkills Competition Information System exports them, read and written.

Source: DOMAIN.md section 4.8 and the exported workbook of tests/golden/cis. Two layouts are known, one with
marking days and standards sections and one of eleven columns; columns are found by their headings.
"""
