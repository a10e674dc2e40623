import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import path

from core import clock
from core.lifecycle import Event
from core.presentation.parts import CallCard, Due, Fact, File, JobProgress, Row, Step, Task
from core.presentation.tables import Column, Table
from core.tags import GOOD, Tag

NOW = datetime(2021, 11, 26, 9, 0, tzinfo=UTC)
urlpatterns = [
    path("samples/<uuid:pk>/do/<str:event>/", lambda _request: HttpResponse(), name="sample_do")
]


def draw(source: str, **context: Any) -> str:
    with clock.standing_at(NOW):
        return " ".join(Template(source).render(Context(context)).split())


def test_a_thing_to_do_says_what_why_and_by_when() -> None:
    due = Due("Submit <AURORA>", "/p/", "One partner is missing", when=NOW + timedelta(days=4))
    html = draw("{% due_list items %}", items=[due])
    assert '<a class="tr-due__t" href="/p/">Submit &lt;AURORA&gt;</a>' in html
    assert '<span class="tr-soon">4 days left</span>' in html
    assert "Tue 30 Nov 2021, 10:00 Brussels" in html


def test_a_phrase_replaces_the_days_and_a_bar_shows_progress() -> None:
    due = Due("Read", "/", note="4 of 9 parts", done=4, total=9, tag=Tag(GOOD, "New"))
    html = draw("{% due_list items %}", items=[due])
    assert '<progress max="9" value="4" aria-label="Read">' in html
    assert '<span class="tr-mute">4 of 9 parts</span>' in html
    assert "govuk-tag--green" in html


def test_nothing_to_do_is_said() -> None:
    assert draw("{% due_list items %}", items=[]) == '<p class="tr-none">Nothing waits for you.</p>'
    assert "No claims." in draw("{% due_list items 'No claims.' %}", items=[])


def test_a_task_that_cannot_start_is_no_link() -> None:
    tasks = [Task("Budget", "/b/", done=True), Task("Send", status="Cannot start yet")]
    html = draw("{% task_list tasks %}", tasks=tasks)
    assert html.count("<a ") == 1
    assert "Cannot start yet" in html


def test_a_timeline_tells_its_shapes_in_words() -> None:
    steps = [Step("Signed", when=NOW), Step("Paid", kind="next"), Step("Returned", kind="bad")]
    html = draw("{% timeline steps %}", steps=steps)
    assert '<li class="is-done"><strong>Signed</strong>' in html
    assert '<span class="govuk-visually-hidden">to come: </span><strong>Paid' in html
    assert '<li class="is-bad"><span class="govuk-visually-hidden">went wrong: ' in html


def test_sums_stand_right_and_totals_under_a_line() -> None:
    items = [Fact("SMEs", "1.00", series="s1"), Fact("Grant", "2.00", total=True)]
    html = draw("{% facts items money=True %}", items=items)
    assert html.startswith('<dl class="tr-facts tr-facts--sum">')
    assert '<dd class="is-total">2.00</dd>' in html
    assert '<rect class="s1"' in html


def test_a_summary_row_names_what_its_link_changes() -> None:
    html = draw("{% summary rows %}", rows=[Row("Valid until", "x", "/change/", "Change")])
    assert 'Change<span class="govuk-visually-hidden"> Valid until</span>' in html


def test_a_file_shows_size_fingerprint_and_one_action() -> None:
    shown = File("a.pdf", 312_000, NOW, "PDF", "4be190c7" * 8, url="/f/", action="Open")
    html = draw("{% file shown %}", shown=shown)
    assert "PDF, 312\xa0kB".replace("\xa0", " ") in html
    assert "4be1 90c7" in html
    assert 'Open<span class="govuk-visually-hidden"> a.pdf</span>' in html


def test_long_work_shows_its_percent_and_steps() -> None:
    html = draw("{% job job %}", job=JobProgress(62, "25 s left", [Step("Read")]))
    assert "62 % done" in html
    assert 'max="100" value="62"' in html


def test_progress_has_a_sentence_and_a_bar() -> None:
    assert '<progress class="govuk-!-margin-top-2" max="9" value="4" aria-label="4 of 9">' in draw(
        "{% progress 4 9 '4 of 9' %}"
    )


def test_an_empty_table_says_so() -> None:
    table = Table("Claims", [Column("Claim")], [], none="No claim yet.")
    assert draw("{% table table %}", table=table) == '<p class="tr-none">No claim yet.</p>'


def test_a_table_sorts_through_the_address() -> None:
    table = Table("Claims", [Column("Claim", sort="n"), Column("x", hidden=True)], [["a", "b"]])
    request = RequestFactory().get("/?state=paid&page=2")
    html = draw("{% table table %}", table=table, request=request)
    assert '<a href="?state=paid&amp;sort=n">Claim</a>' in html
    assert '<span class="govuk-visually-hidden">x</span>' in html
    assert 'role="region" aria-label="Claims"' in html


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/?state=paid&page=2")
    page = Paginator(range(150), 50).page(2)
    html = draw("{% pagination page %}", page=page, request=request)
    assert 'href="?state=paid&amp;page=1" rel="prev"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pages() -> None:
    page = Paginator(range(3), 50).page(1)
    assert draw("{% pagination page %}", page=page, request=RequestFactory().get("/")) == ""


@override_settings(ROOT_URLCONF=__name__)
def test_each_move_is_a_form_and_one_button_at_most_is_filled() -> None:
    events = [Event("approve", "Approve"), Event("refuse", "Refuse"), Event("print", "Print")]
    html = draw(
        "{% event_buttons events 'sample_do' pk primary='approve' reasons='refuse'"
        " warnings='refuse' %}",
        events=events,
        pk=uuid.UUID(int=7),
        csrf_token="token",
    )
    assert f'action="/samples/{uuid.UUID(int=7)}/do/approve/"' in html
    assert html.count("csrfmiddlewaretoken") == 3
    assert html.count('<button class="govuk-button " ') == 1
    assert html.count('name="reason"') == 1
    assert '<button class="govuk-button govuk-button--warning" type="submit">Refuse' in html


def test_no_moves_are_no_buttons() -> None:
    assert draw("{% event_buttons events 'sample_do' 1 %}", events=[]) == ""


def test_a_call_says_for_whom_what_and_by_when() -> None:
    card = CallCard("For SMEs", "Green vouchers", "/c/", "Up to EUR 1", Tag(GOOD, "Open"), NOW)
    html = draw("{% call_list calls %}", calls=[card])
    assert '<h3><a href="/c/">Green vouchers</a></h3>' in html
    assert "Fri 26 Nov 2021, 10:00 Brussels" in html
