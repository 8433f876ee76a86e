"""The mail that a project in development has sent, on pages of its own."""
