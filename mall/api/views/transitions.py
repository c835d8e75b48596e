"""What may be done with a case, and doing it."""

from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Invalid
from mall.api import docs
from mall.api.actions import ACTIONS, SUBMIT, replies
from mall.api.conditional import changing, tag_of
from mall.api.facts import Facts
from mall.api.parsing import body_of
from mall.api.shapes.common import address
from mall.api.views.cases import CaseView, shown
from workflows.cases import queries


class Transitions(CaseView):
    """The transitions of one case."""

    @docs.transitions
    def get(self, _request: Request, case_id: UUID) -> Response:
        """Each with the answer for this caller: yes, or why not. Eight queries."""
        case = queries.seen_case(self.actor, case_id)
        here = address("cases", case_id, "transitions")
        items = [
            {
                "name": name,
                "title": str(title),
                "allowed": bool(reply),
                "why_not": str(reply.why),
                "url": address("cases", case_id, "submission") if name == SUBMIT else here,
            }
            for name, (title, reply) in replies(Facts.of(self.actor, case)).items()
        ]
        return Response({"state": str(case.state), "items": items}, headers={"ETag": tag_of(case)})

    @docs.transition
    def post(self, request: Request, case_id: UUID) -> Response:
        """Do one of them. The body names it and holds its inputs."""
        name = request.data.get("name") if isinstance(request.data, dict) else None
        action = ACTIONS.get(name) if isinstance(name, str) else None
        if action is None:
            raise Invalid({"name": [_("Pilih salah satu: %(names)s.") % {"names": ", ".join(ACTIONS)}]})
        given = body_of(request, action.inputs)
        given.pop("name")
        with changing(request, self.actor, case_id) as case:
            action.perform(self.actor, case, given)
        return shown(self.actor, case_id)
