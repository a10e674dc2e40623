from typing import Any

import pytest
from django.template import Context, Template

from core.presentation.library.layout import message_tone
from core.presentation.parts import Crumb, Pill, Tile


def draw(source: str, **context: Any) -> str:
    return " ".join(Template(source).render(Context(context)).split())


def test_a_head_holds_title_actions_and_what_it_belongs_to() -> None:
    html = draw(
        '{% head title over="Call" lead="Why" %}<a href="/">Act</a>{% endhead %}', title="A <b>"
    )
    assert html == (
        '<div class="tr-head"><div><span class="tr-over">Call</span><h1>A &lt;b&gt;</h1>'
        '<p>Why</p></div><div class="tr-row"><a href="/">Act</a></div></div>'
    )
    assert "tr-row" not in draw('{% head "A" %} {% endhead %}')


def test_a_card_is_named_by_its_heading() -> None:
    html = draw('{% card "My vouchers" tone="brand" flush=True %}x{% endcard %}')
    assert html == (
        '<section class="tr-card tr-card--flush tr-card--brand" aria-labelledby="card-my-vouchers">'
        ' <h2 id="card-my-vouchers">My vouchers</h2> x </section>'
    )
    assert draw("{% card %}x{% endcard %}") == '<section class="tr-card"> x </section>'


@pytest.mark.parametrize(
    ("tone", "css"),
    [("info", "tr-msg"), ("good", "tr-msg tr-msg--good"), ("bad", "tr-msg tr-msg--bad")],
)
def test_a_message_has_the_tone_it_was_given(tone: str, css: str) -> None:
    assert f'<div class="{css}">' in draw("{% message tone 'Title.' %}x{% endmessage %}", tone=tone)


def test_what_stands_inside_a_block_is_escaped_once() -> None:
    html = draw("{% message 'info' %}{{ typed }}{% endmessage %}", typed="<script> & co")
    assert "&lt;script&gt; &amp; co" in html


@pytest.mark.parametrize(
    ("tags", "tone"),
    [("success", "good"), ("extra error", "bad"), ("warning", "warn"), ("debug", "info")],
)
def test_flash_messages_have_a_tone(tags: str, tone: str) -> None:
    assert message_tone(tags) == tone


def test_tiles_with_addresses_are_a_navigation() -> None:
    html = draw("{% tiles tiles 'Stages' %}", tiles=[Tile("To pay", "6", "x", "/?a", current=True)])
    assert html.startswith('<nav class="tr-tiles" aria-label="Stages">')
    assert 'href="/?a" aria-current="true"' in html
    plain = draw("{% tiles tiles %}", tiles=[Tile("To pay", "6")])
    assert plain.startswith('<div class="tr-tiles"> <div class="tr-tile">')


def test_of_several_pills_one_is_current() -> None:
    pills = [Pill("All", "/", current=True, count=0), Pill("Mine", "/mine/")]
    html = draw("{% pills pills 'Views' %}", pills=pills)
    assert html.count("aria-current") == 1
    assert '<span class="tr-num">0</span>' in html


def test_crumbs_are_given_in_pairs_or_as_a_list() -> None:
    pairs = draw("{% crumbs 'Home' '/' title '/calls/' %}", title="Call <1>")
    assert '<a class="govuk-breadcrumbs__link" href="/calls/">Call &lt;1&gt;</a>' in pairs
    listed = draw("{% crumbs items %}", items=[Crumb("Home", "/"), Crumb("Call <1>", "/calls/")])
    assert listed == pairs


def test_an_empty_state_may_be_the_head_of_its_page() -> None:
    assert "<h2>None</h2>" in draw("{% empty 'None' %}x{% endempty %}")
    assert "<h1>None</h1>" in draw("{% empty 'None' level=1 %}x{% endempty %}")


def test_saved_says_when_and_by_whom_or_nothing_yet() -> None:
    from datetime import UTC, datetime

    at = datetime(2021, 11, 26, 9, 52, tzinfo=UTC)
    assert "Saved 10:52 by Mira" in draw("{% saved at=at by='Mira' %}", at=at)
    assert draw("{% saved %}") == '<span class="tr-saved" id="saved" role="status"></span>'


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        draw("{% icon 'unicorn' %}")
