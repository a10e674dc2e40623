from django.conf import settings
from django.urls import path

from core.views import gallery, pages

app_name = "core"

urlpatterns = [
    path("help/", pages.help_page, name="page_help"),
    path("accessibility/", pages.accessibility, name="page_accessibility"),
    path("privacy/", pages.privacy, name="page_privacy"),
]

if settings.DEMO:
    urlpatterns += [path("design/", gallery.sheet, name="design_sheet")]
