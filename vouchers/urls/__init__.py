"""Addresses of this app: those of every module beside this one, in the order of their names."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver

app_name = "vouchers"

urlpatterns: list[URLPattern | URLResolver] = [
    pattern
    for module in sorted(iter_modules(__path__), key=lambda found: found.name)
    for pattern in import_module(f"{__name__}.{module.name}").urlpatterns
]
