"""The announced results behind a report as workbooks: very many rows, made as a job."""
