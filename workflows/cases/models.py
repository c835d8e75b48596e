"""One application by one applicant for one service, from desk to permit. Data and constraints only."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from agencies.ids import new_id
from agencies.models import Lane
from workflows.cases.machine import ENDED, CaseMachine, CaseState, Instance
from workflows.clock.models import PAUSES
from workflows.definition.kinds import Effect
from workflows.states import keeps_its_edges

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from workflows.definition.model import Definition


class Channel(models.TextChoices):
    ONLINE = "online", _("Daring")
    COUNTER = "counter", _("Loket")
    API = "api", _("Sistem lain")


@keeps_its_edges("case_state_edges")
class Case(CaseMachine):
    """The case. `state` moves only through a service function of `workflows.cases`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey("workflows.ServiceType", on_delete=models.PROTECT, related_name="cases")
    service_version = models.ForeignKey("workflows.ServiceVersion", on_delete=models.PROTECT, related_name="cases")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, help_text="Who decides.")
    site = models.ForeignKey("agencies.Site", on_delete=models.PROTECT, help_text="Where; its hours are the clock's.")
    applicant = models.ForeignKey("agencies.Person", on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey("agencies.Organisation", on_delete=models.PROTECT, null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.ONLINE)
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL)

    previous_permit = models.ForeignKey(
        "workflows.Permit",
        on_delete=models.PROTECT,
        null=True,
        related_name="followers",
        help_text="The earlier permit that this case renews, amends, copies or revokes.",
    )
    effect = models.CharField(max_length=8, default=Effect.NONE, help_text="What its product does to that permit.")

    kecamatan = models.CharField(
        max_length=8,
        blank=True,
        help_text="Kemendagri code of the district where the applicant lived when it was handed in; for counting.",
    )
    reference = models.CharField(max_length=32, null=True, unique=True, help_text="Receipt number, from submission.")
    tracking_code = models.CharField(max_length=8, null=True, unique=True, help_text="Typed by people.")
    draft_key = models.UUIDField(null=True, unique=True, help_text="Makes opening a draft idempotent.")
    submission_key = models.UUIDField(null=True, unique=True, help_text="Makes submitting idempotent.")
    answers = models.JSONField(default=dict, help_text="Answers by field name; NIK and phone are ciphertext.")

    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="Time of the last event; no later event is earlier.")
    submitted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True, help_text="The hand-in from which the term counts.")
    received_complete_at = models.DateTimeField(null=True, help_text="Arrival of what was found complete.")
    complete_number = models.CharField(
        max_length=32, null=True, unique=True, help_text="Number of the receipt for a complete application."
    )
    due_at = models.DateTimeField(null=True, help_text="End of the term, closing time of its last day.")
    term_passed_at = models.DateTimeField(null=True, help_text="When the passing of the term was recorded.")
    escalated = models.PositiveSmallIntegerField(
        default=0, help_text="Highest rung of the ladder taken in this term, per cent."
    )
    escalate_at = models.DateTimeField(null=True, help_text="When the sweep looks at the ladder next.")
    applicant_due_at = models.DateTimeField(null=True, help_text="Until when the applicant may answer or pay.")
    paused = models.CharField(max_length=16, blank=True, help_text="Reason of the open pause; empty while none is.")
    paused_days_left = models.PositiveSmallIntegerField(null=True, help_text="Working days left while paused.")
    decided_at = models.DateTimeField(null=True, help_text="First final decision; those on remedies do not move it.")
    closed_at = models.DateTimeField(null=True)

    instance = models.CharField(
        max_length=12, choices=Instance.choices, default=Instance.FIRST, help_text="Whose turn it is to decide."
    )
    round = models.PositiveSmallIntegerField(default=1, help_text="1, and one more for every return.")
    repeated_returns = models.PositiveSmallIntegerField(
        default=0, help_text="Returns and repairs for what was visible at an earlier check; they paused nothing."
    )
    open_recommendations = models.PositiveSmallIntegerField(default=0)
    deficient = models.BooleanField(default=False, help_text="Still deficient after the last round: refuse only.")
    amount_due = models.PositiveBigIntegerField(default=0, help_text="Unpaid rupiah.")
    revision = models.PositiveIntegerField(default=0, help_text="One more at every event; the ETag.")
    chain_hash = models.CharField(max_length=64, blank=True, help_text="Hash of the case's last event.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[CaseState.DRAFT, CaseState.WITHDRAWN])
                | Q(reference__isnull=False, submission_key__isnull=False, arrived_at__isnull=False),
                name="case_submitted_has_receipt",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, closed_at__isnull=False) | (~Q(state__in=ENDED) & Q(closed_at=None)),
                name="case_closed_iff_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.APPROVED, CaseState.ISSUED]) | Q(amount_due=0),
                name="case_approved_owes_nothing",
            ),
            models.CheckConstraint(
                condition=Q(effect=Effect.NONE, previous_permit=None)
                | (Q(effect__in=[*Effect][1:], previous_permit__isnull=False)),
                name="case_effect_names_a_permit",
            ),
            models.UniqueConstraint(
                fields=["previous_permit", "effect"], condition=Q(closed_at=None), name="case_follows_once"
            ),
            models.CheckConstraint(condition=Q(paused__in=["", *sorted(PAUSES)]), name="case_pause_known"),
            models.CheckConstraint(
                condition=Q(paused_days_left=None) | (~Q(paused="") & Q(due_at=None)),
                name="case_paused_has_no_due_date",
            ),
            models.CheckConstraint(condition=Q(instance__in=Instance.values), name="case_instance_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "due_at", "id"],
                name="case_worklist",
                condition=Q(closed_at=None) & ~Q(state=CaseState.DRAFT),
            ),
            models.Index(fields=["applicant", "-created_at"], name="case_of_applicant"),
            models.Index(fields=["agency", "-created_at", "id"], name="case_archive"),
            models.Index(fields=["opened_by", "-created_at"], name="case_of_clerk"),
            models.Index(fields=["due_at"], name="case_term_open", condition=Q(closed_at=None, term_passed_at=None)),
            models.Index(fields=["applicant_due_at"], name="case_answer_open", condition=Q(closed_at=None)),
            models.Index(
                fields=["escalate_at", "id"],
                name="case_ladder",
                condition=Q(closed_at=None, escalate_at__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="case_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="case_keeps_its_version",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=CaseState.DRAFT)
                & (
                    pgtrigger.Q(old__service_version__df=pgtrigger.F("new__service_version"))
                    | pgtrigger.Q(old__applicant__df=pgtrigger.F("new__applicant"))
                    | pgtrigger.Q(old__lane__df=pgtrigger.F("new__lane"))
                    | pgtrigger.Q(old__submission_key__df=pgtrigger.F("new__submission_key"))
                    | pgtrigger.Q(old__previous_permit__df=pgtrigger.F("new__previous_permit"))
                    | pgtrigger.Q(old__effect__df=pgtrigger.F("new__effect"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.id)

    @classmethod
    def locking(cls) -> "QuerySet[Case]":
        """Cases whose rows are locked as they are read, with their definitions; for what else names a case."""
        return cls.objects.select_for_update(of=("self",)).select_related(
            "service", "service_version", "applicant", "agency"
        )

    @classmethod
    def locked(cls, case_id: UUID) -> "Case":
        """The case with its row locked and its definition at hand; `Missing` if there is none."""
        found = cls.locking().filter(pk=case_id).first()
        if found is None:
            raise Missing(str(_("Permohonan tidak ditemukan.")))
        return found

    @property
    def definition(self) -> "Definition":
        """The definition this case keeps for life."""
        return self.service_version.definition

    @property
    def is_open(self) -> bool:
        """Is anything still to happen?"""
        return self.state not in ENDED


class Attachment(models.Model):
    """A paper handed in for one requirement; `file_id` names a file of the vault."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    requirement = models.CharField(max_length=80, help_text="Code of the requirement in the definition.")
    file_id = models.UUIDField()
    round = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()
    current = models.BooleanField(default=True, help_text="False once replaced.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "requirement"], condition=Q(current=True), name="attachment_one_current"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["file_id"], name="attachment_file")]

    def __str__(self) -> str:
        return self.requirement


class RequirementCheck(models.Model):
    """A verifier's tick on one requirement in one round."""

    class Verdict(models.TextChoices):
        OK = "ok", _("Sesuai")
        DEFICIENT = "deficient", _("Kurang")

    ANSWERS = "_answers"
    """Code of the tick on the form itself, beside those of the papers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks")
    requirement = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    note = models.CharField(max_length=1000, blank=True, help_text="What is wrong, for the applicant to read.")
    seen = models.CharField(max_length=64, blank=True, help_text="What was looked at: a file's id, the form's digest.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "requirement", "round"], name="check_once_a_round"),
            models.CheckConstraint(condition=Q(verdict="ok") | ~Q(note=""), name="check_deficient_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} {self.verdict}"


class Duty(models.Model):
    """Which part a person has in a case. One person has one part: PostgreSQL refuses a second.

    A person, not an account: `human` is who stands behind the log-in, where the mall knows it.
    """

    class Kind(models.TextChoices):
        INTAKE = "intake"
        VERIFIER = "verifier"
        RECOMMENDER = "recommender"
        FEE_ASSESSOR = "fee_assessor"
        APPROVER = "approver"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="duties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    human = models.UUIDField(help_text="Id of the person behind the account where she is known, else of the account.")
    duty = models.CharField(max_length=16, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], name="duty_one_per_person"),
            models.UniqueConstraint(fields=["case", "human"], name="duty_one_per_human"),
            models.CheckConstraint(
                condition=Q(duty__in=["intake", "verifier", "recommender", "fee_assessor", "approver"]),
                name="duty_known",
            ),
        ]

    def __str__(self) -> str:
        return self.duty
