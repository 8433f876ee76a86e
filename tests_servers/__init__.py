"""Attacks over raw HTTP against real servers: nginx, and Django in granian or uvicorn behind it."""
