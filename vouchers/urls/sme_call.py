from django.urls import path

from vouchers.views import decision, sme_call

urlpatterns = [
    path("sme-calls/", sme_call.sme_call_list, name="sme_call_list"),
    path("sme-calls/desk/", sme_call.sme_call_desk, name="sme_call_desk"),
    path("sme-calls/<uuid:pk>/", sme_call.sme_call_page, name="sme_call_page"),
    path("sme-calls/<uuid:pk>/desk/", sme_call.sme_call_record, name="sme_call_record"),
    path("sme-calls/<uuid:pk>/desk/terms/", sme_call.sme_call_edit, name="sme_call_edit"),
    path(
        "sme-calls/<uuid:pk>/desk/lists/<str:part>/", sme_call.sme_call_part, name="sme_call_part"
    ),
    path("sme-calls/<uuid:pk>/do/<str:event>/", sme_call.sme_call_event, name="sme_call_event"),
    path("sme-calls/<uuid:pk>/minutes/", sme_call.sme_call_minutes, name="sme_call_minutes"),
    path(
        "sme-calls/<uuid:pk>/applications/",
        decision.sme_call_applications,
        name="sme_call_applications",
    ),
    path("sme-calls/<uuid:pk>/board/", decision.sme_call_board, name="sme_call_board"),
    path("grants/<uuid:grant_pk>/sme-calls/new/", sme_call.sme_call_new, name="sme_call_new"),
]
