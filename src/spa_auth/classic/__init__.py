"""The published front ends of the tutorials, as they are."""
