"""Includes only; each app names its own addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.urls")),
    path("", include("parties.urls")),
    path("account/", include("parties.account_urls")),
    path("", include("workflows.urls")),
    path("", include("grants.urls")),
    path("", include("vouchers.urls")),
    path("", include("reporting.urls")),
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
