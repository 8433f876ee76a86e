"""Commands of the email room."""
