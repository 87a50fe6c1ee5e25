"""Open data for a union's own systems: a read-only API that answers with JSON and CSV."""
