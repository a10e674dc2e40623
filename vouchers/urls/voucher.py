from django.urls import path

from vouchers.views import provider, voucher

urlpatterns = [
    path("vouchers/", voucher.voucher_mine, name="voucher_mine"),
    path("vouchers/desk/", voucher.voucher_desk, name="voucher_desk"),
    path("vouchers/<uuid:pk>/", voucher.voucher_page, name="voucher_page"),
    path("vouchers/<uuid:pk>/do/<str:event>/", voucher.voucher_event, name="voucher_event"),
    path("vouchers/<uuid:pk>/provider/", voucher.voucher_provider, name="voucher_provider"),
    path("vouchers/<uuid:pk>/start/", voucher.voucher_start, name="voucher_start"),
    path("vouchers/<uuid:pk>/extension/", voucher.voucher_extension, name="voucher_extension"),
    path(
        "vouchers/<uuid:pk>/extension/refuse/",
        voucher.voucher_extension_refuse,
        name="voucher_extension_refuse",
    ),
    path("vouchers/<uuid:pk>/agreement/", voucher.voucher_agreement, name="voucher_agreement"),
    path("vouchers/<uuid:pk>/print/", voucher.voucher_print, name="voucher_print"),
    path("vouchers/<uuid:pk>/pdf/", voucher.voucher_pdf, name="voucher_pdf"),
    path("verify/voucher/", voucher.voucher_verify, name="voucher_verify"),
    path("v/<str:code>/", voucher.voucher_scan, name="voucher_scan"),
    path("grants/<uuid:pk>/providers/", provider.provider_list, name="provider_list"),
    path("grants/<uuid:pk>/providers/new/", provider.provider_new, name="provider_new"),
    path("providers/<uuid:pk>/approve/", provider.provider_approve, name="provider_approve"),
    path("providers/<uuid:pk>/take-off/", provider.provider_take_off, name="provider_take_off"),
]
