from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Documents, workbooks, lists: reads everything, changes nothing."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core import navigation as header  # noqa: PLC0415  models are loaded by now
        from reporting import documents, navigation  # noqa: PLC0415  registers the print jobs
        from reporting.actions import export  # noqa: F401, PLC0415  registers the reports' job

        documents.connect()
        header.register(*navigation.ITEMS)
