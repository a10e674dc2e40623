"""Pages that belong to no noun: the front, the home, what waits."""
