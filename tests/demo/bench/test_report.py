from __future__ import annotations

import pytest

from demo.bench import report
from demo.bench.meter import Cost
from demo.bench.pages import DETAIL, LIST, NONE, SUBMISSION, Aim, Page


@pytest.mark.parametrize(
    ("aim", "found", "says"),
    [
        (LIST, [Cost(25, 40, 9), Cost(25, 49, 9)], "ok"),
        (LIST, [Cost(26, 40, 9), Cost(26, 40, 9)], "too many statements"),
        (LIST, [Cost(20, 40, 9), Cost(20, 60, 9)], "too slow, not flat"),
        (LIST, [Cost(20, 40, 9), Cost(21, 40, 9)], "not flat"),
        (LIST, [Cost(20, 8, 9), Cost(20, 12, 9)], "ok"),
        (Aim(), [Cost(99, 999, 9), Cost(99, 999, 9)], "ok"),
        (Aim(None, 300), [Cost(99, 300, 0), Cost(99, 300, 0)], "too slow"),
        (NONE, [Cost(9, 40, 0), Cost(9, 400, 0)], "ok"),
    ],
)
def test_a_page_is_ok_when_it_keeps_the_aim_and_stays_flat(
    aim: Aim, found: list[Cost], says: str
) -> None:
    assert report.verdict(aim, found) == says


def test_the_table_has_a_line_a_page_with_the_smaller_number_first() -> None:
    page = Page("proposal_desk", LIST, None, "/")
    few, many = {"proposal_desk": Cost(10, 40, 27)}, {"proposal_desk": Cost(10, 44, 27)}
    head, line = report.table([page], {10_000: many, 1_000: few})
    assert head.index("1,000 stmts") < head.index("10,000 stmts")
    assert line.split("|")[1].split() == ["10", "40", "27"]
    assert line.split("|")[2].split() == ["10", "44", "27"]
    assert line.split("|")[3].strip() == "1.10"
    assert line.endswith("ok")


def test_the_comparison_takes_the_dearest_of_each_kind() -> None:
    pages = [
        Page("proposal_desk", LIST, None, "/"),
        Page("ranking_board", LIST, None, "/"),
        Page("proposal_check", DETAIL, None, "/"),
        Page("submission", SUBMISSION, None, "/"),
    ]
    costs = {
        "proposal_desk": Cost(10, 30, 27),
        "ranking_board": Cost(8, 44, 27),
        "proposal_check": Cost(7, 14, 9),
        "submission": Cost(64, 55, 0),
    }
    _head, *lines = report.comparison(pages, costs)
    assert [line.split() for line in lines] == [
        ["list", "of", "the", "staff", "|", "142", "375", "|", "10", "44"],
        ["one", "application", "|", "52", "133", "|", "7", "14"],
        ["handing", "one", "in", "|", "–", "302", "|", "64", "55"],
    ]
