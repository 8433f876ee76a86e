"""Who am I, and my profile."""
