"""The audit log in the admin: found and read, never written."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spa_auth.core import devices, events

from . import words
from .models import Entry

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Entry]
else:
    _ModelAdmin = admin.ModelAdmin

# More accounts than anybody looks at are found by their ids.
_MOST = 20


class EventFilter(admin.SimpleListFilter):
    """Filter by what happened and how it ended, in one list of words."""

    title = _("event")
    parameter_name = "event"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        """List the events that the installed rooms and the project know."""
        known = {(declared.kind, declared.outcome) for declared in events.about_somebody()}
        named = [(f"{kind} {outcome}", words.in_words(kind, outcome)) for kind, outcome in known]
        return sorted(named, key=lambda lookup: lookup[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        """Keep the entries of one event: none, where nobody knows it."""
        asked = self.value()
        if not asked:
            return queryset
        if asked not in dict(self.lookup_choices):
            return queryset.none()
        kind, _space, outcome = asked.partition(" ")
        return queryset.filter(kind=kind, outcome=outcome)


@admin.register(Entry)
class EntryAdmin(_ModelAdmin):
    """Read-only, for everybody."""

    list_display = (
        "at",
        "event",
        "user_id",
        "actor_id",
        "address",
        "device",
        "session",
    )
    list_filter = (EventFilter, "at")
    readonly_fields = ("event",)
    # One entry is shown with its codes, too, which log lines have.
    fields = (
        "at",
        "event",
        "kind",
        "outcome",
        "user_id",
        "actor_id",
        "session",
        "address",
        "user_agent",
        "details",
    )
    ordering = ("-id",)
    search_fields = ("user_id__exact", "actor_id__exact", "=address", "session__exact")
    search_help_text = _("User name, e-mail address, user id, address or session")
    # Counting a table of millions for every search would take longer than the search.
    show_full_result_count = False

    @admin.display(description=_("event"), ordering="kind")
    def event(self, row: Entry) -> str:
        """Say in words what happened."""
        return words.in_words(row.kind, row.outcome)

    @admin.display(description=_("device"))
    def device(self, row: Entry) -> str:
        """Describe the device in words."""
        return devices.in_words(row.user_agent)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """Search by people's names too, of those who still have an account."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if ids := _users_called(search_term.strip()):
            found |= queryset.filter(Q(user_id__in=ids) | Q(actor_id__in=ids))
        return found, repeats

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: what happens is written down as it happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Refuse: what has happened cannot be edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Refuse: age alone deletes, see `spa_auth_forget_activity`."""
        return False


def _users_called(name: str) -> list[str]:
    """Return the ids of the users with this name or e-mail address, whatever the model calls it."""
    if not name:
        return []
    model = get_user_model()
    called = Q()
    for field in {model.USERNAME_FIELD, model.get_email_field_name()}:
        called |= Q(**{f"{field}__iexact": name})
    found = model._default_manager.filter(called).values_list("pk", flat=True)
    return [str(pk) for pk in found[:_MOST]]
