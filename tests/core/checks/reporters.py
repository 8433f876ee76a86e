"""What projects write for Django to import: filters of reports, serializers of sessions."""

import json
import pickle
import re
from typing import Any

from django.views.debug import SafeExceptionReporterFilter


class Weaker(SafeExceptionReporterFilter):
    hidden_settings = re.compile("PASSWORD")


class Quick:
    def loads(self, data: bytes) -> Any:
        return pickle.loads(data)


class PickleSerializer:
    loads = staticmethod(pickle.loads)


class Counting:
    loads = staticmethod(json.loads)
