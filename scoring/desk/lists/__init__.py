"""Marks from elsewhere: a list for one stage, by blind code, checked as a whole and entered as a whole."""
