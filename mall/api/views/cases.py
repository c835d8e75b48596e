"""Cases: open a draft, fill it, hand it in, follow it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Conflict, Invalid, Missing, Refused
from documents.vault.services import hand_in
from mall.api import docs, inputs
from mall.api.actions import open_to
from mall.api.conditional import changing, is_known, tag_of
from mall.api.errors import BadQuery, Stale
from mall.api.parsing import Json, body_of, idempotency_key, query_of
from mall.api.shapes import cases as shapes
from mall.api.shapes import common
from mall.api.view import ApiView, Bearer
from mall.forms import purposes
from mall.forms.draft import Draft
from workflows import looks
from workflows.actors import Actor
from workflows.cases import queries, services
from workflows.cases.models import Case, Channel
from workflows.definition.kinds import FieldType
from workflows.paging import Page
from workflows.permissions import is_own, may_edit, may_open, require_seen
from workflows.trail.models import Event

LISTS: dict[str, Callable[..., Page[Any]]] = {
    "own": queries.own_cases,
    "to_verify": queries.to_verify,
    "to_recommend": queries.to_recommend,
    "to_inspect": queries.to_inspect,
    "to_decide": queries.to_decide,
    "to_hand_over": queries.to_hand_over,
}


def shown(actor: Actor, case_id: UUID, *, status: int = 200) -> Response:
    """The case as it stands now, with its tag."""
    case = queries.seen_case(actor, case_id)
    return Response(shapes.whole(case, actor), status=status, headers={"ETag": tag_of(case)})


class CaseView(ApiView):
    """An address of one case; a conflict tells what the caller may do instead."""

    def possible_now(self) -> list[str]:
        """Names of what this caller may do with this case now."""
        try:
            return open_to(self.actor, queries.seen_case(self.actor, self.kwargs["case_id"]))
        except Missing:
            return []


class Cases(ApiView):
    """The caller's own cases and the lists that her roles give her."""

    @docs.cases
    def get(self, request: Request) -> Response:
        """One page of one list. One query."""
        asked = query_of(request, inputs.CasesQuery)
        found = LISTS[asked["list"]](self.actor, cursor=asked["cursor"], limit=asked["limit"])
        return common.listed(request, found, _line)

    @docs.open_case
    def post(self, request: Request) -> Response:
        """A draft for oneself. The same key gives the same draft."""
        key, given = idempotency_key(request), body_of(request, inputs.NewCase)
        channel = Channel.API if isinstance(request.successful_authenticator, Bearer) else Channel.ONLINE
        wanted = {"service_code": given["service"], "organisation_id": given["organisation"], "channel": channel}
        case = _opened(self.actor, key, wanted)
        if (case.service_id, case.organisation_id) != (given["service"], given["organisation"]):
            raise BadQuery({"Idempotency-Key": [str(inputs.KEY_IN_USE)]})
        response = shown(self.actor, case.pk, status=201)
        response["Location"] = common.address("cases", case.pk)
        return response


def _opened(by: Actor, key: UUID, wanted: dict[str, Any]) -> Case:
    """The draft of this key, for the caller herself."""
    if by.person_id is None:
        raise Refused(may_open(by, own=True).why)
    return services.open_draft(by=by, applicant_id=by.person_id, key=key, **wanted)


def _line(row: Any) -> dict[str, Any]:
    """A case, or the recommendation or visit that is owed for one."""
    if isinstance(row, Case):
        return {**shapes.line(row), "task": None}
    return {**shapes.line(row.case), "task": {"id": str(row.pk), "agency": row.agency_id, "state": str(row.state)}}


class OneCase(CaseView):
    """One case."""

    @docs.case
    def get(self, request: Request, case_id: UUID) -> Response:
        """All that this caller may see. Staff name their purpose, and the look is recorded."""
        case = queries.seen_case(self.actor, case_id)
        purpose = "" if is_own(self.actor, case) else purpose_of(request)
        tag = tag_of(case)
        if is_known(request, tag):
            return Response(status=304, headers={"ETag": tag})
        if purpose:
            looks.look(by=self.actor, case=case, purpose=purpose)
        return Response(shapes.whole(case, self.actor), headers={"ETag": tag})


def purpose_of(request: Request) -> str:
    """Why a member of staff looks at somebody's data; required."""
    found = request.headers.get("X-Purpose", "")
    if found not in purposes.ALL:
        sentence = _("Sebutkan tujuan Anda membuka data ini: %(codes)s.") % {"codes": ", ".join(sorted(purposes.ALL))}
        raise BadQuery({"X-Purpose": [sentence]})
    return found


class Answers(CaseView):
    """The answers of a case that can still be filled."""

    @docs.answers
    def patch(self, request: Request, case_id: UUID) -> Response:
        """Keep these answers; the others stay. `null` empties one."""
        if not isinstance(request.data, dict):
            raise ParseError(_("Kirim sebuah objek: nama isian dan jawabannya."))
        with changing(request, self.actor, case_id) as case:
            known = {field.name for field in case.definition.fields}
            if unknown := set(request.data) - known:
                raise Invalid({name: [_("Isian ini tidak dikenal.")] for name in sorted(unknown)})
            services.save_answers(case_id=case_id, by=self.actor, raw=request.data)
        return shown(self.actor, case_id)


class Attachments(CaseView):
    """The papers of a case that can still be filled."""

    parser_classes = (MultiPartParser, Json)

    @docs.attachments
    def post(self, request: Request, case_id: UUID) -> Response:
        """Hand in a new file, or one that is in the vault already."""
        with changing(request, self.actor, case_id) as case:
            draft = self._fillable(case)
        if "file" not in request.FILES:
            kept = body_of(request, inputs.KeptPaper)
            with changing(request, self.actor, case_id):
                hand_in(case_id=case_id, by=self.actor, **kept)
        else:
            self._upload(request, draft, body_of(request, inputs.UploadedPaper))
        return shown(self.actor, case_id, status=201)

    def _fillable(self, case: Case) -> Draft:
        """Ask before any file is looked at."""
        require_seen(may_edit(self.actor, case))
        draft = Draft(case)
        if not draft.is_open:
            raise Conflict(_("Permohonan sudah diajukan dan tidak dapat diubah lagi."))
        return draft

    def _upload(self, request: Request, draft: Draft, given: dict[str, Any]) -> None:
        """First the file, while nobody waits for the case; then the row, if the case is still the same."""
        field, requirement = given.get("field", ""), given.get("requirement", "")
        file_id = draft.take_in(given["file"], _document_type(draft, field, requirement), by=self.actor)
        with changing(request, self.actor, draft.case.pk):
            if field:
                services.save_answers(case_id=draft.case.pk, by=self.actor, raw={field: str(file_id)})
            else:
                hand_in(case_id=draft.case.pk, by=self.actor, requirement=requirement, file_id=file_id)


def _document_type(draft: Draft, field: str, requirement: str) -> str:
    """What kind of paper the vault notes: that of the requirement, or the question's name."""
    if field:
        if not any(one.name == field and one.type is FieldType.FILE for one in draft.definition.fields):
            raise Invalid({"field": [_("Isian ini tidak meminta berkas.")]})
        return field
    found = next((one.document_type for one in draft.definition.requirements if one.code == requirement), None)
    if found is None:
        raise Invalid({"requirement": [_("Persyaratan ini tidak ada pada layanan ini.")]})
    return found


class Submission(CaseView):
    """Handing a case in."""

    @docs.submission
    def post(self, request: Request, case_id: UUID) -> Response:
        """Hand in, or answer a return, once for each key."""
        key = idempotency_key(request)
        if not self._is_done(case_id, key):
            try:
                with changing(request, self.actor, case_id):
                    services.submit(case_id=case_id, by=self.actor, key=key)
            except Stale:
                if not self._is_done(case_id, key):
                    raise
        return shown(self.actor, case_id)

    def _is_done(self, case_id: UUID, key: UUID) -> bool:
        """Has this very request been carried out, perhaps a moment ago? Two queries."""
        case = queries.seen_case(self.actor, case_id)
        require_seen(may_edit(self.actor, case))
        return _was_handed_in(case, key)


def _was_handed_in(case: Case, key: UUID) -> bool:
    """Has this very request been carried out? A late repetition must not answer a return. One query."""
    if case.submission_key == key:
        return True
    again = Event.objects.filter(subject_kind="case", subject_id=case.pk, kind="case.resubmitted", data__key=str(key))
    return again.exists()
