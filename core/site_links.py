"""Links of the frame that belong to no app."""

from django.utils.translation import gettext_lazy as _

from core.navigation import FOOTER, Item

ITEMS = [
    Item(_("Help"), "core:page_help", order=10, place=FOOTER),
    Item(_("Accessibility"), "core:page_accessibility", order=20, place=FOOTER),
    Item(_("Privacy"), "core:page_privacy", order=30, place=FOOTER),
]
