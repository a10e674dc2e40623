"""Addresses of organisations, their people and accounts, invitations, one's own things, mails."""

from django.urls import path

from parties.views import account, bank_account, invitation, link, mail, membership, person
from parties.views import organisation as of

app_name = "parties"
urlpatterns = [
    path("organisations/", of.organisation_list, name="organisation_list"),
    path("organisations/new/", of.organisation_register, name="organisation_register"),
    path("organisations/<uuid:pk>/", of.organisation_detail, name="organisation_detail"),
    path("organisations/<uuid:pk>/change/", of.organisation_change, name="organisation_change"),
    path(
        "organisations/<uuid:pk>/bank-account/",
        bank_account.bank_account_propose,
        name="bank_account_propose",
    ),
    path(
        "organisations/<uuid:pk>/invite/",
        membership.membership_invite,
        name="membership_invite",
    ),
    path("organisations/<uuid:pk>/tie/", link.link_declare, name="link_declare"),
    path("ties/<uuid:pk>/end/", link.link_end, name="link_end"),
    path("memberships/<uuid:pk>/end/", membership.membership_revoke, name="membership_revoke"),
    path("bank-accounts/", bank_account.bank_account_list, name="bank_account_list"),
    path("bank-accounts/<uuid:pk>/", bank_account.bank_account_detail, name="bank_account_detail"),
    path(
        "bank-accounts/<uuid:pk>/do/<slug:event>/",
        bank_account.bank_account_do,
        name="bank_account_do",
    ),
    path("invitations/<uuid:pk>/do/<slug:event>/", membership.invitation_do, name="invitation_do"),
    path("invitations/<str:token>/", invitation.invitation_open, name="invitation_open"),
    path("invitations/<str:token>/accept/", invitation.invitation_accept, name="invitation_accept"),
    path("me/", person.person_detail, name="person_detail"),
    path("me/close/", person.person_close, name="person_close"),
    path("me/expert/", person.expert_edit, name="expert_edit"),
    path("me/expert/employer/", person.employment_add, name="employment_add"),
    path("messages/", mail.mail_list, name="mail_list"),
    path("messages/<uuid:pk>/", mail.mail_detail, name="mail_detail"),
    path("demo/messages/", mail.outbox_list, name="outbox_list"),
    path("demo/messages/<uuid:pk>/", mail.outbox_detail, name="outbox_detail"),
    path("account/resume/", account.typed_resume, name="typed_resume"),
]
