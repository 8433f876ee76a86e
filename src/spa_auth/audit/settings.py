"""What a project may choose about the audit log."""

from spa_auth.core.settings import Settings, setting


class AuditSettings(Settings):
    """Settings of the audit room."""

    audit_days: int = setting(365, "Days after which `spa_auth_forget_activity` deletes an entry.")


audit = AuditSettings()
