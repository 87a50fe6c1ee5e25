"""Contests that were held without this system, as unions declare them: for complete statistics over years."""
