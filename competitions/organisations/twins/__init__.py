"""Units that are registered twice: found, made one with a record of it, parted again."""
