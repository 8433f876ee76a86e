"""What `manage.py` gains where the app is installed."""
