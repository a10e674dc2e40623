"""The template tags by subject; `core.templatetags.trellis` joins them."""
