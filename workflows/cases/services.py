"""Every way to change a case. Nobody else writes one.

Each function is one transaction that locks the case, reads the clock, asks the permission question,
runs the machine, saves, moves the ledger and appends the log with its promises.
"""

from workflows.cases.deciding import approve, attach_document, record_product, refuse, serve
from workflows.cases.inspecting import appoint_inspector, draw_inspector, report_inspection, schedule_inspection
from workflows.cases.intake import attach, open_draft, save_answers, set_mandate, submit, withdraw
from workflows.cases.linking import answer_by_link, print_link, revoke_link, send_link
from workflows.cases.recalling import ask_again, recall_recommendation
from workflows.cases.recommending import give_recommendation, note_silence
from workflows.cases.repairs import answer_repair, ask_repair
from workflows.cases.verification import accept, pass_on_deficient, return_to_applicant, take

__all__ = [
    "accept",
    "answer_by_link",
    "answer_repair",
    "appoint_inspector",
    "approve",
    "ask_again",
    "ask_repair",
    "attach",
    "attach_document",
    "draw_inspector",
    "give_recommendation",
    "note_silence",
    "open_draft",
    "pass_on_deficient",
    "print_link",
    "recall_recommendation",
    "record_product",
    "refuse",
    "report_inspection",
    "return_to_applicant",
    "revoke_link",
    "save_answers",
    "schedule_inspection",
    "send_link",
    "serve",
    "set_mandate",
    "submit",
    "take",
    "withdraw",
]
