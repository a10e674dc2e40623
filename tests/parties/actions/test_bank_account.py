from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail, Person
from parties.actions import bank_account as act
from parties.actions import membership
from parties.models import BankAccount
from parties.queries import payable_account
from parties.rules import banking, specimens
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_bank_account,
    a_member,
    a_validated_account,
    an_organisation,
    the_representative,
)

pytestmark = pytest.mark.django_db
S = BankAccount.State
KOSOVAR = specimens.iban("XK", 1)
LATER = AT + timedelta(days=30)


def test_propose_reads_the_account_and_tells_all_who_handle_the_money() -> None:
    of = an_organisation()
    treasurer = a_member(of, function=FUNCTIONS.FINANCIAL_SIGNATORY)
    a_member(of)
    account = act.propose(
        organisation_id=of.pk,
        holder=" Example Weavers ",
        iban="BE71 0961 2345 6769",
        bic="",
        actor=treasurer,
        at=AT,
    )
    assert (account.iban, account.bic) == ("BE71096123456769", "GKCCBEBB")
    assert (account.holder, account.state) == ("Example Weavers", S.PROPOSED)
    told = set(Mail.objects.values_list("to_email", flat=True))
    assert told == {treasurer.email, the_representative(of).email}
    assert [move.event for move in account.transitions.all()] == ["begin"]


@pytest.mark.parametrize(
    ("iban", "bic", "field", "words"),
    [
        ("BE71 0961 2345 6760", "", "iban", "check digits do not match"),
        ("BE71", "", "iban", "“BE71” is not a valid IBAN"),
        ("BE71 0961 2345 6769", "DEUTDEFF", "bic", "bank of another country"),
        ("BE71 0961 2345 6769", "GKCC", "bic", "8 or 11 characters"),
    ],
)
def test_propose_a_wrong_account_names_the_field(
    iban: str, bic: str, field: str, words: str
) -> None:
    of = an_organisation()
    with pytest.raises(DomainError, match=words) as refused:
        act.propose(
            organisation_id=of.pk,
            holder="x",
            iban=iban,
            bic=bic,
            actor=the_representative(of),
            at=AT,
        )
    assert refused.value.field == field
    assert not BankAccount.objects.exists()


def test_propose_asks_for_the_bic_that_no_register_knows() -> None:
    of = an_organisation(country="XK")
    assert banking.bic_known(KOSOVAR) == ""
    with pytest.raises(DomainError, match="do not know the BIC") as refused:
        act.propose(
            organisation_id=of.pk,
            holder="x",
            iban=KOSOVAR,
            bic="",
            actor=the_representative(of),
            at=AT,
        )
    assert refused.value.field == "bic"


def test_propose_a_second_while_one_waits_is_refused() -> None:
    of = an_organisation()
    a_bank_account(of)
    with pytest.raises(DomainError, match="waits for validation"):
        a_bank_account(of)


def test_propose_by_a_plain_member_is_not_allowed() -> None:
    of = an_organisation()
    with pytest.raises(NotAllowed):
        act.propose(
            organisation_id=of.pk,
            holder="x",
            iban="BE71096123456769",
            bic="",
            actor=a_member(of),
            at=AT,
        )


def test_first_account_is_payable_on_the_day_of_its_validation(accountant: Person) -> None:
    of = an_organisation()
    account = a_validated_account(of, officer=accountant)
    assert (account.validated_by, account.validated_at) == (accountant, AT)
    assert payable_account(of, on_date=AT.date()) == account
    assert payable_account(of.pk, on_date=AT.date() - timedelta(days=1)) is None


def test_change_of_account_pays_nothing_during_its_cooling_days(accountant: Person) -> None:
    of = an_organisation()
    old = a_validated_account(of, officer=accountant)
    new = a_validated_account(of, officer=accountant, at=LATER)
    old.refresh_from_db()
    assert old.state == S.REPLACED
    assert new.usable_from == date(2021, 11, 13)
    assert payable_account(of, on_date=date(2021, 11, 12)) is None
    assert payable_account(of, on_date=date(2021, 11, 13)) == new
    assert of.bank_accounts.count() == 2


def test_same_account_again_is_refused(accountant: Person) -> None:
    of = an_organisation()
    account = a_validated_account(of, officer=accountant)
    with pytest.raises(DomainError, match="paid to this account already"):
        a_bank_account(of, iban=account.iban)


def test_proposer_never_validates_even_with_the_office(accountant: Person) -> None:
    of = an_organisation()
    a_member(of, function=FUNCTIONS.FINANCIAL_SIGNATORY, person=accountant)
    account = act.propose(
        organisation_id=of.pk,
        holder="x",
        iban="BE71096123456769",
        bic="",
        actor=accountant,
        at=AT,
    )
    with pytest.raises(NotAllowed):
        act.validate(account_id=account.pk, actor=accountant, at=AT)
    [own] = accountant.memberships.all()
    membership.revoke(membership_id=own.pk, actor=accountant, at=AT)
    with pytest.raises(Refused, match="You proposed this account"):
        act.validate(account_id=account.pk, actor=accountant, at=AT)
    account.refresh_from_db()
    assert account.state == S.PROPOSED


def test_member_of_the_organisation_never_validates(accountant: Person) -> None:
    of = an_organisation()
    a_member(of, person=accountant)
    account = a_bank_account(of)
    with pytest.raises(NotAllowed):
        act.validate(account_id=account.pk, actor=accountant, at=AT)


def test_nobody_validates_without_the_office(no_offices: None) -> None:
    del no_offices
    account = a_bank_account(an_organisation())
    with pytest.raises(NotAllowed):
        act.validate(account_id=account.pk, actor=a_member(an_organisation()), at=AT)


def test_second_click_on_validate_reads_that_it_is_done(accountant: Person) -> None:
    account = a_validated_account(an_organisation(), officer=accountant)
    with pytest.raises(Refused, match="is now: validated"):
        act.validate(account_id=account.pk, actor=accountant, at=AT)


def test_second_click_on_validate_of_a_change_replaces_nothing(accountant: Person) -> None:
    of = an_organisation()
    a_validated_account(of, officer=accountant)
    new = a_validated_account(of, officer=accountant, at=LATER)
    with pytest.raises(Refused):
        act.validate(account_id=new.pk, actor=accountant, at=LATER)
    new.refresh_from_db()
    assert new.state == S.VALIDATED


def test_refuse_needs_a_reason_and_sends_it(accountant: Person) -> None:
    of = an_organisation()
    account = a_bank_account(of)
    with pytest.raises(DomainError, match="Say why"):
        act.refuse(account_id=account.pk, actor=accountant, at=AT, reason=" ")
    act.refuse(account_id=account.pk, actor=accountant, at=AT, reason="Another holder.")
    account.refresh_from_db()
    assert account.state == S.REFUSED
    assert (
        "Another holder."
        in Mail.objects.order_by("written_at", "pk").filter(subject__contains="refused").get().text
    )
    assert account.transitions.get(event="refuse").reason == "Another holder."


def test_withdrawn_proposal_makes_room_for_another() -> None:
    of = an_organisation()
    account = a_bank_account(of)
    act.withdraw(account_id=account.pk, actor=the_representative(of), at=AT)
    assert a_bank_account(of).state == S.PROPOSED


def test_block_by_the_organisation_stops_payments_at_once(accountant: Person) -> None:
    of = an_organisation()
    account = a_validated_account(of, officer=accountant)
    act.block(
        account_id=account.pk, actor=the_representative(of), at=AT, reason="We did not ask for it."
    )
    assert payable_account(of, on_date=AT.date()) is None
    assert act.EVENTS.keys() == {"validate", "refuse", "withdraw", "block"}


def test_account_after_a_blocked_one_is_a_change(accountant: Person) -> None:
    of = an_organisation()
    account = a_validated_account(of, officer=accountant)
    act.block(account_id=account.pk, actor=accountant, at=AT, reason="Phishing.")
    new = a_validated_account(of, officer=accountant)
    assert new.usable_from == date(2021, 10, 14)


def test_unknown_account_is_not_allowed(accountant: Person) -> None:
    with pytest.raises(NotAllowed):
        act.validate(account_id=accountant.pk, actor=accountant, at=AT)


def test_database_refuses_a_validation_without_two_persons_and_its_facts() -> None:
    account = a_bank_account(an_organisation())
    rows = BankAccount.objects.filter(pk=account.pk)
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        rows.update(validated_by=account.proposed_by)


def test_database_keeps_one_validated_account_an_organisation(accountant: Person) -> None:
    account = a_validated_account(an_organisation(), officer=accountant)
    columns = [str(field.column) for field in BankAccount._meta.concrete_fields]
    values = [f"'{account.proposed_by_id.hex}'" if c == "id" else c for c in columns]
    copy = (
        f"INSERT INTO parties_bankaccount ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM parties_bankaccount"
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)
    assert BankAccount.objects.count() == 1


@pytest.mark.parametrize(
    "edit",
    [
        "iban = 'XX'",
        "bic = 'XX'",
        "holder = 'Somebody else'",
        "validated_by_id = NULL",
        "usable_from = '2021-01-01'",
    ],
)
def test_database_refuses_to_edit_an_account_in_any_way(accountant: Person, edit: str) -> None:
    account = a_validated_account(an_organisation(), officer=accountant)
    with (
        pytest.raises(IntegrityError, match="not edited"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE parties_bankaccount SET {edit}")
    account.refresh_from_db()
    assert str(account).replace(" ", "") == account.iban


@pytest.mark.parametrize(
    "table",
    ["core_person", "parties_organisation", "parties_bankaccount", "parties_membership"],
)
def test_database_refuses_to_delete_people_organisations_and_accounts(table: str) -> None:
    a_bank_account(an_organisation())
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
