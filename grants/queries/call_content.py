"""The whole of a call's rules as plain data: what is frozen at publication and compared later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db import models

    from grants.models import Call

LISTS: dict[str, tuple[str, ...]] = {
    "criteria": (
        "position",
        "code",
        "name",
        "description",
        "score_max",
        "score_step",
        "weight",
        "threshold",
    ),
    "strands": ("position", "code", "name", "is_open", "quota_min", "budget_cents"),
    "objectives": ("position", "code", "name", "role"),
    "tie_break_keys": ("position", "kind", "criterion__code"),
    "section_templates": (
        "position",
        "code",
        "part",
        "title",
        "guidance",
        "is_required",
        "characters_max",
        "words_max",
    ),
    "annex_kinds": (
        "position",
        "code",
        "title",
        "guidance",
        "is_required",
        "media_types",
        "bytes_max",
        "counts_pages",
    ),
    "cost_rates": ("category", "rate_bp"),
    "provenances": ("parameter", "kind", "note"),
}
NOT_RULES = {"id", "state", "version", "created_by", "created_at", "published_at"}


def call_content(call: Call) -> dict[str, Any]:
    """Every parameter and list of the call, as plain as JSON: one statement per list."""
    content: dict[str, Any] = {
        field.name: _plain(getattr(call, field.attname))
        for field in call._meta.concrete_fields
        if field.name not in NOT_RULES
    }
    for name, columns in LISTS.items():
        rows: models.QuerySet[Any] = getattr(call, name).order_by(columns[0]).values(*columns)
        content[name] = [{key: _plain(value) for key, value in row.items()} for row in rows]
    return content


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str, list)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def changed_fields(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the parameters and lists in which two frozen contents differ."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
