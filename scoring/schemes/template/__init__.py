"""A scheme as a plain table: one row an aspect, filled in with Excel or WPS."""
