"""Every way to change an objection or appeal."""

from workflows.objections.answering import answer_objection, deem_upheld
from workflows.objections.filing import file_objection, withdraw_objection
from workflows.objections.passing import pass_on

__all__ = ["answer_objection", "deem_upheld", "file_objection", "pass_on", "withdraw_objection"]
