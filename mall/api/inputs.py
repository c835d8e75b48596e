"""Bodies and query strings that the API takes. They say what is there; whether it will do, the services say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mall.api.parsing import Strict
from workflows.cases.advice import Verdict
from workflows.cases.models import RequirementCheck
from workflows.cases.visits import Inspection
from workflows.duties.lines import Line, Overtaking

LONG = 4000
KEY_IN_USE = _("Kunci ini sudah dipakai untuk permintaan yang lain.")
LISTS = ("own", "to_verify", "to_recommend", "to_inspect", "to_decide", "to_hand_over")


class PageQuery(Strict):
    """A page of a list."""

    cursor = serializers.CharField(required=False, default="", max_length=400)
    limit = serializers.IntegerField(required=False, default=25, min_value=1, max_value=200)


class ServicesQuery(PageQuery):
    """Which services."""

    search = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    agency = serializers.CharField(required=False, default="", max_length=32)
    category = serializers.CharField(required=False, default="", max_length=60)


class CasesQuery(PageQuery):
    """Which of the lists that the caller may see."""

    list = serializers.ChoiceField(required=False, default="own", choices=LISTS)


class NewCase(Strict):
    """A draft for oneself, or for an organisation that one represents."""

    service = serializers.CharField(max_length=60)
    organisation = serializers.UUIDField(required=False, allow_null=True, default=None)


class KeptPaper(Strict):
    """A paper that is in the applicant's vault already."""

    requirement = serializers.CharField(max_length=80)
    file_id = serializers.UUIDField()


class UploadedPaper(Strict):
    """A new file, for a requirement or for a question of the type `file`."""

    requirement = serializers.CharField(max_length=80, required=False)
    field = serializers.CharField(max_length=80, required=False)
    file = serializers.FileField(allow_empty_file=True)


class NewObjection(Strict):
    """Why the applicant does not agree. Whether it is an objection or an appeal follows from the case."""

    reason = serializers.CharField(max_length=LONG)


class ObjectionAnswer(Strict):
    """Who is right, why, and by what law."""

    outcome = serializers.ChoiceField(choices=["uphold", "reject"])
    answer = serializers.CharField(max_length=LONG)
    legal_basis = serializers.CharField(max_length=2000)


class TrackingQuery(Strict):
    """The code of the receipt, and the last four digits of the applicant's NIK."""

    code = serializers.CharField(max_length=20)
    digits = serializers.RegexField(r"^[0-9]{4}$")


class Mark(Strict):
    """The tick on one paper, or on the form (`_answers`)."""

    verdict = serializers.ChoiceField(choices=RequirementCheck.Verdict.choices)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)


class Transition(Strict):
    """What every transition has."""

    name = serializers.CharField(max_length=40)


class Text(serializers.CharField):
    """A sentence or more; the service says whether it may be empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": True, "default": "", "max_length": LONG, **kwargs})


class Withdraw(Transition):
    reason = Text()


class InTurn(Transition):
    """What is done in the order of due dates; who goes out of turn says why."""

    overtaking = serializers.ChoiceField(choices=Overtaking.Code.choices, allow_blank=True, default="")
    overtaking_note = serializers.CharField(allow_blank=True, default="", max_length=400)


class Take(InTurn):
    """Nothing more."""


class Ticked(Transition):
    """Every requirement that applies, and the form, ticked."""

    marks = serializers.DictField(child=Mark())


class ConditionIn(Strict):
    """A condition; its due is a number of days after the grant or a date, or it has none."""

    text = serializers.CharField(max_length=1000)
    due_days = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    due_on = serializers.DateField(required=False, allow_null=True, default=None)


class GiveRecommendation(InTurn):
    recommendation = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    reason = Text()
    legal_basis = Text()
    conditions = serializers.ListField(child=ConditionIn(), default=list, max_length=50)


class AnotherAnswer(Transition):
    """Why the answer of an agency does not count any more."""

    recommendation = serializers.UUIDField()
    reason = Text()


class DrawInspector(Transition):
    inspection = serializers.UUIDField()


class AppointInspector(DrawInspector):
    """Who goes instead of the one who was drawn."""

    user_id = serializers.UUIDField()
    code = serializers.ChoiceField(choices=Inspection.Override.choices)
    reason = Text()


class ScheduleInspection(Transition):
    inspection = serializers.UUIDField()
    day = serializers.DateField()


class ReportInspection(Transition):
    inspection = serializers.UUIDField()
    held_on = serializers.DateField()
    result = serializers.ChoiceField(choices=Inspection.Result.choices)
    findings = Text()
    position = Text(max_length=64)
    repairs = serializers.ListField(child=serializers.CharField(max_length=1000), default=list, max_length=20)
    until = serializers.DateField(required=False, allow_null=True, default=None)


class Wanted(Strict):
    """One thing to put right, and the paper, or the form (`_answers`), that shows it; empty where none does."""

    text = serializers.CharField(max_length=1000)
    about = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)


class AskRepair(Transition):
    what = serializers.ListField(child=Wanted(), max_length=20)


class AnswerRepair(Transition):
    answer = Text()


class ForceMajeure(Transition):
    note = Text(max_length=2000)


class Signing(Transition):
    pause = serializers.UUIDField()


class Claim(InTurn):
    line = serializers.ChoiceField(choices=Line.choices)


class Release(Transition):
    line = serializers.ChoiceField(choices=Line.choices)


class HandOver(Release):
    to = serializers.UUIDField()
    reason = Text(max_length=400)


class Decide(InTurn):
    reason = Text()
    legal_basis = Text()


class Approve(Decide):
    against_reason = Text()


class Refuse(Decide):
    cites = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, allow_null=True, default=None, max_length=100
    )
    remedy = Text()


class RecordProduct(Transition):
    number = Text(max_length=120)
    issued_on = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)


class Serve(Transition):
    reason = Text()
    legal_basis = Text()
    remedy = Text()
    approved = serializers.BooleanField()
    number = Text(max_length=120)
    issued_on = serializers.DateField(required=False, allow_null=True, default=None)
