from django.urls import path

from grants.views import desk, setup

urlpatterns = [
    path("desk/calls/", desk.call_desk, name="call_desk"),
    path("desk/calls/new/", setup.call_new, name="call_new"),
    path("desk/calls/<uuid:pk>/", setup.call_setup, name="call_setup"),
    path("desk/calls/<uuid:pk>/parameters/", setup.call_change, name="call_change"),
    path("desk/calls/<uuid:pk>/corrigendum/", setup.call_correct, name="call_correct"),
    path("desk/calls/<uuid:pk>/officers/add/", setup.officer_add, name="officer_add"),
    path(
        "desk/calls/<uuid:pk>/officers/<uuid:role_id>/end/", setup.officer_end, name="officer_end"
    ),
    path("desk/calls/<uuid:pk>/lists/<slug:noun>/add/", setup.call_row_add, name="call_row_add"),
    path(
        "desk/calls/<uuid:pk>/lists/<slug:noun>/<uuid:row_id>/",
        setup.call_row_change,
        name="call_row_change",
    ),
    path(
        "desk/calls/<uuid:pk>/lists/<slug:noun>/<uuid:row_id>/remove/",
        setup.call_row_remove,
        name="call_row_remove",
    ),
    path("desk/calls/<uuid:pk>/proposals/", desk.proposal_desk, name="proposal_desk"),
    path("desk/calls/<uuid:pk>/checks/", desk.check_desk, name="check_desk"),
    path("calls/<uuid:pk>/do/<slug:event>/", setup.call_do, name="call_do"),
    path("desk/proposals/<uuid:pk>/", desk.proposal_check, name="proposal_check"),
    path("desk/proposals/<uuid:pk>/decide/", desk.proposal_decide, name="proposal_decide"),
    path("desk/proposals/<uuid:pk>/files/<slug:code>/", desk.sealed_file, name="sealed_file"),
    path("desk/refusals/<uuid:pk>/confirm/", desk.refusal_confirm, name="refusal_confirm"),
    path("desk/refusals/<uuid:pk>/return/", desk.refusal_return, name="refusal_return"),
]
