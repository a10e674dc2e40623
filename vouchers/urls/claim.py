from django.urls import path

from vouchers.views import claim

urlpatterns = [
    path("claims/", claim.claim_desk, name="claim_desk"),
    path("vouchers/<uuid:pk>/claim/", claim.claim_start, name="claim_start"),
    path("claims/<uuid:pk>/", claim.claim_detail, name="claim_detail"),
    path("claims/<uuid:pk>/edit/", claim.claim_edit, name="claim_edit"),
    path("claims/<uuid:pk>/files/<uuid:evidence>/", claim.claim_file, name="claim_file"),
    path("claims/<uuid:pk>/do/<str:event>/", claim.claim_event, name="claim_event"),
    path("claims/<uuid:pk>/lines/", claim.claim_lines, name="claim_lines"),
    path("claims/<uuid:pk>/screen/", claim.claim_screen, name="claim_screen"),
    path("claims/<uuid:pk>/recover/", claim.recovery_new, name="recovery_new"),
    path("claims/<uuid:pk>/recover/decide/", claim.recovery_decide, name="recovery_decide"),
]
