"""What the homes and the front page show."""
