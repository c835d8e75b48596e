"""Objections and appeals: file, read, answer, take back. The same service functions as the pages."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Missing
from mall.api import docs, inputs
from mall.api.errors import BadQuery
from mall.api.parsing import body_of, idempotency_key, query_of
from mall.api.shapes import common
from mall.api.shapes import objections as shapes
from mall.api.view import ApiView
from mall.api.views.cases import CaseView, purpose_of
from mall.forms.objecting import may_file
from workflows import looks
from workflows.cases import queries as cases
from workflows.objections import queries, services
from workflows.objections.models import Objection
from workflows.permissions import is_own, may_edit


class OfCase(CaseView):
    """The objection and the appeal of one case."""

    @docs.objections_of_case
    def get(self, request: Request, case_id: UUID) -> Response:
        """Both, and what the applicant may file now. Staff name their purpose, and the look is recorded."""
        case = cases.seen_case(self.actor, case_id)
        if not is_own(self.actor, case):
            looks.look(by=self.actor, case=case, purpose=purpose_of(request))
        items = [shapes.whole(one) for one in queries.of_case(case)]
        return Response({"items": items, "open_to": shapes.opening(may_file(case))})

    @docs.file_objection
    def post(self, request: Request, case_id: UUID) -> Response:
        """File what comes next, once for each key."""
        key, given = idempotency_key(request), body_of(request, inputs.NewObjection)
        cases.seen_case(self.actor, case_id)
        if Objection.objects.filter(key=key).exclude(case_id=case_id, reason=given["reason"].strip()).exists():
            raise BadQuery({"Idempotency-Key": [str(inputs.KEY_IN_USE)]})
        made = services.file_objection(case_id=case_id, by=self.actor, key=key, **given)
        answer = Response(shapes.whole(made), status=201)
        answer["Location"] = common.address("objections", made.pk)
        return answer


class Objections(ApiView):
    """What the caller answers as head, or as deputy in her place."""

    @docs.objections
    def get(self, request: Request) -> Response:
        """One page by due date. One query."""
        asked = query_of(request, inputs.PageQuery)
        found = queries.to_answer(self.actor, cursor=asked["cursor"], limit=asked["limit"])
        return common.listed(request, found, shapes.line)


class OneObjection(ApiView):
    """One objection or appeal."""

    @docs.objection
    def get(self, request: Request, objection_id: UUID) -> Response:
        """For its applicant, and for whoever answers it; she names her purpose, and the look is recorded."""
        found = queries.by_id(objection_id)
        if not may_edit(self.actor, found.case):
            found = queries.for_head(self.actor, objection_id)
            looks.look(by=self.actor, case=found.case, purpose=purpose_of(request))
        return Response(shapes.whole(found))


class Answer(ApiView):
    """The answer of the head."""

    @docs.answer_objection
    def post(self, request: Request, objection_id: UUID) -> Response:
        """Uphold or reject, with reason and law. An answer is given once."""
        given = body_of(request, inputs.ObjectionAnswer)
        found = queries.for_head(self.actor, objection_id)
        upheld = given.pop("outcome") == "uphold"
        return Response(
            shapes.whole(services.answer_objection(objection_id=found.pk, by=self.actor, upheld=upheld, **given))
        )


class Withdrawal(ApiView):
    """Taking it back."""

    @docs.withdraw_objection
    def post(self, request: Request, objection_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """The refusal stands for good."""
        if not may_edit(self.actor, queries.by_id(objection_id).case):
            raise Missing
        return Response(shapes.whole(services.withdraw_objection(objection_id=objection_id, by=self.actor)))
