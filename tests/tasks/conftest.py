"""What needs the tasks of Django 6.0 is collected only there."""

import django

collect_ignore_glob = [] if django.VERSION >= (6, 0) else ["test_*.py"]
