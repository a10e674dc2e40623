from datetime import UTC, date, datetime

import pytest

from core.presentation.parts import Eyes
from core.presentation.tables import Column, Line, Link, Table, Two
from core.tags import GOOD, Tag


def drawn(kind: str, value: object) -> str:
    return Table("x", [Column("c", kind)], [[value]]).body()


@pytest.mark.parametrize(
    ("kind", "value", "html"),
    [
        ("text", "a <b>", "<td>a &lt;b&gt;</td>"),
        ("text", None, "<td></td>"),
        ("head", "C-1", '<th scope="row">C-1</th>'),
        ("money", 360_000, '<td class="num">3,600.00</td>'),
        ("money", -1, '<td class="num is-neg">−0.01</td>'),
        ("money", None, '<td class="num">–</td>'),
        ("money", "not yet", '<td class="num">not yet</td>'),
        ("share", 7_499, '<td class="num">74.99\u00a0%</td>'),
        ("share", "", '<td class="num"></td>'),
        ("whole", 1_234, '<td class="num">1,234</td>'),
        ("whole", "many", '<td class="num">many</td>'),
        ("num", 3, '<td class="num">3</td>'),
        ("day", date(2024, 5, 16), '<td><time datetime="2024-05-16">16 May 2024</time></td>'),
        ("tag", None, "<td></td>"),
        ("eyes", None, "<td></td>"),
        (
            "when",
            datetime(2024, 5, 16, 10, tzinfo=UTC),
            '<td><time datetime="2024-05-16T10:00:00Z">16 May 2024, 12:00</time></td>',
        ),
        (
            "tag",
            Tag(GOOD, "Paid"),
            '<td><strong class="govuk-tag govuk-tag--green">Paid</strong></td>',
        ),
        (
            "day",
            Two(date(2024, 5, 16), "1 day late", tone="late"),
            (
                '<td><time datetime="2024-05-16">16 May 2024</time>'
                '<small class="tr-late">1 day late</small></td>'
            ),
        ),
        ("text", Link("<i>", "/a?b=1&c=2"), '<td><a href="/a?b=1&amp;c=2">&lt;i&gt;</a></td>'),
        ("head", Link("A", "/", "b"), '<th scope="row"><a href="/">A</a><small>b</small></th>'),
    ],
)
def test_a_cell_is_shown_as_its_column_says(kind: str, value: object, html: str) -> None:
    assert drawn(kind, value) == f"<tr>{html}</tr>"


def test_a_missing_second_officer_is_an_open_ring() -> None:
    assert "is-open" in drawn("eyes", Eyes("Zofia Lipowa"))
    assert "is-open" not in drawn("eyes", Eyes("Zofia Lipowa", "Luca Rosmarino"))


def test_a_row_with_too_few_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        Table("x", [Column("a"), Column("b")], [["only one"]]).body()


def test_marked_rows_stand_out_or_span_the_table() -> None:
    table = Table("x", [Column("a"), Column("b")], [Line(["1", "2"], "on"), Line(["All"], "line")])
    assert table.body() == (
        '<tr class="is-on"><td>1</td><td>2</td></tr>'
        '<tr class="tr-line"><th scope="rowgroup" colspan="2">All</th></tr>'
    )


def test_sums_name_themselves_in_the_first_cell() -> None:
    table = Table("x", [Column("a", "num"), Column("b", "money")], [], foot=[["3 claims", 5]])
    assert table.foot_body() == ('<tr><th scope="row">3 claims</th><td class="num">0.05</td></tr>')


def test_heads_sort_up_then_down_and_keep_the_filters_but_not_the_page() -> None:
    columns = [Column("Claim", sort="number"), Column("Payee")]
    query = {"state": "paid", "page": "3", "sort": "number"}
    sorted_up = Table("x", columns, [], sort="number").heads(query)
    assert (sorted_up[0].url, sorted_up[0].order) == ("?state=paid&sort=-number", "ascending")
    assert sorted_up[1].url == ""
    sorted_down = Table("x", columns, [], sort="-number").heads(None)
    assert (sorted_down[0].url, sorted_down[0].order) == ("?sort=number", "descending")
    assert Table("x", columns, []).heads(None)[0].order == "none"


def test_a_table_can_hold_its_first_column_and_align_to_the_top() -> None:
    table = Table("x", [], [], top=True, sticky_first=True)
    assert table.css == "tr-table tr-table--top tr-table--first"
