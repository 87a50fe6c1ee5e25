"""Published reports: figures as a union has printed them, with their qualifiers and their source."""
