"""API tokens for scripts, and sessions by header for native apps."""
