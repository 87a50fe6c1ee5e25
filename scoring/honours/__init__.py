"""Honours: who is recommended, who was granted what, and what a list of recommendations is checked for."""
