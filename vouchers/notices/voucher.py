"""Letters about vouchers: to sign, issued, ending soon, ended, suspended, revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.presentation.formats import day, eur
from vouchers.notices.letter import of_grant, of_sme, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vouchers.models import Voucher


def _to_holder(
    voucher: Voucher, *, subject: str, paragraphs: Sequence[str], key: str, at: datetime
) -> None:
    write(
        of_sme(voucher.organisation_id, at=at),
        subject=subject,
        paragraphs=paragraphs,
        path=f"/vouchers/{voucher.pk}/",
        key=f"{key}:{voucher.pk}",
        at=at,
    )


def waits_for_signatures(voucher: Voucher, *, at: datetime) -> None:
    """Ask both sides to sign the agreement."""
    people = [
        *of_sme(voucher.organisation_id, at=at),
        *of_grant(voucher.grant_id, "LSIGN", at=at),
    ]
    write(
        people,
        subject=_("Voucher %(number)s waits for signatures") % {"number": voucher.number},
        paragraphs=[_("Once both sides have signed the agreement, the voucher is issued.")],
        path=f"/vouchers/{voucher.pk}/",
        key=f"voucher-to-sign:{voucher.pk}",
        at=at,
    )


def issued(voucher: Voucher, *, at: datetime) -> None:
    """Tell the SME that the voucher can be used, and until when."""
    assert voucher.expires_on is not None, "an issued voucher has a last day"
    _to_holder(
        voucher,
        subject=_("Voucher %(number)s for up to %(value)s is yours")
        % {"number": voucher.number, "value": eur(voucher.value_cents)},
        paragraphs=[
            _("Use it by %(day)s. What is not claimed by then returns to the call.")
            % {"day": day(voucher.expires_on)},
            _("Choose a provider next. Work before the contract date cannot be paid."),
        ],
        key="voucher-issued",
        at=at,
    )


def provider_named(voucher: Voucher, *, at: datetime) -> None:
    """Ask the fund managers to confirm the provider."""
    write(
        of_grant(voucher.grant_id, "FM", at=at),
        subject=_("Voucher %(number)s: confirm the provider") % {"number": voucher.number},
        paragraphs=[
            _("%(sme)s wants to hire %(provider)s.")
            % {"sme": voucher.organisation.legal_name, "provider": voucher.provider}
        ],
        path=f"/vouchers/{voucher.pk}/",
        key=f"voucher-provider:{voucher.pk}:{at:%Y%m%d%H%M%S}",
        at=at,
    )


def provider_decided(voucher: Voucher, *, sentence: str, at: datetime) -> None:
    """Tell the SME whether its provider was confirmed."""
    _to_holder(
        voucher,
        subject=_("Voucher %(number)s: your provider") % {"number": voucher.number},
        paragraphs=[sentence],
        key=f"voucher-provider-decided:{at:%Y%m%d%H%M%S}",
        at=at,
    )


def ends_soon(voucher: Voucher, *, days: int, at: datetime) -> None:
    """The letter 30 and 7 days before the last day; each leaves once per last day."""
    assert voucher.expires_on is not None, "an issued voucher has a last day"
    left = (voucher.expires_on - at.date()).days
    _to_holder(
        voucher,
        subject=ngettext(
            "Voucher %(number)s ends in %(days)s day",
            "Voucher %(number)s ends in %(days)s days",
            left,
        )
        % {"number": voucher.number, "days": left},
        paragraphs=[
            _("Its last day is %(day)s. What is not claimed by then returns to the call.")
            % {"day": day(voucher.expires_on)},
            _("If you need longer, write to the fund manager before that day."),
        ],
        key=f"voucher-ends-{days}-{voucher.expires_on}",
        at=at,
    )


def ended(voucher: Voucher, *, rest: int, reason: str, at: datetime) -> None:
    """Tell the SME that the voucher is over and what was released."""
    _to_holder(
        voucher,
        subject=_("Voucher %(number)s is over") % {"number": voucher.number},
        paragraphs=[
            reason,
            _("%(rest)s that was not used returned to the call. What was paid stays paid.")
            % {"rest": eur(rest)},
        ],
        key="voucher-ended",
        at=at,
    )


def changed(voucher: Voucher, *, subject: str, sentence: str, at: datetime) -> None:
    """Tell the SME about an extension, a suspension or its end."""
    _to_holder(
        voucher,
        subject=subject,
        paragraphs=[sentence],
        key=f"voucher-changed:{at:%Y%m%d%H%M%S}",
        at=at,
    )
