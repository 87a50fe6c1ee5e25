"""Returns as workbook and PDF, and what the records say beside them."""
