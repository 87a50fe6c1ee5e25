"""Periods of a labour contest: targets, self-reports with evidence, spot checks, checked values."""
