"""How each operation stands in the OpenAPI document."""

from collections.abc import Callable, Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers

from mall.api import examples, inputs
from mall.api.actions import ACTIONS
from mall.api.outputs import cases as out
from mall.api.outputs import objections as filed
from mall.api.outputs.common import page_of
from mall.api.outputs.services import ServiceLine, ServiceOut

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="ETag of the case as last read."
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="ETag as last read; 304 when nothing has changed."
)
IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    required=True,
    description="A new UUID for every request; repeat it to repeat the request without doing it twice.",
)
PURPOSE = OpenApiParameter(
    "X-Purpose",
    str,
    OpenApiParameter.HEADER,
    description="Required of staff: why they look at somebody's data. Recorded; the person can read it.",
)
TAGS = {"service": "Layanan", "objection": "Keberatan", "case": "Permohonan", "transition": "Tindakan"}


def _sent(name: str, value: Any, media_type: str = "application/json") -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True, media_type=media_type)


def _operation(
    name: str, summary: str, answer: Any, *, status: int = 200, public: bool = False, **more: Any
) -> Callable[[Any], Any]:
    """One operation; the problems it may end in are added to all alike (`schema.finish`)."""
    if public:
        more["auth"] = []
    tag = TAGS.get(name.rsplit("_", maxsplit=1)[-1].rstrip("s"), "Umum")
    return extend_schema(operation_id=name, summary=summary, tags=[tag], responses={status: answer}, **more)


def _named(name: str, shape: type[inputs.Transition]) -> type[inputs.Transition]:
    """The inputs of one transition, whose name is fixed: this is what tells the bodies apart."""
    title = "".join(part.title() for part in name.split("_"))
    return type(
        f"{title}Transition",
        (shape,),
        {"name": serializers.ChoiceField(choices=[name]), "__doc__": str(ACTIONS[name].title)},
    )


TRANSITION = PolymorphicProxySerializer(
    component_name="Transition",
    serializers={name: _named(name, action.inputs) for name, action in ACTIONS.items()},
    resource_type_field_name="name",
)


def _all_sent() -> Sequence[OpenApiExample]:
    return [_sent(name, {"name": name, **rest}) for name, rest in examples.TRANSITIONS.items()]


services = _operation(
    "list_services", "Daftar layanan", page_of(ServiceLine), public=True, parameters=[inputs.ServicesQuery]
)
service = _operation("read_service", "Standar pelayanan dan isian", ServiceOut, public=True, parameters=[IF_NONE_MATCH])
cases = _operation("list_cases", "Daftar permohonan", page_of(out.ListedCase), parameters=[inputs.CasesQuery])
open_case = _operation(
    "open_case",
    "Buka konsep permohonan",
    out.CaseOut,
    status=201,
    request=inputs.NewCase,
    parameters=[IDEMPOTENCY],
    examples=[_sent("Penebangan pohon", examples.NEW_CASE)],
)
case = _operation("read_case", "Baca permohonan", out.CaseOut, parameters=[PURPOSE, IF_NONE_MATCH])
answers = _operation(
    "answer_case",
    "Isi jawaban",
    out.CaseOut,
    request=OpenApiTypes.OBJECT,
    parameters=[IF_MATCH],
    examples=[_sent("Beberapa jawaban", examples.ANSWERS)],
)
attachments = _operation(
    "attach_to_case",
    "Serahkan berkas",
    out.CaseOut,
    status=201,
    request={"multipart/form-data": inputs.UploadedPaper, "application/json": inputs.KeptPaper},
    parameters=[IF_MATCH],
    examples=[_sent("Berkas yang sudah tersimpan", examples.KEPT_PAPER)],
)
submission = _operation(
    "submit_case", "Kirim permohonan", out.CaseOut, request=None, parameters=[IDEMPOTENCY, IF_MATCH]
)
transitions = _operation("list_transitions", "Yang boleh dilakukan", out.TransitionsOut)
transition = _operation(
    "do_transition",
    "Lakukan tindakan",
    out.CaseOut,
    request=TRANSITION,
    parameters=[IF_MATCH],
    examples=list(_all_sent()),
)
objections_of_case = _operation(
    "list_case_objections", "Keberatan dan banding satu permohonan", filed.ObjectionsOut, parameters=[PURPOSE]
)
file_objection = _operation(
    "file_objection",
    "Ajukan keberatan atau banding",
    filed.ObjectionOut,
    status=201,
    request=inputs.NewObjection,
    parameters=[IDEMPOTENCY],
    examples=[_sent("Keberatan", examples.OBJECTION)],
)
objections = _operation(
    "list_objections", "Yang menunggu jawaban Anda", page_of(filed.ObjectionLine), parameters=[inputs.PageQuery]
)
objection = _operation("read_objection", "Baca keberatan atau banding", filed.ObjectionOut, parameters=[PURPOSE])
answer_objection = _operation(
    "answer_objection",
    "Jawab keberatan atau banding",
    filed.ObjectionOut,
    request=inputs.ObjectionAnswer,
    examples=[_sent("Dikabulkan", examples.OBJECTION_ANSWER)],
)
withdraw_objection = _operation("withdraw_objection", "Tarik keberatan atau banding", filed.ObjectionOut, request=None)
tracking = _operation(
    "track_case",
    "Lacak permohonan",
    out.TrackedOut,
    public=True,
    request=inputs.TrackingQuery,
    examples=[_sent("Kode pada tanda terima", examples.TRACKING)],
)
permit = _operation("verify_permit", "Periksa izin", out.PermitOut, public=True)
problem = _operation("read_problem", "Jenis masalah", out.ProblemKind, public=True)
