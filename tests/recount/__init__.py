"""The recount as organisers run it: packages, files, exit codes, bytes."""
