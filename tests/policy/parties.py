"""Organisations and what belongs to people.

The organisation asked for here belongs to the applicant alone and takes part in nothing, so that
no office reaches it; what offices reach is tested in tests/parties/views.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from core import mail
from core.models import Mail
from tests.factories.parties import (
    AT,
    FUNCTIONS,
    a_bank_account,
    a_link,
    a_person,
    an_invitation,
    an_organisation,
)
from tests.policy.row import PUBLIC, SIGNED_IN, Row

if TYPE_CHECKING:
    from parties.models import Organisation

APPLICANT = {"applicant"}


def own(world: Any) -> Organisation:
    """An organisation of the applicant alone."""
    return an_organisation(representative=world.applicant)


def a_token(world: Any) -> str:
    """What stands in the mail of an invitation."""
    invitation = an_invitation(own(world), email="policy@example.org")
    text = Mail.objects.filter(to_email=invitation.email).latest("written_at", "pk").text
    found = re.search(r"/invitations/([\w-]+)/", text)
    assert found
    return found[1]


def a_membership(world: Any) -> list[Any]:
    """Of somebody else, in the applicant's organisation."""
    from parties.actions.membership import grant

    given = grant(
        organisation_id=own(world).pk,
        person_id=a_person().pk,
        function=FUNCTIONS.MEMBER,
        actor=world.applicant,
        at=AT,
    )
    return [given.pk]


def a_mail(world: Any) -> list[Any]:
    """To the applicant."""
    key = f"policy-{Mail.objects.count()}"
    mail.send(
        world.applicant,
        subject=key,
        template="mail/parties/account/notice",
        context={"sentence": "A word."},
        key=key,
        at=AT,
    )
    return [Mail.objects.get(subject=key).pk]


ROWS = [
    Row("parties:organisation_list", SIGNED_IN),
    Row("parties:organisation_register", SIGNED_IN),
    Row("parties:organisation_detail", APPLICANT, arguments=lambda w: [own(w).pk]),
    Row("parties:organisation_change", APPLICANT, arguments=lambda w: [own(w).pk]),
    Row("parties:bank_account_propose", APPLICANT, arguments=lambda w: [own(w).pk]),
    Row("parties:membership_invite", APPLICANT, arguments=lambda w: [own(w).pk]),
    Row("parties:link_declare", APPLICANT, arguments=lambda w: [own(w).pk]),
    Row(
        "parties:link_end",
        APPLICANT,
        method="post",
        arguments=lambda w: [a_link(own(w), an_organisation()).pk],
    ),
    Row("parties:membership_revoke", APPLICANT, method="post", arguments=a_membership),
    Row("parties:bank_account_list", {"finance_officer", "call_finance_officer"}),
    Row("parties:bank_account_detail", APPLICANT, arguments=lambda w: [a_bank_account(own(w)).pk]),
    Row(
        "parties:bank_account_do",
        APPLICANT,
        method="post",
        arguments=lambda w: [a_bank_account(own(w)).pk, "withdraw"],
    ),
    Row(
        "parties:invitation_do",
        APPLICANT,
        method="post",
        arguments=lambda w: [an_invitation(own(w)).pk, "withdraw"],
    ),
    Row("parties:invitation_open", PUBLIC, arguments=lambda w: [a_token(w)]),
    Row("parties:invitation_accept", SIGNED_IN, method="post", arguments=lambda w: [a_token(w)]),
    Row("parties:person_detail", SIGNED_IN),
    Row("parties:person_close", SIGNED_IN, method="post"),
    Row("parties:expert_edit", SIGNED_IN),
    Row("parties:employment_add", SIGNED_IN),
    Row("parties:mail_list", SIGNED_IN),
    Row("parties:mail_detail", APPLICANT, arguments=a_mail),
    Row("parties:outbox_list", set()),
    Row("parties:outbox_detail", set(), arguments=a_mail),
    Row("parties:typed_resume", SIGNED_IN),
]
