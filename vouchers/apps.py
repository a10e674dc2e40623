from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """SME calls, applications, vouchers, claims."""

    name = "vouchers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from vouchers import wiring  # noqa: PLC0415  models are loaded by now

        wiring.connect()
