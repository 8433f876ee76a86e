"""Signing in with an account at a provider, and connecting such accounts; see docs/social.md."""
