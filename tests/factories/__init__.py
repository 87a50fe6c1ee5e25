"""Plain builders of rows for tests: one file per slice, each flushes and returns the row."""
