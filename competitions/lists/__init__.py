"""Lists that people bring as a workbook or a CSV text: read, kept, given back with their errors."""
