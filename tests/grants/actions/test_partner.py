"""The consortium: who is asked, who joins, who confirms what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from core.errors import DomainError, NotAllowed, Refused
from core.models import Mail, Person
from grants.actions import annex, partner, proposal
from grants.models import Partner, Proposal
from grants.queries.proposal_content import legal_keys
from parties.actions import invitation
from tests.factories.grants import (
    DEADLINE,
    WRITING,
    a_call,
    a_cluster,
    a_complete_proposal,
    a_pdf,
    a_proposal,
    describe,
    the_applicant,
    the_partner,
)
from tests.factories.parties import a_link, a_member, a_person, an_organisation, the_representative

if TYPE_CHECKING:
    from parties.models import Organisation

pytestmark = pytest.mark.django_db


def token_sent_to(email: str) -> str:
    text = Mail.objects.filter(to_email=email).latest("written_at", "pk").text
    found = re.search(r"/invitations/([\w-]+)/", text)
    assert found
    return found[1]


def invited(made: Proposal, email: str = "partner@example.org") -> Partner:
    return partner.invite(
        made.pk, name="Tejido Verde", email=email, actor=the_applicant(made), at=WRITING
    )


def organisation_of(row: Partner) -> Organisation:
    assert row.organisation is not None
    return row.organisation


def test_who_acts_for_one_organisation_joins_for_it_by_accepting() -> None:
    made = a_proposal()
    row = invited(made)
    person = a_person(email="partner@example.org")
    cluster = an_organisation(representative=person, country="ES")

    invitation.accept(token=token_sent_to("partner@example.org"), actor=person, at=WRITING)

    row.refresh_from_db()
    assert row.organisation == cluster
    assert Proposal.objects.of_member(person, on=WRITING.date()).get() == made


def test_who_acts_for_two_says_for_which() -> None:
    made = a_proposal()
    row = invited(made)
    person = a_person(email="partner@example.org")
    _first, second = (an_organisation(representative=person) for _ in range(2))
    invitation.accept(token=token_sent_to("partner@example.org"), actor=person, at=WRITING)
    row.refresh_from_db()
    undecided = row.organisation

    partner.join(made.pk, organisation=second, actor=person, at=WRITING)

    row.refresh_from_db()
    assert (undecided, row.organisation) == (None, second)


def test_nobody_joins_for_an_organisation_of_others() -> None:
    made = a_proposal()
    invited(made)
    person = a_person(email="partner@example.org")
    invitation.accept(token=token_sent_to("partner@example.org"), actor=person, at=WRITING)

    with pytest.raises(NotAllowed):
        partner.join(made.pk, organisation=a_cluster(), actor=person, at=WRITING)


def test_link_that_was_sent_again_replaces_the_first() -> None:
    made = a_proposal()
    row = invited(made)
    old = token_sent_to("partner@example.org")
    partner.invite_again(made.pk, partner_id=row.pk, actor=the_applicant(made), at=WRITING)
    person = a_person(email="partner@example.org")

    with pytest.raises(DomainError):
        invitation.accept(token=old, actor=person, at=WRITING)


def test_partner_that_has_joined_is_not_invited_again() -> None:
    made = a_complete_proposal()

    with pytest.raises(Refused, match="has joined already"):
        partner.invite_again(
            made.pk, partner_id=the_partner(made).pk, actor=the_applicant(made), at=WRITING
        )


def test_address_is_invited_once() -> None:
    made = a_proposal()
    invited(made)

    with pytest.raises(DomainError, match="invited already"):
        invited(made, "PARTNER@example.org")


def test_organisation_stands_in_a_consortium_once() -> None:
    made = a_complete_proposal()

    with pytest.raises(DomainError, match="in the consortium already"):
        partner.add(
            made.pk,
            organisation=organisation_of(the_partner(made)),
            actor=the_applicant(made),
            at=WRITING,
        )


def test_coordinator_cannot_be_taken_out() -> None:
    made = a_complete_proposal()

    with pytest.raises(Refused, match="coordinator cannot leave"):
        partner.remove(
            made.pk, partner_id=the_partner(made, 1).pk, actor=the_applicant(made), at=WRITING
        )


def test_partner_is_taken_out_with_its_budget() -> None:
    made = a_complete_proposal()

    partner.remove(made.pk, partner_id=the_partner(made).pk, actor=the_applicant(made), at=WRITING)

    assert [row.position for row in made.partners.order_by("position")] == [1, 3]


def test_partner_confirms_for_itself_only() -> None:
    made = a_complete_proposal()
    second, third = the_partner(made, 2), the_partner(made, 3)

    with pytest.raises(NotAllowed):
        partner.confirm(
            made.pk,
            partner_id=third.pk,
            share_cents=partner.share_of(third),
            actor=the_representative(organisation_of(second)),
            at=WRITING,
        )


def test_member_who_only_looks_writes_nothing() -> None:
    made = a_complete_proposal()
    reader = a_member(organisation_of(the_partner(made, 1)))

    with pytest.raises(NotAllowed):
        proposal.save_section(
            made.pk,
            part=made.call.section_templates.get(code="summary"),
            text="x",
            revision=1,
            actor=reader,
            at=WRITING,
        )


def test_coordinator_only_changes_the_consortium_and_the_files() -> None:
    made = a_complete_proposal()
    second = the_representative(organisation_of(the_partner(made)))

    with pytest.raises(NotAllowed):
        partner.invite(made.pk, name="X", email="x@example.org", actor=second, at=WRITING)
    with pytest.raises(NotAllowed):
        annex.add(
            made.pk,
            kind=made.call.annex_kinds.get(code="part-b"),
            upload=("b.pdf", a_pdf(), "application/pdf"),
            actor=second,
            at=WRITING,
        )


def test_branches_of_one_organisation_have_one_key() -> None:
    made = a_complete_proposal()
    head, branch = the_partner(made, 1), the_partner(made, 2)
    a_link(organisation_of(head), organisation_of(branch))

    keys = legal_keys(list(made.partners.order_by("position")), on=WRITING.date())

    assert keys[head.pk] == keys[branch.pk]
    assert len(set(keys.values())) == 2


def test_locked_pdf_is_refused() -> None:
    made = a_proposal()

    with pytest.raises(DomainError, match="cannot be opened"):
        annex.add(
            made.pk,
            kind=made.call.annex_kinds.get(code="part-b"),
            upload=("b.pdf", b"%PDF-1.4 broken", "application/pdf"),
            actor=the_applicant(made),
            at=WRITING,
        )


def test_file_is_replaced_and_the_sealed_one_stays() -> None:
    made = a_complete_proposal()
    first = made.annexes.get()
    actor = the_applicant(made)

    replaced = annex.add(
        made.pk,
        kind=first.kind,
        upload=("b2.pdf", a_pdf(pages=2, text="Second"), "application/pdf"),
        actor=actor,
        at=WRITING,
    )

    assert (made.annexes.get(), replaced.pages) == (replaced, 2)
    assert replaced.document_id != first.document_id
    annex.remove(made.pk, annex_id=replaced.pk, actor=actor, at=WRITING)
    assert not made.annexes.exists()


def test_strand_of_another_call_is_refused() -> None:
    made, other = a_proposal(), a_call()

    with pytest.raises(DomainError, match="not part of this call"):
        proposal.describe(
            made.pk,
            acronym=made.acronym,
            title="",
            strand=other.strands.order_by("position")[0],
            objectives=[],
            duration_months=None,
            actor=the_applicant(made),
            at=WRITING,
        )


def test_call_that_is_over_takes_no_new_proposal() -> None:
    made = a_call()
    cluster = a_cluster()

    with pytest.raises(Refused, match="deadline of this call has passed"):
        proposal.draft(
            made.pk,
            organisation=cluster,
            acronym="LATE",
            actor=the_representative(cluster),
            at=DEADLINE.replace(microsecond=1),
        )


def test_proposal_is_begun_for_ones_own_organisation() -> None:
    made = a_call()

    with pytest.raises(NotAllowed):
        proposal.draft(made.pk, organisation=a_cluster(), acronym="X", actor=a_person(), at=WRITING)


def test_acronym_of_a_sibling_is_taken() -> None:
    call = a_call()
    first, second = a_proposal(of=call, acronym="ALDER"), a_proposal(of=call)
    second.acronym = "alder"

    with pytest.raises(DomainError, match="used in this call"):
        describe(second)
    assert first.acronym == "ALDER"
    assert Person.objects.filter(email="x@example.org").count() == 0
