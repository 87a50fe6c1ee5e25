"""Units from a workbook or a CSV text: all of a list or none, every error in its cell first."""
