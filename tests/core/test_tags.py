from types import SimpleNamespace

import pytest

from core import tags
from core.tags import BAD, GOOD, Tag, Words


def record(state: str) -> SimpleNamespace:
    """What a tag needs of a model's instance."""
    return SimpleNamespace(state=state, _meta=SimpleNamespace(model_name="sample"))


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "_registry", {})
    tags.register("sample", {"paid": Words(GOOD, "Paid"), "refused": Words(BAD, "Rejected")})


def test_a_record_is_shown_in_the_words_of_its_state() -> None:
    found = tags.tag_of(record("paid"))
    assert (found.family, found.words, found.css) == (GOOD, "Paid", "govuk-tag--green")


def test_a_record_may_refine_its_tag() -> None:
    refined = SimpleNamespace(state_tag=lambda: Tag(BAD, "Expires today"))
    assert tags.tag_of(refined) == Tag(BAD, "Expires today")


def test_a_state_without_words_is_a_mistake() -> None:
    with pytest.raises(LookupError, match="'lost' of sample"):
        tags.tag_of(record("lost"))


def test_a_noun_is_named_once() -> None:
    tags.register("sample", {"paid": Words(GOOD, "Paid"), "refused": Words(BAD, "Rejected")})
    with pytest.raises(ValueError, match="named twice"):
        tags.register("sample", {"paid": Words(GOOD, "Other words")})
    assert set(tags.registered()) == {"sample"}


def test_a_family_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such family"):
        Words("pink", "x")
