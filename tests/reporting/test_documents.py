"""What is printed says what the records say, once, and the same bytes each time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import segno
from django.urls import reverse
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics

from core import documents, jobs
from core.models import Document, Job
from core.presentation.formats import eur, money
from grants.models import Letter, Payment
from reporting.documents import (
    agreement,
    evaluation_summary,
    letter,
    payment_order,
    receipt,
    voucher,
)
from reporting.pdf import paper
from tests.factories import grant as granted
from tests.factories.evaluation import a_final_consensus, an_awarded_call, an_evaluating_call
from tests.factories.grants import a_frozen_proposal, an_officer
from tests.factories.vouchers import an_issued_voucher

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
AT = datetime(2023, 9, 4, 9, 0, tzinfo=UTC)
# Letters of their own of the 24 official languages of the Union.
LETTERS = (
    "ĄąĆćĘęŁłŃńÓóŚśŹźŻż ΑαΒβΓγΔδΕεΖζΗηΘθΙιΚκΛλΜμΝνΞξΟοΠπΡρΣσςΤτΥυΦφΧχΨψΩωάέήίόύώϊϋΐΰ "
    "АаБбВвГгДдЕеЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЬьЮюЯя ÁÉÍÓÖŐÚÜŰáéíóöőúüű "
    "ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž ĖĮŲėįų ČĎĚŇŘŤŮÝčďěňřťůý ĽĹŔľĺŕ ĐđŠšŽž ĂÂÎȘȚăâîșț ĊĠĦŻċġħż "
    "ÄÖÜßäöü ÅÆØåæø ÕõÄä ÑñÇçÃãÊêÔôÀàÈèÌìÒòÙùŸÿŒœÏï €–“”’"
)


def words(content: bytes) -> str:
    """The text of a PDF in one line, as somebody reads it."""
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text)


def plain(text: object) -> str:
    return re.sub(r"\s+", " ", str(text))


def the_letter(text: str, subject: str = "Outcome") -> bytes:
    proposal = a_frozen_proposal()
    return letter.draw(
        Letter(
            call=proposal.call,
            proposal=proposal,
            kind="main_list",
            subject=subject,
            text=text,
            sent_at=AT,
            signed_by=an_officer(proposal.call, "AO"),
        )
    )


def test_a_receipt_carries_number_amount_and_fingerprint(media: None) -> None:
    version = a_frozen_proposal().version
    assert version is not None
    content = receipt.draw(version)
    text = words(content)
    assert version.receipt_number in text
    assert version.sha256 in text.replace(" ", "")
    assert plain(eur(version.requested_cents)) in text
    assert version.proposal.acronym in text
    assert "1 000.000" not in text
    assert content == receipt.draw(version)


def test_an_agreement_names_every_partner_with_its_money(media: None) -> None:
    grant = granted.a_ready_grant()
    content = agreement.draw(grant)
    text = words(content)
    assert grant.number in text
    assert plain(eur(grant.grant_max_cents)) in text
    for partner in granted.partners(grant):
        assert partner.organisation.legal_name in text
        assert plain(money(partner.sme_planned_cents)) in text
    least = grant.grant_max_cents - grant.grant_max_cents // 4
    assert plain(eur(least)) in text
    assert content == agreement.draw(grant)


def test_a_payment_order_names_three_people_account_and_amount(media: None) -> None:
    granted.a_funded_grant()
    payment = Payment.objects.exclude(sender=None).get()
    content = payment_order.draw(payment, sent="Thu 15 Sep 2022")
    text = words(content)
    for part in (payment.end_to_end_id, payment.holder, "Thu 15 Sep 2022"):
        assert part in text
    assert payment.iban in text.replace(" ", "")
    assert plain(eur(payment.amount_cents)) in text
    for person in (payment.preparer, payment.approver, payment.sender):
        assert str(person) in text
    assert content == payment_order.draw(payment, sent="Thu 15 Sep 2022")


def test_a_voucher_carries_number_value_holder_and_both_signatures(media: None) -> None:
    one = an_issued_voucher()
    content = voucher.draw(one)
    text = words(content)
    assert one.number in text
    assert plain(eur(one.value_cents)) in text
    assert one.organisation.legal_name in text
    assert str(one.holder_signed_by) in text
    assert str(one.consortium_signed_by) in text
    assert len(PdfReader(BytesIO(content)).pages) == 1
    assert content == voucher.draw(one)


def test_the_square_code_of_a_voucher_is_its_scan_address(media: None, settings: Any) -> None:
    one = an_issued_voucher()
    address = voucher.verify_url(one)
    assert address == f"{settings.SITE_URL}{reverse('vouchers:voucher_scan', args=[one.code])}"
    modules = [list(line) for line in segno.make(address, error="m").matrix]
    assert voucher.SquareCode(address).matrix == modules
    step = voucher.CODE_SIDE / len(modules)
    drawn = PdfReader(BytesIO(voucher.draw(one))).pages[0].get_contents()
    assert drawn is not None
    square = re.compile(rb"(\S+) (\S+) (\S+) (\S+) re")
    dark = {
        (round(float(x) / step), len(modules) - 1 - round(float(y) / step))
        for x, y, width, _height in square.findall(drawn.get_data())
        if abs(float(width) - step) < 0.01
    }
    assert dark == {(x, y) for y, line in enumerate(modules) for x, on in enumerate(line) if on}


def test_the_evaluation_summary_names_no_expert(media: None) -> None:
    _call, (won, _behind) = an_evaluating_call(2)
    consensus = a_final_consensus(won, "4")
    content = evaluation_summary.draw(consensus)
    text = words(content)
    assert won.reference in text
    assert evaluation_summary.plain(consensus.total) in text
    for mark in consensus.marks.select_related("criterion"):
        assert mark.criterion.name in text
        assert plain(mark.comment) in text
    experts = [report.expert for report in won.reports.select_related("expert")]
    assert len(experts) >= 3
    for expert in experts:
        for secret in (expert.full_name, expert.email, expert.full_name.split()[-1]):
            assert secret.encode() not in content
            assert secret not in text
    assert content == evaluation_summary.draw(consensus)


def test_a_letter_prints_what_was_written_in_any_language_of_the_union(media: None) -> None:
    said = "Łódź żółć\n\nΕλληνική Δημοκρατία\n\nРепублика България"
    text = words(the_letter(said, subject="<b>Outcome</b> & reasons"))
    assert "<b>Outcome</b> & reasons" in text
    for line in said.split("\n\n"):
        assert line in text


def test_the_fonts_have_the_letters_of_all_languages_of_the_union() -> None:
    for name in ("Inter", "Inter-SemiBold"):
        face = pdfmetrics.getFont(name).face  # type: ignore[attr-defined]  # not in the stub
        assert [sign for sign in LETTERS if ord(sign) not in face.charToGlyph] == []
    assert paper.BODY.fontName == "Inter"


def the_job(kind: str, payload: dict[str, str]) -> Job:
    return jobs.enqueue(kind, key=f"{kind}:once", payload=payload, at=AT)


def printed_receipt() -> tuple[str, dict[str, str]]:
    version = a_frozen_proposal().version
    assert version is not None
    return "proposal_receipt", {"version": str(version.pk)}


def printed_summary() -> tuple[str, dict[str, str]]:
    _call, (won, _behind) = an_evaluating_call(2)
    return "evaluation_summary_report", {"consensus": str(a_final_consensus(won, "4").pk)}


def printed_voucher() -> tuple[str, dict[str, str]]:
    return "voucher", {"voucher": str(an_issued_voucher().pk)}


def printed_order() -> tuple[str, dict[str, str]]:
    granted.a_funded_grant()
    return "payment_order", {"payment": str(Payment.objects.exclude(sender=None).get().pk)}


def printed_agreement() -> tuple[str, dict[str, str]]:
    return "grant_agreement", {"grant": str(granted.an_unprinted_grant().pk)}


def printed_letter() -> tuple[str, dict[str, str]]:
    an_awarded_call(["4"])
    return "letter", {"letter": str(Letter.objects.get().pk)}


def test_an_agreement_that_is_printed_stays(media: None) -> None:
    grant = granted.a_ready_grant()
    assert jobs.run(the_job("grant_agreement", {"grant": str(grant.pk)}).pk)
    assert Document.objects.get(kind="grant_agreement") == grant.agreement


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (printed_agreement, "grant_agreement"),
        (printed_letter, "letter"),
        (printed_receipt, "proposal_receipt"),
        (printed_summary, "evaluation_summary_report"),
        (printed_voucher, "voucher"),
        (printed_order, "payment_order"),
    ],
)
def test_two_workers_at_one_job_print_one_document(
    what: Callable[[], tuple[str, dict[str, str]]],
    kind: str,
    media: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, prints = the_job(*what()), jobs._handlers[kind]

    def slowly(row: Job) -> jobs.LastStep | None:
        last_step = prints(row)
        if row.attempts == 1:
            Job.objects.filter(pk=row.pk).update(lease_until=AT)
            assert jobs.run(row.pk)
        return last_step

    monkeypatch.setitem(jobs._handlers, kind, slowly)
    assert not jobs.run(row.pk)
    row.refresh_from_db()
    assert row.result is not None
    assert words(documents.read(row.result))
    assert Document.objects.get(kind=kind) == row.result
