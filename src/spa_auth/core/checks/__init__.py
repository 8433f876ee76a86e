"""System checks of the core, by subject: what is wrong is named before a user meets it.

Numbers that are missing belong to features that are not there yet, or to dangers that this design
does not have: `Partitioned` is stamped on every Python, our endpoints run outside
`ATOMIC_REQUESTS`, answer with and without the trailing slash, and nothing opens a pop-up.
"""

from . import (
    caching,
    cookies,
    cors,
    csrf,
    doors,
    headers,
    limits,
    mail,
    middleware,
    operations,
    passwords,
    production,
    project,
    proxies,
    rest,
    users,
    versions,
)

__all__ = [
    "caching",
    "cookies",
    "cors",
    "csrf",
    "doors",
    "headers",
    "limits",
    "mail",
    "middleware",
    "operations",
    "passwords",
    "production",
    "project",
    "proxies",
    "rest",
    "users",
    "versions",
]
