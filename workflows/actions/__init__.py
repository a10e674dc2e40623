"""What keeps the work lists right and people reminded."""
