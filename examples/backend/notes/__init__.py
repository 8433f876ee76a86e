"""The example's own feature: notes."""
