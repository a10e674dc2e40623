"""The files of an application: each beside its field, and none has to be chosen twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import clock
from tests.factories.parties import the_representative
from tests.factories.vouchers import APPLYING, a_complete_application, an_open_sme_call, an_upload

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_wrong_file_is_refused_beside_its_field_and_the_right_one_is_kept(
    client: Client,
) -> None:
    sme_call = an_open_sme_call()
    first, second = (
        sme_call.evidence_items.create(position=place, stage="application", title=title)
        for place, title in ((8, "Accounts"), (9, "Offer"))
    )
    one = a_complete_application(of=sme_call)
    client.force_login(the_representative(one.organisation))
    url = reverse("vouchers:application_files", args=[one.pk])
    wrong = SimpleUploadedFile("accounts.pdf", b"<html>")
    with clock.standing_at(APPLYING):
        answer = client.post(url, {f"file_{first.pk}": wrong, f"file_{second.pk}": an_upload()})
        empty = client.post(url, {"csrfmiddlewaretoken": "as a browser sends it"})
        added = client.post(url, {f"file_{first.pk}": an_upload()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_file_{first.pk}">Accounts: “accounts.pdf” is not one of' in page
    error = page.split(f'id="id_file_{first.pk}_error"')[1].split("</p>")[0]
    assert "“accounts.pdf” is not one of PDF, PNG, JPG, whatever its name says." in error
    assert "offer.pdf" in page
    assert empty.status_code == 422
    assert "Choose at least one file, then add it." in empty.content.decode()
    assert added.status_code == 302
    assert one.files.filter(replaced_at__isnull=True).count() == 2
