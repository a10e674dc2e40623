from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    """Organisations, their people, bank accounts and ties; experts; invitations; sign-in."""

    name = "parties"
    verbose_name = _("Parties")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the states, add the links, hand over what time does."""
        from parties import wiring  # noqa: PLC0415  needs the models

        wiring.connect()
