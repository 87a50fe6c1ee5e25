"""HTTPS in a venue without an internet: an authority of one's own, and how tablets come to trust it."""
