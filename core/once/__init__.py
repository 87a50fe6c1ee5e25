"""Forms that are taken once, however often they are sent: by a double click, or after a lost answer."""
