"""What only PostgreSQL can do is collected only there."""

from tests.settings import DATABASES

collect_ignore_glob = [] if DATABASES["default"]["ENGINE"].endswith("postgresql") else ["test_*.py"]
