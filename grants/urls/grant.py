"""Addresses of grants: the record, its signatures, its people, its money."""

from django.urls import path

from grants.views import grant, grant_money, grant_people, grant_signing

urlpatterns = [
    path("grants/", grant.grant_list, name="grant_list"),
    path("grants/prepare/<uuid:proposal_id>/", grant.grant_prepare, name="grant_prepare"),
    path("grants/invite/<uuid:proposal_id>/", grant.proposal_invite, name="proposal_invite"),
    path("grants/<uuid:pk>/", grant.grant_detail, name="grant_detail"),
    path("grants/<uuid:pk>/do/<slug:event>/", grant.grant_event, name="grant_event"),
    path("grants/<uuid:pk>/exclusion/", grant.grant_exclusion, name="grant_exclusion"),
    path("grants/<uuid:pk>/sign/", grant_signing.grant_sign, name="grant_sign"),
    path("grants/<uuid:pk>/files/<uuid:document_id>/", grant.grant_file, name="grant_file"),
    path("grants/<uuid:pk>/people/", grant_people.grant_people, name="grant_people"),
    path(
        "grants/<uuid:pk>/people/<uuid:role_id>/end/",
        grant_people.grant_role_end,
        name="grant_role_end",
    ),
    path("grants/<uuid:pk>/pay-partner/", grant_money.partner_pay, name="partner_pay"),
    path("grants/<uuid:pk>/settle/", grant_money.grant_settle, name="grant_settle"),
    path(
        "grants/partners/<uuid:pk>/declare/",
        grant_signing.beneficiary_declare,
        name="beneficiary_declare",
    ),
    path(
        "grants/partners/<uuid:pk>/accede/",
        grant_signing.beneficiary_accede,
        name="beneficiary_accede",
    ),
]
