"""From one level of a contest to the next: who qualifies, by rules that are data, from a frozen result."""
