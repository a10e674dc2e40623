"""What the form of an expert profile begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from parties.models import Employment, ExpertProfile, Keyword

if TYPE_CHECKING:
    from core.models import Person

FIELDS = ("country", "languages", "past_work", "days_max", "available_from", "available_until")


def keyword_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """The tree of expertise as groups of choices; each branch can be chosen as a whole."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for keyword in Keyword.objects.select_related("parent").order_by("code"):
        branch = keyword.parent or keyword
        words = keyword.label if keyword.parent else _("%(branch)s in general")
        topics = groups.setdefault(branch.label, [])
        topics.append(
            (keyword.pk, words % {"branch": keyword.label} if branch is keyword else words)
        )
    return list(groups.items())


def profile_initial(person: Person) -> dict[str, Any]:
    """The fields of the person's profile as they stand, or none."""
    profile = ExpertProfile.objects.filter(person=person).prefetch_related("keywords").first()
    if profile is None:
        return {"days_max": 10, "languages": ["en"]}
    chosen = [keyword.pk for keyword in profile.keywords.all()]
    return {field: getattr(profile, field) for field in FIELDS} | {"keywords": chosen}


def employments_of(person: Person) -> list[Employment]:
    """The person's employers, the newest first."""
    mine = Employment.objects.filter(profile__person=person)
    return list(mine.select_related("organisation").order_by("-start_date", "-pk"))
