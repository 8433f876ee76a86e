"""Sessions in the admin: find those of a user, and end them."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spa_auth.core import devices

from . import flow
from .models import Session

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Session]
else:
    _ModelAdmin = admin.ModelAdmin


@admin.register(Session)
class SessionAdmin(_ModelAdmin):
    """Read-only, but for ending a session."""

    list_display = ("public_id", "user", "device", "address", "created_at", "last_seen_at")
    list_filter = ("created_at", "last_seen_at")
    list_select_related = ("user",)
    exclude = ("key_digest", "data")
    actions = ("revoke",)
    ordering = ("-last_seen_at",)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search by the user's name and address, whatever the user model calls them."""
        model = get_user_model()
        names = {model.USERNAME_FIELD, model.get_email_field_name()}
        return ["public_id", "address", *sorted(f"user__{name}" for name in names)]

    @admin.display(description=_("device"))
    def device(self, row: Session) -> str:
        """Describe the device in words."""
        return devices.in_words(row.user_agent)

    @admin.action(description=_("Sign out the selected sessions"), permissions=["delete"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """End sessions; the next request of each is anonymous."""
        count = flow.revoke_chosen(queryset)
        self.message_user(
            request,
            ngettext("%(count)s session was ended.", "%(count)s sessions were ended.", count)
            % {"count": count},
            messages.SUCCESS,
        )

    def delete_model(self, request: HttpRequest, obj: Session) -> None:
        """Revoke it: what the admin deletes is recorded as any other end."""
        flow.revoke_chosen(Session.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """Revoke those that were selected."""
        flow.revoke_chosen(queryset)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sessions begin at the door only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        """Nothing about a session can be edited."""
        return False
