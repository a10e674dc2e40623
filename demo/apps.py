from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A whole call, played through the same actions as any click."""

    name = "demo"
    default_auto_field = "django.db.models.BigAutoField"
