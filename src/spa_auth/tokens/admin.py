"""API tokens in the admin: find those of a user, and revoke them."""

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import flow
from .models import ApiToken

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[ApiToken]
else:
    _ModelAdmin = admin.ModelAdmin


@admin.register(ApiToken)
class ApiTokenAdmin(_ModelAdmin):
    """Read-only, but for revoking a token."""

    list_display = ("name", "user", "hint", "created_at", "expires_at", "last_used_at")
    list_filter = ("created_at", "expires_at", "last_used_at")
    list_select_related = ("user",)
    exclude = ("digest",)
    actions = ("revoke",)
    ordering = ("-created_at",)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search by the user's name and address, whatever the user model calls them."""
        model = get_user_model()
        names = {model.USERNAME_FIELD, model.get_email_field_name()}
        return ["public_id", "name", "hint", *sorted(f"user__{name}" for name in names)]

    @admin.action(description=_("Revoke the selected API tokens"), permissions=["delete"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """End tokens; the next request of each is refused."""
        count = flow.revoke_chosen(queryset)
        self.message_user(
            request,
            ngettext("%(count)s token was revoked.", "%(count)s tokens were revoked.", count)
            % {"count": count},
            messages.SUCCESS,
        )

    def delete_model(self, request: HttpRequest, obj: ApiToken) -> None:
        """Revoke it: what the admin deletes is recorded as any other end."""
        flow.revoke_chosen(ApiToken.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        """Revoke those that were selected."""
        flow.revoke_chosen(queryset)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a token is shown to its owner alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """Refuse: nothing about a token can be edited."""
        return False
