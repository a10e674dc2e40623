"""Addresses of reports."""

from django.urls import path

from reporting.views import export, open_data

app_name = "reporting"

urlpatterns = [
    path("exports/", export.export_list, name="export_list"),
    path("exports/make/", export.export_make, name="export_make"),
    path("exports/<uuid:pk>/", export.export_job, name="export_job"),
    path("exports/<uuid:pk>/file/", export.export_file, name="export_file"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/<slug:name>.csv", open_data.open_data_file, name="open_data_file"),
]
