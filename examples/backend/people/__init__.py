"""Users of the example."""
