"""The public standings of an event while it is being marked: codes and totals of finished entries."""
