from datetime import UTC, datetime, timedelta

import pytest

from parties.rules.days import day_of
from parties.rules.tokens import expires_at, fingerprint, is_expired

SENT = datetime(2021, 10, 4, 9, 0, tzinfo=UTC)


def test_invitation_lives_fourteen_days_to_the_instant() -> None:
    end = expires_at(SENT)
    assert end == datetime(2021, 10, 18, 9, 0, tzinfo=UTC)
    assert not is_expired(end, at=end)
    assert is_expired(end, at=end + timedelta(microseconds=1))


def test_invitation_of_no_days_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least a day"):
        expires_at(SENT, days=0)


def test_fingerprint_is_sha256_in_hexadecimal() -> None:
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(21, 59, 4), (22, 0, 5)], ids=["before midnight", "after"]
)
def test_day_is_that_of_brussels(hour: int, minute: int, day: int) -> None:
    assert day_of(datetime(2021, 10, 4, hour, minute, tzinfo=UTC)).day == day


def test_instant_without_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="zone"):
        day_of(datetime(2021, 10, 4, 9, 0, tzinfo=UTC).replace(tzinfo=None))
