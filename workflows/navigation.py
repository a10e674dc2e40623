"""The first link of the header for whoever has signed in."""

from django.utils.translation import gettext_lazy as _

from core.navigation import Item

ITEMS = [Item(_("Home"), "workflows:home_page", order=1, under="/home/")]
