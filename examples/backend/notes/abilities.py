"""What an API token can be allowed to do here."""

from django.utils.translation import gettext_lazy as _

ABILITIES = {
    "notes:read": _("Read your notes"),
    "notes:write": _("Write and delete notes"),
}
