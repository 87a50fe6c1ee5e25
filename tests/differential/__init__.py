"""Random recount packages, computed by the product and by the oracle, must give the same bytes."""
