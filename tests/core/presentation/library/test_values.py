from datetime import UTC, date, datetime
from typing import Any

from django.template import Context, Template

from core import clock
from core.tags import GOOD, Tag

AT = datetime(2021, 11, 30, 16, 0, tzinfo=UTC)


def draw(source: str, **context: Any) -> str:
    with clock.standing_at(datetime(2021, 11, 26, 9, 0, tzinfo=UTC)):
        return Template(source).render(Context(context))


def test_an_instant_is_shown_with_the_machine_s_form_beside_it() -> None:
    time = '<time datetime="2021-11-30T16:00:00Z">{}</time>'
    assert draw("{{ at|when }}", at=AT) == time.format("Tue 30 Nov 2021, 17:00 Brussels")
    assert draw("{{ at|when:'short' }}", at=AT) == time.format("30 Nov 2021, 17:00")
    assert draw("{{ at|when:zone }}", at=AT, zone="Europe/Helsinki") == time.format(
        "Tue 30 Nov 2021, 18:00 Helsinki"
    )
    assert draw("{{ at|when }}", at=None) == "–"


def test_days_and_instants_share_a_filter_where_either_may_stand() -> None:
    assert draw("{{ at|moment }}", at=date(2021, 11, 30)) == (
        '<time datetime="2021-11-30">Tue 30 Nov 2021</time>'
    )
    assert "17:00 Brussels" in draw("{{ at|moment }}", at=AT)
    assert draw("{{ at|day:'short' }}", at=date(2021, 11, 30)).endswith("30 Nov 2021</time>")


def test_days_left_are_coloured() -> None:
    assert draw("{{ at|due }}", at=AT) == '<span class="tr-soon">4 days left</span>'
    assert draw("{{ at|due }}", at=None) == ""


def test_a_countdown_carries_its_instant_for_the_script() -> None:
    html = draw("{% countdown at %}", at=AT)
    assert 'data-countdown="2021-11-30T16:00:00Z"' in html
    assert "4 days 7\u00a0h</b> <span>left</span>" in html


def test_people_and_tags() -> None:
    assert "<small>Fund manager</small>" in draw("{% chip 'Zofia Lipowa' note='Fund manager' %}")
    assert "tr-chip__i--b" in draw("{% chip 'Zofia <b>' tone='b' %}")
    assert "approved by Luca" in draw("{% eyes 'Zofia' 'Luca' %}")
    assert "waits for a second officer" in draw("{% eyes 'Zofia' second %}", second=None)
    assert draw("{% tag tag %}", tag=Tag(GOOD, "<Paid>")) == (
        '<strong class="govuk-tag govuk-tag--green">&lt;Paid&gt;</strong>'
    )
    assert "govuk-tag--yellow" in draw("{% badge 'warn' 'under' %}")


def test_shares_are_worked_out_in_the_template() -> None:
    assert draw("{% share_of 3 4 as points %}{{ points|share }}") == "75.00\u00a0%"
    assert draw("{% mark %}").startswith('<svg viewBox="0 0 32 32"')
