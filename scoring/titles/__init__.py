"""Titles of the Ankang Cup: who may apply for which, by score, earlier titles and quotas."""
