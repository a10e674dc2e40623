from django.urls import path

from grants.views import annex, budget, partner, proposal, section, version

urlpatterns = [
    path("calls/<str:identifier>/apply/", proposal.proposal_begin, name="proposal_begin"),
    path("proposals/", proposal.proposal_list, name="proposal_list"),
    path("proposals/<uuid:pk>/", proposal.proposal_page, name="proposal_page"),
    path("proposals/<uuid:pk>/general/", proposal.proposal_describe, name="proposal_describe"),
    path("proposals/<uuid:pk>/parts/<slug:code>/", section.section_edit, name="section_edit"),
    path("proposals/<uuid:pk>/files/", annex.annex_list, name="annex_list"),
    path("proposals/<uuid:pk>/files/add/<slug:code>/", annex.annex_add, name="annex_add"),
    path("proposals/<uuid:pk>/files/<uuid:annex_id>/", annex.annex_file, name="annex_file"),
    path(
        "proposals/<uuid:pk>/files/<uuid:annex_id>/remove/",
        annex.annex_remove,
        name="annex_remove",
    ),
    path("proposals/<uuid:pk>/partners/", partner.partner_list, name="partner_list"),
    path("proposals/<uuid:pk>/partners/invite/", partner.partner_invite, name="partner_invite"),
    path("proposals/<uuid:pk>/partners/add/", partner.partner_add, name="partner_add"),
    path(
        "proposals/<uuid:pk>/partners/<uuid:partner_id>/do/<slug:event>/",
        partner.partner_do,
        name="partner_do",
    ),
    path(
        "proposals/<uuid:pk>/partners/<uuid:partner_id>/confirm/",
        partner.partner_confirm,
        name="partner_confirm",
    ),
    path("proposals/<uuid:pk>/join/", partner.proposal_join, name="proposal_join"),
    path("proposals/<uuid:pk>/budget/", budget.budget_edit, name="budget_edit"),
    path("proposals/<uuid:pk>/submit/", proposal.proposal_submit, name="proposal_submit"),
    path("proposals/<uuid:pk>/do/<slug:event>/", proposal.proposal_do, name="proposal_do"),
    path("proposals/<uuid:pk>/versions/", version.version_list, name="version_list"),
    path("proposals/<uuid:pk>/versions/<int:number>/", version.version_page, name="version_page"),
    path(
        "proposals/<uuid:pk>/versions/<int:number>/receipt/",
        version.receipt_file,
        name="receipt_file",
    ),
    path("proposals/<uuid:pk>/outcome/", version.proposal_outcome, name="proposal_outcome"),
    path(
        "proposals/<uuid:pk>/letters/<uuid:letter_id>/open/",
        version.letter_open,
        name="letter_open",
    ),
    path(
        "proposals/<uuid:pk>/letters/<uuid:letter_id>/",
        version.letter_file,
        name="letter_file",
    ),
]
