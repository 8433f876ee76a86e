from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tests.people"

    def ready(self) -> None:
        from . import mail  # noqa: F401, PLC0415 - declares messages, as rooms do
