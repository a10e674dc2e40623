"""The front is for everybody, the home for whoever has signed in; both show only one's own."""

from tests.policy.row import PUBLIC, SIGNED_IN, Row

ROWS = [
    Row("workflows:front_page", PUBLIC),
    Row("workflows:home_page", SIGNED_IN),
    Row("workflows:waiting_list", SIGNED_IN),
]
