"""Every model of the grants app, by noun."""

from grants.models.call import Call, CallTransition, CallVersion
from grants.models.call_parts import (
    AnnexKind,
    Category,
    CostRate,
    Criterion,
    Objective,
    Provenance,
    SectionTemplate,
    Strand,
    TieBreakKey,
)
from grants.models.closing import PeriodClosing
from grants.models.consensus import (
    Consensus,
    ConsensusApproval,
    ConsensusMark,
    ConsensusTransition,
    PanelChange,
)
from grants.models.eligibility import Check, EligibilityDecision, Letter
from grants.models.evaluation import Conflict, IndividualReport, IndividualReportTransition, Mark
from grants.models.grant import Beneficiary, Grant, GrantRole, GrantTransition, Signature
from grants.models.partner import BudgetLine, Partner
from grants.models.payment import BankRecord, Payment, PaymentTransition
from grants.models.proposal import (
    EDITABLE,
    LOCKED,
    SEALED,
    Proposal,
    ProposalTransition,
    ProposalVersion,
    Receipt,
)
from grants.models.ranking import RankedProposal, Ranking, TieDecision, TiePlace
from grants.models.report import CostLine, PeriodicReport, PeriodicReportTransition, Statement
from grants.models.roles import CallRole
from grants.models.section import Annex, Section

__all__ = [
    "EDITABLE",
    "LOCKED",
    "SEALED",
    "Annex",
    "AnnexKind",
    "BankRecord",
    "Beneficiary",
    "BudgetLine",
    "Call",
    "CallRole",
    "CallTransition",
    "CallVersion",
    "Category",
    "Check",
    "Conflict",
    "Consensus",
    "ConsensusApproval",
    "ConsensusMark",
    "ConsensusTransition",
    "CostLine",
    "CostRate",
    "Criterion",
    "EligibilityDecision",
    "Grant",
    "GrantRole",
    "GrantTransition",
    "IndividualReport",
    "IndividualReportTransition",
    "Letter",
    "Mark",
    "Objective",
    "PanelChange",
    "Partner",
    "Payment",
    "PaymentTransition",
    "PeriodClosing",
    "PeriodicReport",
    "PeriodicReportTransition",
    "Proposal",
    "ProposalTransition",
    "ProposalVersion",
    "Provenance",
    "RankedProposal",
    "Ranking",
    "Receipt",
    "Section",
    "SectionTemplate",
    "Signature",
    "Statement",
    "Strand",
    "TieBreakKey",
    "TieDecision",
    "TiePlace",
]
