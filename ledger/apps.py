from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import clockwork  # noqa: PLC0415  once the apps are there
        from ledger import functions  # noqa: F401, PLC0415  gives SQLite the hash function
        from ledger.actions import checkpoint  # noqa: PLC0415  needs the models

        clockwork.on_tick("ledger: take a checkpoint", checkpoint.take_daily, order=95)
