"""Works as the experts see them: by their codes, without names where that is asked for."""
