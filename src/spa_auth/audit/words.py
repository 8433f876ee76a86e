"""What an operator reads for an event. What a person reads of their own account has the client."""

from django.utils.translation import gettext_lazy as _

# By kind and outcome.
EVENTS = {
    ("sign_in", "done"): _("Signed in"),
    ("sign_in", "pending"): _("Sign-in begun, another step was needed"),
    ("sign_in", "refused"): _("Sign-in refused"),
    ("sign_out", "done"): _("Signed out"),
    ("sessions_revoked", "done"): _("Sessions ended from elsewhere"),
    ("reauthentication", "done"): _("Identity confirmed"),
    ("reauthentication", "refused"): _("Confirmation of identity refused"),
    ("profile_changed", "done"): _("Profile changed"),
    ("password_changed", "done"): _("Password changed"),
    ("password_removed", "done"): _("Password removed, chosen before the address was confirmed"),
    ("sign_up", "done"): _("Account made"),
    ("email_verified", "done"): _("Address confirmed"),
    ("email_change", "pending"): _("Change of address asked for"),
    ("email_change", "done"): _("Address changed"),
    ("account_exported", "done"): _("Copy of the data taken"),
    ("account_deletion_requested", "done"): _("Deletion of the account asked for"),
    ("account_deleted", "done"): _("Account deleted"),
    ("account_restored", "done"): _("Account brought back"),
    ("token_created", "done"): _("API token made"),
    ("token_revoked", "done"): _("API tokens revoked"),
    ("social_connect", "pending"): _("Connecting a provider begun"),
    ("social_connect", "done"): _("Account at a provider connected"),
    ("social_disconnect", "done"): _("Account at a provider disconnected"),
}


def in_words(kind: str, outcome: str) -> str:
    """Name an event; one of a project's own, which has no words here, by its codes."""
    words = EVENTS.get((kind, outcome))
    return str(words) if words else f"{kind} ({outcome})"
