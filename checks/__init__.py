"""The project's own linters: what ruff, mypy and import-linter cannot say. ``python -m checks``."""
