"""The ceremony: a screen in the hall that uncovers a frozen result step by step, each step on record."""
