"""What innovation awards come to over the years: the indicators C12 to C15 from the records."""
