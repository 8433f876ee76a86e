"""Session authentication for single-page apps on Django."""

__version__ = "0.1.0"
