"""The chief judge decides what happens to the operations of withdrawn devices, cards and judges."""
