"""Addresses of the payment desk."""

from django.urls import path

from grants.views import payment

urlpatterns = [
    path("payments/", payment.payment_list, name="payment_list"),
    path("payments/<uuid:pk>/", payment.payment_detail, name="payment_detail"),
    path("payments/<uuid:pk>/do/<slug:event>/", payment.payment_event, name="payment_event"),
    path("payments/<uuid:pk>/bank/", payment.payment_bank, name="payment_bank"),
    path(
        "payments/<uuid:pk>/bank/withdraw/",
        payment.payment_bank_withdraw,
        name="payment_bank_withdraw",
    ),
    path("payments/<uuid:pk>/order/", payment.payment_order, name="payment_order"),
]
