from typing import Any

from django.template import Context, Template

from core.presentation.gallery.figures import bar, charts, line, meters, sankey


def draw(source: str, **context: Any) -> str:
    return " ".join(Template(source).render(Context(context)).split())


def test_the_meter_of_a_share_draws_bar_line_and_verdict() -> None:
    html = draw("{% meter m %}", m=meters()["under"])
    assert '<rect class="m-bad" y="8" width="74.99%"' in html
    assert '<line class="m-line" x1="75.00%"' in html
    assert "under 75" in html
    assert "tr-share" in html
    assert "tr-share" not in draw("{% meter m plain=True %}", m=meters()["under"])


def test_the_meter_of_a_pool_stands_with_its_table() -> None:
    html = draw("{% meter m %}", m=meters()["pool"])
    assert html.index("m-plan") < html.index("m-comm") < html.index("m-paid")
    assert 'aria-label="Stages of the money"' in html


def test_every_chart_is_told_in_words_and_has_its_figures_in_a_table() -> None:
    for chart in (bar(), line(), sankey()):
        html = draw("{% chart c %}", c=chart)
        assert f"<figcaption>{chart.title}</figcaption>" in html
        assert 'role="img" aria-label="' in html
        assert '<table class="tr-table">' in html
        assert "style=" not in html


def test_a_strip_is_cut_by_the_cents_of_its_parts() -> None:
    html = draw("{% strip 'x' parts cents %}", **charts())
    assert '<rect class="s1" x="0" width="222"' in html
    assert '<rect class="s2" x="224" width="54"' in html


def test_an_interval_may_stand_alone() -> None:
    assert '<path class="ch-50 is-grey"' in draw(
        "{% interval shown %}", shown=charts()["intervals"][1][1]
    )
