"""Addresses of the evaluation: the expert's, the group's, the officers'."""

from django.urls import path

from grants.views import assignment, consensus, evaluator, ranking, summary

urlpatterns = [
    path("expert-reports/", evaluator.individual_report_list, name="individual_report_list"),
    path(
        "expert-reports/<int:pk>/",
        evaluator.individual_report_detail,
        name="individual_report_detail",
    ),
    path(
        "expert-reports/<int:pk>/declare/",
        evaluator.individual_report_declare,
        name="individual_report_declare",
    ),
    path(
        "expert-reports/<int:pk>/conflict/",
        evaluator.individual_report_conflict,
        name="individual_report_conflict",
    ),
    path(
        "expert-reports/<int:pk>/write/",
        evaluator.individual_report_write,
        name="individual_report_write",
    ),
    path(
        "expert-reports/<int:pk>/check/",
        evaluator.individual_report_check,
        name="individual_report_check",
    ),
    path(
        "expert-reports/<int:pk>/files/<uuid:document>/",
        evaluator.individual_report_file,
        name="individual_report_file",
    ),
    path(
        "expert-reports/<int:pk>/do/<slug:event>/",
        evaluator.individual_report_do,
        name="individual_report_do",
    ),
    path("consensus/<uuid:pk>/", consensus.consensus_detail, name="consensus_detail"),
    path("consensus/<uuid:pk>/decide/", consensus.consensus_word, name="consensus_word"),
    path(
        "consensus/<uuid:pk>/rapporteur/",
        consensus.consensus_rapporteur,
        name="consensus_rapporteur",
    ),
    path("consensus/<uuid:pk>/panel/", consensus.consensus_panel, name="consensus_panel"),
    path("consensus/<uuid:pk>/do/<slug:event>/", consensus.consensus_do, name="consensus_do"),
    path(
        "proposals/<uuid:pk>/summary-report/",
        summary.summary_report_file,
        name="summary_report_file",
    ),
    path("calls/<uuid:pk>/experts/", assignment.assignment_desk, name="assignment_desk"),
    path("calls/<uuid:pk>/experts/plan/", assignment.assignment_plan, name="assignment_plan"),
    path(
        "proposals/<uuid:pk>/experts/", assignment.assignment_proposal, name="assignment_proposal"
    ),
    path("proposals/<uuid:pk>/experts/ask/", assignment.assignment_add, name="assignment_add"),
    path("proposals/<uuid:pk>/conflicts/", assignment.conflict_record, name="conflict_record"),
    path("calls/<uuid:pk>/moderation/", ranking.moderation_desk, name="moderation_desk"),
    path(
        "calls/<uuid:pk>/moderation/finalise/",
        ranking.moderation_finalise,
        name="moderation_finalise",
    ),
    path("calls/<uuid:pk>/ranking/", ranking.ranking_board, name="ranking_board"),
    path("calls/<uuid:pk>/ranking/freeze/", ranking.ranking_freeze, name="ranking_freeze"),
    path("calls/<uuid:pk>/ranking/tie/", ranking.tie_decide, name="tie_decide"),
    path("rankings/<uuid:pk>/file/", ranking.ranking_file, name="ranking_file"),
    path("calls/<uuid:pk>/award/", ranking.award_page, name="award_page"),
    path("calls/<uuid:pk>/award/promote/", ranking.award_promote, name="award_promote"),
]
