"""What happened to each account: one row per event, that nobody changes."""
