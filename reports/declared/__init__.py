"""What unions declare of contests held elsewhere, beside what the records say, year by year; never added."""
