"""Public boards of an event: opened, frozen at a moment, thawed, closed; each on record."""
