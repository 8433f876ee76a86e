"""Who am I, my profile, a copy of what is held about me, and the end of my account."""
