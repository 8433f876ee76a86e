"""Prove an e-mail address, change it, and sign in by mail."""
