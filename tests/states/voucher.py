"""A voucher, from its two signatures to its end."""

from tests.states.table import Machine, written
from vouchers.lifecycle.voucher import VoucherLifecycle

FINAL = frozenset(["cancelled", "revoked"])
TABLE = """
reserved sign_as_holder reserved sme
reserved sign_for_consortium reserved applicant
reserved issue issued system
issued name_provider issued sme
issued refuse_provider issued fund_manager
issued confirm_provider provider_set fund_manager
provider_set start in_progress sme
in_progress,partly_redeemed redeem_part partly_redeemed system
suspended redeem_part suspended system
in_progress,partly_redeemed,suspended redeem redeemed system
partly_redeemed end_use redeemed fund_manager
redeemed close closed fund_manager
issued extend issued fund_manager,finance_officer
provider_set extend provider_set fund_manager,finance_officer
in_progress extend in_progress fund_manager,finance_officer
partly_redeemed extend partly_redeemed fund_manager,finance_officer
issued,provider_set,in_progress,partly_redeemed expire expired system
issued,provider_set,in_progress,partly_redeemed suspend suspended fund_manager,finance_officer
suspended resume_issued issued fund_manager,finance_officer
suspended resume_provider_set provider_set fund_manager,finance_officer
suspended resume_in_progress in_progress fund_manager,finance_officer
suspended resume_partly_redeemed partly_redeemed fund_manager,finance_officer
reserved,issued,provider_set cancel cancelled sme,fund_manager
in_progress,partly_redeemed,suspended cancel cancelled sme,fund_manager
reserved,issued,provider_set,in_progress,partly_redeemed,suspended revoke revoked applicant
redeemed,closed,expired revoke revoked applicant
"""
MACHINE = Machine(VoucherLifecycle, "voucher", FINAL, written(TABLE))
