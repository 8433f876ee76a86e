"""Connected accounts in the admin: find those of a user, and take them away."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest

from spa_auth.core import events
from spa_auth.core.locking import user_transaction

from .models import Identity

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Identity]
else:
    _ModelAdmin = admin.ModelAdmin


@admin.register(Identity)
class IdentityAdmin(_ModelAdmin):
    """Read-only, but for taking a connection away."""

    list_display = ("provider", "user", "address", "created_at", "last_used_at")
    list_filter = ("provider", "last_used_at")
    list_select_related = ("user",)
    exclude = ("key", "tokens")
    ordering = ("-last_used_at",)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        """Search by the user's name and address, whatever the user model calls them."""
        model = get_user_model()
        names = {model.USERNAME_FIELD, model.get_email_field_name()}
        return ["address", "subject", *sorted(f"user__{name}" for name in names)]

    def delete_model(self, request: HttpRequest, obj: Identity) -> None:
        """Take one connection away, and report it."""
        self.delete_queryset(request, Identity.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Identity]) -> None:
        """Take the chosen ones away, and report each."""
        with user_transaction():
            for row in queryset:
                row.delete()
                gone = events.SocialDisconnected(
                    user_id=row.user_id, provider=row.provider, by="operator"
                )
                events.emit(gone)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only who has the account at the provider can connect it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Identity | None = None) -> bool:
        """Nothing about a connection can be edited."""
        return False
