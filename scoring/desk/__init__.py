"""The desk of the tabulators: marks from elsewhere, paper sheets, backup files of tablets."""
