"""Whoever owns the database changes something behind every guard: it is found, and named."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ledger import api
from ledger.actions.checkpoint import take_checkpoint
from ledger.models import Checkpoint, Entry, Event
from ledger.rules import chain
from tests.factories.ledger import AT
from tests.ledger import evidence
from tests.ledger.tampering import Edit, Owner, an_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tests.databases import TemplateDatabase

ENTRY = "UPDATE ledger_entry SET"
REST = "UPDATE ledger_account SET balance = %s, version = %s, head = %s, last_at = %s WHERE id = %s"
EDITS = int(os.environ.get("TRELLIS_TAMPER", "200"))
SEED = int(os.environ.get("TRELLIS_SEED", "1"))


@pytest.fixture(scope="module")
def owner(django_db_setup: TemplateDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Owner]:
    """Two grants, two checkpoints and a little after them, in a database of their own."""
    with evidence.owned(django_db_setup, django_db_blocker):
        evidence.two_lives()
        owner = Owner()
        yield owner
        owner.close()


def complaint(edit: Edit) -> str | None:
    """Why the verifier was not good enough; None when it named the row."""
    found = api.invariants()
    if not found:
        return f"not found: {edit.name}"
    if not any(word in str(violation) for violation in found for word in edit.words):
        return f"not named: {edit.name}: {[str(v) for v in found[:4]]}, wanted {edit.words}"
    return None


def test_every_change_of_any_column_row_or_order_is_found_and_named(owner: Owner) -> None:
    assert api.invariants() == []
    chance, made, tables = random.Random(SEED), 0, set()
    complaints: list[str] = []
    while made < EDITS:
        edit = an_edit(owner, chance)
        if edit is None:
            continue
        with owner.changed(edit) as done:
            if done:
                made += 1
                tables.add(edit.name.split(".")[0].split(" ")[-1])
                complaints += filter(None, [complaint(edit)])
    assert complaints == [], "\n".join(complaints)
    assert tables == {t for t, model in owner.tables.items() if model._default_manager.exists()}
    assert api.invariants() == []


def rechained(*, since: int) -> list[tuple[str, list[object]]]:
    """The hashes of all entries of events from ``since`` on made anew, and the heads."""
    heads: dict[int, bytes] = {}
    made: list[tuple[str, list[object]]] = []
    entries = Entry.objects.select_related("posting__event__document", "account__book")
    for entry in entries.order_by("posting__event_id", "posting__leg_no", "-amount"):
        event, account = entry.posting.event, entry.account
        head = heads.get(account.pk) or chain.genesis(
            account.code,
            account.type,
            normal=account.normal,
            floor=account.min_balance,
            book_code=account.book.code,
        )
        signed = chain.Signed(
            idem=event.idem,
            kind=event.kind,
            document_sha256=event.document.sha256,
            effective_on=event.effective_on,
            at_us=chain.microseconds(event.at) + (event.pk == since),
            recorded_us=chain.microseconds(event.recorded_at),
            actor=event.actor_id,
            approver=event.approver_id,
            payload_sha256=event.payload_sha256,
        )
        heads[account.pk] = chain.link(
            head,
            chain.event_digest(signed),
            entry.posting.leg_no,
            entry.seq,
            entry.amount,
            entry.balance_after,
        )
        made.append(
            ("UPDATE ledger_entry SET hash = %s WHERE id = %s", [heads[account.pk], entry.pk])
        )
    for pk, head in heads.items():
        made.append(("UPDATE ledger_account SET head = %s WHERE id = %s", [head, pk]))
    return made


def later_by_a_microsecond(event: Event) -> Edit:
    """When an event was recorded, changed, with all hashes made anew from there on."""
    at = event.at + timedelta(microseconds=1)
    told = str(at.replace(tzinfo=None)) if connection.vendor == "sqlite" else at
    change = ("UPDATE ledger_event SET at = %s WHERE id = %s", [told, event.pk])
    return Edit("rechained", [change, *rechained(since=event.pk)], set())


def without_its_tail(event: Event) -> Edit:
    """The last event of its accounts gone, and the accounts as they were before it."""
    made: list[tuple[str, list[object]]] = []
    for entry in Entry.objects.filter(posting__event=event).select_related("account"):
        before = Entry.objects.get(account=entry.account, seq=entry.seq - 1)
        at = before.recorded_at
        told = str(at.replace(tzinfo=None)) if connection.vendor == "sqlite" else at
        values = [before.balance_after, before.seq, bytes(before.hash), told, entry.account_id]
        made.append((REST, values))
        made.append(("DELETE FROM ledger_entry WHERE id = %s", [entry.pk]))
    made.append(("DELETE FROM ledger_posting WHERE event_id = %s", [event.pk]))
    made.append(("DELETE FROM ledger_event WHERE id = %s", [event.pk]))
    return Edit("tail", made, set())


NO_CHECKPOINTS = Edit(
    "no checkpoints",
    [
        (f"DELETE FROM {table}", [])
        for table in ("ledger_checkpointhead", "ledger_checkpointrow", "ledger_checkpoint")
    ],
    set(),
)


@pytest.mark.parametrize("change", [later_by_a_microsecond, without_its_tail])
def test_what_is_consistent_in_itself_is_found_by_checkpoints_and_by_a_root_held_outside(
    change: Callable[[Event], Edit], owner: Owner, tmp_path: Path
) -> None:
    with owner.changed(Edit("nothing yet", [], set())):
        taken = take_checkpoint(at=AT + timedelta(days=2))
        assert taken is not None
        held = bytes(taken.root).hex()
        owner.apply(change(Event.objects.filter(kind="own_money_in").latest("pk")))
        found = api.invariants()
        assert {violation.rule for violation in found} == {"I20"}
        for account in ("P.BANK", "P.OWN"):
            assert any(f"/{account} entry" in violation.subject for violation in found)
        owner.apply(NO_CHECKPOINTS)
        assert api.invariants() == []  # nothing in the database contradicts itself
        take_checkpoint(at=AT + timedelta(days=3))
        assert api.invariants() == []
        found = api.invariants(held=[held])
        assert [violation.rule for violation in found] == ["I20"]
        assert held in found[0].subject
        folder = evidence.exported(tmp_path / "ledger")
        assert evidence.verified(folder)[0] == 0
        assert evidence.verified(folder, "--root", held)[0] == 1


# ------------------------------------------------------ since the last checkpoint


def since() -> str:
    out = StringIO()
    call_command("verify_ledger", since_checkpoint=True, stdout=out)
    return out.getvalue()


def test_what_is_new_is_looked_at_and_what_is_old_is_said_not_to_be(owner: Owner) -> None:
    entries = Entry.objects.count()
    new = entries - Checkpoint.objects.latest("n").entries
    assert new
    assert since().startswith(f"{new} entries since the last checkpoint hold")
    assert f"The {entries - new} older entries were not looked at." in since()
    del owner


NEW = "(SELECT MAX(id) FROM ledger_entry)"
POOLS = "(SELECT id FROM ledger_account WHERE type = 'B.POOL')"
OLD = f"(SELECT MIN(id) FROM ledger_entry WHERE seq = 1 AND account_id IN {POOLS})"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE ledger_entry SET amount = amount + 1 WHERE id = {NEW}",
        f"DELETE FROM ledger_entry WHERE id = {NEW}",
        "UPDATE ledger_event SET legs = 1, kind = 'interim' WHERE kind = 'own_money_in'",
        "UPDATE ledger_account SET balance = balance + 1 WHERE type = 'B.LAPSED'",
        "UPDATE ledger_account SET version = version - 1 WHERE type = 'B.AWARD'",
        "UPDATE ledger_account SET code = code || 'x' WHERE type = 'B.LAPSED'",
        "UPDATE ledger_checkpoint SET accounts = accounts + 1",
        "UPDATE ledger_book SET share_n = 2",
    ],
)
def test_a_change_after_the_last_checkpoint_or_of_an_account_is_found_at_once(
    statement: str, owner: Owner
) -> None:
    with owner.changed(Edit("one", [(statement, [])], set())) as done:
        assert done
        with pytest.raises(CommandError, match="violations; the first is"):
            since()


def test_a_change_before_it_is_for_the_whole_check(owner: Owner) -> None:
    old = f"UPDATE ledger_entry SET hash = %s WHERE id = {OLD}"
    with owner.changed(Edit("old", [(old, [bytes(32)])], set())) as done:
        assert done
        since()
        with pytest.raises(CommandError, match="I5: "):
            call_command("verify_ledger", stdout=StringIO())
        with pytest.raises(CommandError, match="the root you hold"):
            call_command("verify_ledger", since_checkpoint=True, root=["ab"], stdout=StringIO())
