from django.urls import path

from vouchers.views import aid, application, decision, linking, sme_status

urlpatterns = [
    path("sme-calls/<uuid:pk>/apply/", application.application_start, name="application_start"),
    path("applications/", application.application_list, name="application_list"),
    path("applications/reports/", decision.review_list, name="review_list"),
    path("applications/<uuid:pk>/", application.application_page, name="application_page"),
    path("applications/<uuid:pk>/plan/", application.application_edit, name="application_edit"),
    path("applications/<uuid:pk>/size/", sme_status.application_size, name="application_size"),
    path(
        "applications/<uuid:pk>/size/preview/",
        sme_status.application_size_preview,
        name="application_size_preview",
    ),
    path("applications/<uuid:pk>/aid/", aid.application_aid, name="application_aid"),
    path("applications/<uuid:pk>/files/", application.application_files, name="application_files"),
    path(
        "applications/<uuid:pk>/files/<uuid:file_pk>/",
        application.application_file,
        name="application_file",
    ),
    path(
        "applications/<uuid:pk>/declarations/",
        application.application_declare,
        name="application_declare",
    ),
    path(
        "applications/<uuid:pk>/accept/", application.application_accept, name="application_accept"
    ),
    path(
        "applications/<uuid:pk>/do/<str:event>/",
        application.application_event,
        name="application_event",
    ),
    path(
        "applications/<uuid:pk>/check/linked/",
        linking.application_linked,
        name="application_linked",
    ),
    path("applications/<uuid:pk>/check/", decision.application_check, name="application_check"),
    path(
        "applications/<uuid:pk>/check/eligible/",
        decision.application_eligible,
        name="application_eligible",
    ),
    path(
        "applications/<uuid:pk>/check/refuse/",
        decision.application_refuse,
        name="application_refuse",
    ),
    path(
        "applications/<uuid:pk>/check/refuse/drop/",
        decision.application_refusal_drop,
        name="application_refusal_drop",
    ),
    path(
        "applications/<uuid:pk>/check/size/",
        decision.application_settle,
        name="application_settle",
    ),
    path("applications/<uuid:pk>/check/ask/", decision.application_ask, name="application_ask"),
    path("applications/<uuid:pk>/review/", decision.application_review, name="application_review"),
    path(
        "applications/<uuid:pk>/review/decline/",
        decision.application_decline,
        name="application_decline",
    ),
]
