from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """Calls, proposals, their evaluation, and the grants that follow."""

    name = "grants"
    verbose_name = _("Grants")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from grants import wiring  # noqa: PLC0415  models are loaded by now

        wiring.connect()
