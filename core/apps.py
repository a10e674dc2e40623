from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import mail, navigation, site_links  # noqa: F401, PLC0415  mail registers its job

        navigation.register(*site_links.ITEMS)
