"""Works in innovation awards (创新成果、合理化建议、“五小”): what is said of them, how experts see them."""
