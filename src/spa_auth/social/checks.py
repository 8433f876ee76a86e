"""System checks of the social room."""
