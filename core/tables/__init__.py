"""Tables that people bring along: what a file is, whether it is safe to open, its cells row by row."""
