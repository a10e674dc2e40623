"""Addresses of the ledger: of one grant, and of all that a person may see."""

from django.urls import path

from grants.views import ledger, ledger_book, ledger_lists

_OF = "grants/<uuid:pk>/ledger/"

urlpatterns = [
    path("grants/trial-balance/", ledger_lists.trial_balance_all, name="trial_balance_all"),
    path("grants/open-balances/", ledger_lists.open_balances_all, name="open_balances_all"),
    path(_OF, ledger.grant_ledger, name="grant_ledger"),
    path(f"{_OF}trial-balance/", ledger_lists.grant_trial, name="grant_trial"),
    path(f"{_OF}open-balances/", ledger_lists.grant_open_balances, name="grant_open_balances"),
    path(f"{_OF}bank/", ledger_book.grant_bank, name="grant_bank"),
    path(f"{_OF}bank/add/", ledger_book.bank_balance_add, name="bank_balance_add"),
    path(
        f"{_OF}bank/<int:balance_id>/paper/", ledger_book.grant_bank_paper, name="grant_bank_paper"
    ),
    path(f"{_OF}close/", ledger_book.period_close, name="period_close"),
    path(
        f"{_OF}close/<uuid:closing_id>/<slug:event>/",
        ledger_book.period_decide,
        name="period_decide",
    ),
    path(f"{_OF}events/<int:event_id>/", ledger.grant_ledger_event, name="grant_ledger_event"),
    path(
        f"{_OF}events/<int:event_id>/paper/",
        ledger.grant_ledger_document,
        name="grant_ledger_document",
    ),
    path(f"{_OF}accounts/<str:account>/", ledger.grant_account, name="grant_account"),
    path(
        f"{_OF}accounts/<str:account>/<str:key>/",
        ledger.grant_account_entries,
        name="grant_account_entries",
    ),
]
