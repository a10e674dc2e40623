"""Where the vouchers of a grant went: the chart adds up to what the ledger has committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.presentation import formats
from ledger import api as ledger
from parties.rules.countries import COUNTRIES
from tests.factories import claims
from tests.factories import grant as granted
from tests.factories.grants import officer
from tests.factories.vouchers import SIGNING, an_issued_voucher, the_holder
from tests.grants.views.pages import get
from vouchers.actions import voucher as vouchers
from vouchers.models.choices import ServiceKind
from vouchers.queries.voucher_chart import SHOWN, Part, drawn, where_vouchers_went

if TYPE_CHECKING:
    from core.presentation.charts.sankey import Sankey

CALLS = {f"call{n}": f"Call {n}" for n in range(9)}
PARTS = st.lists(
    st.builds(
        Part,
        st.tuples(
            st.sampled_from(sorted(CALLS)),
            st.sampled_from(ServiceKind.values),
            st.sampled_from(sorted(COUNTRIES)),
        ),
        st.integers(0, 10**9),
    ),
    max_size=40,
)


def column_sums(chart: Sankey) -> list[int]:
    return [sum(chart.values[node.key] for node in column) for column in chart.columns]


@given(PARTS)
def test_every_column_adds_up_and_none_is_crowded(parts: list[Part]) -> None:
    chart, total = drawn(parts, titles=CALLS), sum(part.cents for part in parts)
    if not total:
        assert chart is None
        return
    assert chart is not None
    assert column_sums(chart) == [total] * 3
    assert all(0 < len(column) <= SHOWN for column in chart.columns)
    assert all(flow.cents > 0 for flow in chart.flows)


def test_what_is_small_is_drawn_together() -> None:
    codes = sorted(COUNTRIES)[: SHOWN + 1]
    parts = [Part(("call1", "green", code), 100 + n) for n, code in enumerate(codes)]
    chart = drawn(parts, titles=CALLS)
    assert chart is not None
    largest = [COUNTRIES[code] for code in codes[:1:-1]]
    assert [node.label for node in chart.columns[2]] == [*largest, "Others"]
    assert chart.values["2:other"] == 201
    one_less = drawn(parts[1:], titles=CALLS)
    assert one_less is not None
    assert "2:other" not in one_less.values


@pytest.mark.django_db
def test_the_chart_of_a_grant_adds_up_to_its_committed_support() -> None:
    """One voucher paid and recovered in part, one untouched, one cancelled."""
    voucher = claims.a_claimable_voucher()
    sme_call, grant = voucher.application.sme_call, voucher.grant
    claims.recover(claims.a_paid(voucher), cents=50_000)
    untouched, cancelled = an_issued_voucher(of=sme_call), an_issued_voucher(of=sme_call)
    holder = the_holder(cancelled)
    vouchers.cancel(voucher_id=cancelled.pk, actor=holder, at=SIGNING, reason="No need.")
    assert grant.book is not None
    with CaptureQueriesContext(connection) as asked:
        chart = where_vouchers_went(grant)
    assert len(asked) == 2
    assert chart is not None
    committed = ledger.share_figures(grant.book).committed.sme
    assert committed == voucher.value_cents - 50_000 + untouched.value_cents
    assert column_sums(chart) == [committed] * 3


@pytest.mark.django_db
def test_the_page_of_a_grant_shows_it_with_the_same_figures_as_a_table() -> None:
    voucher = an_issued_voucher()
    page = get(officer(voucher.grant.call, "AO"), "grant_detail", voucher.grant.pk, at=SIGNING)
    assert "Where the vouchers went, EUR committed" in page
    assert "Same figures as a table" in page
    title = voucher.application.sme_call.title
    kind, value = voucher.get_kind_display(), formats.money(voucher.value_cents)
    assert f'<th scope="row">{title}</th><td>{kind}</td><td class="num">{value}</td>' in page
    other = granted.an_active_grant()
    page = get(officer(other.call, "AO"), "grant_detail", other.pk, at=SIGNING)
    assert "Where the vouchers went" not in page
