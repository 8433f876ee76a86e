"""The session engine: digests instead of keys, limits on the server, dead when revoked."""
