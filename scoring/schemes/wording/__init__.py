"""A scheme in words, for people who read rule books and not documents."""
