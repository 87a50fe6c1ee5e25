"""Files that people hand in and others fetch: what may come in, how it is kept, how it goes out again.

A file and its record are one row of the database, so that they are stored in one transaction, on every
machine, and are in every backup. Nothing is ever written to disk under a name that somebody chose.
"""
