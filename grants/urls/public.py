from django.urls import path

from grants.views import public as views

urlpatterns = [
    path("calls/", views.call_list, name="call_list"),
    path("calls/<str:identifier>/", views.call_page, name="call_page"),
    path("verify/receipt/", views.receipt_verify, name="receipt_verify"),
]
