from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """Whose turn it is."""

    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows import wiring  # noqa: PLC0415  models are loaded by now

        wiring.connect()
