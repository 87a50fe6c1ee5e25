"""Evidence: checkpoints of an event, its exported ledger, and the check of everything against everything."""
