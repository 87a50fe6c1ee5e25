"""Work that outlasts a request: kept as rows, done part by part by a process of its own, taken up again."""
