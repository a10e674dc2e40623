from datetime import UTC, date, datetime, timedelta

import pytest

from core.presentation.due import Urgency, left, urgency

NOW = datetime(2021, 11, 26, 9, 0, tzinfo=UTC)
NB = "\u00a0"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2021, 11, 26), Urgency("today", "soon")),
        (date(2021, 11, 27), Urgency("1 day left", "soon")),
        (date(2021, 12, 3), Urgency("7 days left", "soon")),
        (date(2021, 12, 4), Urgency("8 days left", "")),
        (date(2021, 11, 25), Urgency("1 day late", "late")),
        (NOW + timedelta(hours=2), Urgency("today", "soon")),
        (NOW, Urgency("today", "soon")),
        (NOW - timedelta(minutes=5), Urgency(f"5{NB}min 00{NB}s late", "late")),
        (NOW - timedelta(days=3), Urgency("3 days late", "late")),
    ],
)
def test_urgency_says_how_long_is_left_and_in_which_tone(due: date, expected: Urgency) -> None:
    assert urgency(due, now=NOW) == expected


def test_days_are_counted_in_the_house_zone() -> None:
    midnight_brussels = datetime(2021, 11, 26, 23, 0, tzinfo=UTC)
    assert urgency(midnight_brussels, now=NOW).words == "1 day left"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(days=4, hours=6), Urgency(f"4 days 6{NB}h", "")),
        (timedelta(hours=1, seconds=1), Urgency(f"1{NB}h 00{NB}min", "")),
        (timedelta(hours=1), Urgency(f"1{NB}h 00{NB}min", "soon")),
        (timedelta(minutes=41, seconds=8), Urgency(f"41{NB}min 08{NB}s", "soon")),
        (timedelta(0), Urgency(f"0{NB}min 00{NB}s", "soon")),
        (timedelta(milliseconds=-1), Urgency("over", "late")),
    ],
)
def test_time_left_warns_in_the_last_hour(span: timedelta, expected: Urgency) -> None:
    assert left(NOW + span, now=NOW) == expected


def test_a_quiet_urgency_is_muted() -> None:
    assert [Urgency("x", tone).css for tone in ("", "soon", "late")] == [
        "tr-mute",
        "tr-soon",
        "tr-late",
    ]
