"""How values and records are shown: formats, view parts, positions of meters and charts.

Nothing here reads the database. Pages build the parts, the tags of `core.templatetags.trellis`
draw them (docs/design.md).
"""
