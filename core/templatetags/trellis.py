"""The tags of the design kit: `{% load trellis %}`; arguments and examples in docs/design.md."""

from django import template

from core.presentation.library import charts, fields, layout, lists, values

register = template.Library()

for _library in (values, layout, lists, fields, charts):
    register.tags.update(_library.register.tags)
    register.filters.update(_library.register.filters)
