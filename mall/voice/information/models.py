"""The request and the files of its answer; objections and consequence tests stand beside."""

from typing import ClassVar
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from agencies.ids import new_id
from agencies.sealing import SealedTextField
from mall.voice.information.machine import ANSWERED, OPEN, WITHHOLDING, Extension, InformationMachine, InformationState
from mall.voice.levies.models import changed
from workflows.states import keeps_its_edges

TOLD = (
    "number", "agency_id", "source", "identity", "name", "nik", "nik_index", "legal_no", "address", "contact",
    "occupation", "person_id", "wanted", "purpose", "receive", "registered_at",
)  # fmt: skip
"""What the requester told; nobody changes it afterwards."""
ANSWER = ("answer", "answered_at", "answered_by_id", "decision", "under_control", "documented", "form_held", "cost")
S = InformationState


class Identity(models.TextChoices):
    PERSON = "person", _("Perorangan (WNI)")
    BODY = "body", _("Badan hukum Indonesia")


class Receive(models.TextChoices):
    SEE = "see", _("Melihat, membaca, atau mendengarkan di tempat")
    ELECTRONIC = "electronic", _("Salinan elektronik (gratis)")
    PAPER = "paper", _("Salinan kertas (dengan biaya penggandaan)")


class Source(models.TextChoices):
    WEB = "web", _("Formulir")
    COMPLAINT = "complaint", _("Dialihkan dari pengaduan")


class FormHeld(models.TextChoices):
    SOFT = "soft", _("Softcopy")
    HARD = "hard", _("Hardcopy")
    BOTH = "both", _("Softcopy dan hardcopy")


def filled(name: str) -> Q:
    """A sealed column holds something; in SQL, because sealed fields compare with nothing."""
    return Q(RawSQL(f"{name} <> ''", (), models.BooleanField()))  # noqa: S611 - a name of ours


@keeps_its_edges("information_state_edges")
class InformationRequest(InformationMachine):
    """One request for public information. What was told and answered is ciphertext."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=24, unique=True, help_text="Registration number, e.g. `PIP-2026-000012`.")
    filing_key = models.UUIDField(unique=True, help_text="Makes filing idempotent.")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Whose PPID answers.")
    source = models.CharField(max_length=12, choices=Source.choices, help_text="By which way it came.")

    identity = models.CharField(max_length=8, choices=Identity.choices, help_text="A person, or a legal body.")
    name = SealedTextField(help_text="Who asks.")
    nik = SealedTextField(help_text="Of a person without an account; 16 digits.")
    nik_index = models.CharField(max_length=64, blank=True, editable=False, help_text="Keyed hash of the NIK.")
    legal_no = SealedTextField(help_text="Number by which a legal body was recognised.")
    address = SealedTextField(help_text="Where she lives, or where the body has its seat.")
    contact = SealedTextField(help_text="E-mail or telephone.")
    occupation = SealedTextField(help_text="What she does, as the register asks.")
    person = models.ForeignKey(
        "agencies.Person", models.PROTECT, null=True, related_name="+", help_text="Her account, if she was logged in."
    )
    wanted = SealedTextField(help_text="Which information.")
    purpose = SealedTextField(help_text="What for.")
    receive = models.CharField(max_length=12, choices=Receive.choices, help_text="How she wants it.")
    summary = models.CharField(max_length=300, blank=True, help_text="Neutral words for the public, from the PPID.")

    registered_at = models.DateTimeField(help_text="When it came.")
    due_at = models.DateTimeField(null=True, help_text="Until when it must be answered; null: no calendar yet.")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The PPID who has it."
    )
    taken_at = models.DateTimeField(null=True, help_text="Since when.")
    extended_at = models.DateTimeField(null=True, help_text="When more time was taken, once.")
    extension_reason = models.CharField(max_length=16, blank=True, choices=Extension.choices, help_text="Why.")
    silent_at = models.DateTimeField(null=True, help_text="When it was noted that the term had passed in silence.")

    decision = models.CharField(
        max_length=12, blank=True, choices=[(one, one.label) for one in ANSWERED], help_text="How it was answered."
    )
    answer = SealedTextField(help_text="The written answer.")
    answered_at = models.DateTimeField(null=True, help_text="Day of the notice.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The PPID who answered."
    )
    under_control = models.BooleanField(null=True, help_text="Does the agency have it?")
    documented = models.BooleanField(null=True, help_text="Is it documented?")
    form_held = models.CharField(max_length=8, blank=True, choices=FormHeld.choices, help_text="In which form.")
    cost = models.PositiveBigIntegerField(default=0, help_text="Rupiah for a paper copy; all else is free.")
    payment = models.CharField(max_length=120, blank=True, help_text="How the cost is paid.")
    given_on = models.DateField(null=True, help_text="Day (WIB) on which it was given.")
    object_until = models.DateField(null=True, help_text="Last day (WIB) of an objection to answer or silence.")
    dispute_number = models.CharField(max_length=60, blank=True, help_text="Register number of the Commission.")
    disputed_on = models.DateField(null=True, help_text="Day (WIB) on which the dispute was filed.")
    withdrawn_at = models.DateTimeField(null=True, help_text="When it was taken back.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="information_state_known"),
            models.CheckConstraint(
                condition=Q(source__in=Source.values, identity__in=Identity.values, receive__in=Receive.values),
                name="information_words_known",
            ),
            models.CheckConstraint(
                condition=Q(identity="body") | Q(source="complaint") | Q(person__isnull=False) | ~Q(nik_index=""),
                name="information_person_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[S.IN_PROCESS, S.EXTENDED, *ANSWERED]) | Q(taken_by__isnull=False),
                name="information_begun_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(extended_at=None, extension_reason="")
                | Q(extended_at__isnull=False, extension_reason__in=Extension.values),
                name="information_extended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.EXTENDED) | Q(extended_at__isnull=False), name="information_extended_once_told"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, decision="", answered_by=None)
                | (Q(decision__in=ANSWERED, answered_at__isnull=False, answered_by__isnull=False) & filled("answer")),
                name="information_answer_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED) | Q(decision=models.F("state")), name="information_decision_is_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*OPEN, S.WITHDRAWN]) | Q(answered_at=None), name="information_open_unanswered"
            ),
            models.CheckConstraint(condition=Q(cost=0) | Q(receive="paper"), name="information_only_paper_costs"),
            models.CheckConstraint(
                condition=Q(state=S.DISPUTE, disputed_on__isnull=False) & ~Q(dispute_number="")
                | ~Q(state=S.DISPUTE) & Q(disputed_on=None, dispute_number=""),
                name="information_dispute_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state=S.WITHDRAWN, withdrawn_at__isnull=False)
                | ~Q(state=S.WITHDRAWN) & Q(withdrawn_at=None),
                name="information_withdrawn_at_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_at", "id"], name="information_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["-registered_at", "-id"], name="information_register"),
            models.Index(fields=["answered_at"], name="information_answered", condition=Q(answered_at__isnull=False)),
            models.Index(
                fields=["person", "-registered_at"], name="information_mine", condition=Q(person__isnull=False)
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="information_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="information_told_once", operation=pgtrigger.Update, condition=changed(*TOLD)),
            pgtrigger.Protect(
                name="information_extended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.extended_at IS NOT NULL AND (OLD.extended_at IS DISTINCT FROM NEW.extended_at "
                    "OR OLD.extension_reason IS DISTINCT FROM NEW.extension_reason)"
                ),
            ),
            pgtrigger.Protect(
                name="information_due_forward",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.due_at IS NOT NULL AND (NEW.due_at IS NULL OR NEW.due_at < OLD.due_at)"
                ),
            ),
            pgtrigger.Protect(
                name="information_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.answered_at IS NOT NULL AND ("
                    + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ANSWER)
                    + ")"
                ),
            ),
            pgtrigger.Trigger(
                name="information_withheld_by_tests",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(f"NEW.decision IN ({', '.join(repr(str(one)) for one in WITHHOLDING)})"),
                func="""
                IF NOT EXISTS (SELECT 1 FROM voice_withheld w WHERE w.request_id = NEW.id) OR EXISTS (
                    SELECT 1 FROM voice_withheld w JOIN voice_exemptiontest t ON t.id = w.test_id
                    WHERE w.request_id = NEW.id
                      AND t.expires_on < (NEW.answered_at AT TIME ZONE 'Asia/Jakarta')::date
                ) THEN RAISE EXCEPTION 'nothing is withheld without a consequence test'; END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def locked(cls, request_id: UUID) -> "InformationRequest":
        """The request with its row locked; `Missing` if there is none."""
        found = cls.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
        if found is None:
            raise Missing
        return found


class InformationFile(models.Model):
    """A file of an answer."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="files", help_text="Of which request.")
    file = models.OneToOneField(
        "documents.EvidenceFile", models.PROTECT, primary_key=True, related_name="+", help_text="The file itself."
    )

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="information_file_kept", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return str(self.file_id)
