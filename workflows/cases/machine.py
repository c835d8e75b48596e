"""The one machine of every case: thirteen states, declared once.

The definition of a service chooses who, what and how long, never which states exist. A transition
changes memory only; the service function that called it saves, under the lock of the row.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from workflows.states import StateField


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Konsep")
    SUBMITTED = "submitted", _("Diajukan")
    IN_VERIFICATION = "in_verification", _("Pemeriksaan berkas")
    RETURNED = "returned", _("Perlu diperbaiki")
    AWAITING_RECOMMENDATIONS = "awaiting_recommendations", _("Menunggu rekomendasi")
    AWAITING_DECISION = "awaiting_decision", _("Menunggu keputusan")
    AWAITING_PAYMENT = "awaiting_payment", _("Menunggu pembayaran")
    APPROVED = "approved", _("Disetujui")
    ISSUED = "issued", _("Terbit")
    REFUSED = "refused", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Dicabut pemohon")
    LAPSED = "lapsed", _("Gugur")
    DEEMED_GRANTED = "deemed_granted", _("Dianggap dikabulkan")


class Instance(models.TextChoices):
    """Before whom a case is: the office itself, or the office again because a remedy was upheld."""

    FIRST = "first", _("Tingkat pertama")
    OBJECTION = "objection", _("Keberatan")
    APPEAL = "appeal", _("Banding administratif")


S = CaseState
ENDED = frozenset({S.ISSUED, S.REFUSED, S.WITHDRAWN, S.LAPSED})
UNDER_TERM = (S.SUBMITTED, S.IN_VERIFICATION, S.RETURNED, S.AWAITING_RECOMMENDATIONS, S.AWAITING_DECISION)
"""States in which the term of the service runs, unless a pause is open: then there is no due date."""

REPAIRED_IN = (S.AWAITING_RECOMMENDATIONS, S.AWAITING_DECISION)
"""States in which a complete application may be asked for a repair; the state stays."""
CORRECTED_IN = (S.RETURNED, *REPAIRED_IN)
"""States in which the applicant may be putting something right; a decision overtakes it."""


def nothing_is_asked(case: Any) -> bool:
    """No agency still owes a recommendation."""
    return bool(case.open_recommendations == 0)


def something_is_asked(case: Any) -> bool:
    """An agency owes a recommendation."""
    return bool(case.open_recommendations > 0)


def is_complete(case: Any) -> bool:
    """The application was found complete, so the clock of the law has a beginning."""
    return case.received_complete_at is not None


def remedy_is_upheld(case: Any) -> bool:
    """An objection or appeal was upheld, or answered by silence: another instance has begun."""
    return bool(case.instance != Instance.FIRST)


def nothing_is_owed(case: Any) -> bool:
    """No unpaid charge is outstanding."""
    return bool(case.amount_due == 0)


def papers_are_right(case: Any) -> bool:
    """The case did not come to the decision with deficiencies that were never put right."""
    return not case.deficient


def something_is_owed(case: Any) -> bool:
    """A charge is outstanding."""
    return bool(case.amount_due > 0)


class HeldState(models.Model):
    """Keeps django-fsm's protection on while a row is refreshed.

    `FSMModelMixin.refresh_from_db` lifts the protection for the whole process while it runs; taking the
    value out of the instance first needs no lifting.
    """

    class Meta:
        abstract = True

    _held = "state"

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: "QuerySet[Any] | None" = None,
    ) -> None:
        """Read the row again, the state included."""
        held = self.__dict__.pop(self._held, None)
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        except BaseException:
            if held is not None:
                self.__dict__[self._held] = held
            raise
        if self._held not in self.__dict__ and held is not None:
            self.__dict__[self._held] = held if fields is not None else self._stored_state(using)

    def _stored_state(self, using: str | None) -> str:
        """The state of the row: Django takes what was out of the instance for deferred, and does not read it."""
        rows = type(self)._base_manager.db_manager(using).filter(pk=self.pk)  # noqa: SLF001 - as Django does
        return str(rows.values_list(self._held, flat=True).get())


class CaseMachine(HeldState):
    """The state of a case and every legal way out of each."""

    class Meta:
        abstract = True

    state = StateField(max_length=32, choices=CaseState.choices, default=CaseState.DRAFT, help_text="Where it stands.")

    @transition(field=state, source=S.DRAFT, target=S.SUBMITTED)
    def submit(self) -> None:
        """The applicant hands in the whole application."""

    @transition(field=state, source=S.SUBMITTED, target=S.IN_VERIFICATION)
    def take(self) -> None:
        """Somebody begins to check the papers."""

    @transition(field=state, source=S.IN_VERIFICATION, target=S.RETURNED)
    def return_to_applicant(self) -> None:
        """The papers are deficient; every deficiency is named at once."""

    @transition(field=state, source=S.RETURNED, target=S.SUBMITTED)
    def resubmit(self) -> None:
        """The applicant answers a return."""

    @transition(field=state, source=S.IN_VERIFICATION, target=S.AWAITING_RECOMMENDATIONS, conditions=[is_complete])
    def ask_agencies(self) -> None:
        """The papers are complete and agencies are asked for recommendations."""

    @transition(
        field=state,
        source=[S.IN_VERIFICATION, S.SUBMITTED],
        target=S.AWAITING_DECISION,
        conditions=[is_complete, nothing_is_asked],
    )
    def go_to_decision(self) -> None:
        """The papers are complete and nobody is asked; from *submitted* in a same-visit service."""

    @transition(
        field=state, source=S.AWAITING_RECOMMENDATIONS, target=S.AWAITING_DECISION, conditions=[nothing_is_asked]
    )
    def close_recommendations(self) -> None:
        """Every agency has answered or its term has lapsed; the decision may be taken."""

    @transition(
        field=state, source=S.AWAITING_DECISION, target=S.AWAITING_RECOMMENDATIONS, conditions=[something_is_asked]
    )
    def reopen_recommendations(self) -> None:
        """An agency took its answer back, or is asked again; the decision waits for it."""

    @transition(
        field=state,
        source=[S.AWAITING_DECISION, S.DEEMED_GRANTED],
        target=S.AWAITING_PAYMENT,
        conditions=[is_complete, papers_are_right, something_is_owed],
    )
    def approve_unpaid(self) -> None:
        """Decided favourably; a charge is to be paid first."""

    @transition(
        field=state,
        source=[S.AWAITING_DECISION, S.DEEMED_GRANTED],
        target=S.APPROVED,
        conditions=[is_complete, papers_are_right, nothing_is_owed],
    )
    def approve(self) -> None:
        """Decided favourably and nothing is outstanding."""

    @transition(field=state, source=S.AWAITING_PAYMENT, target=S.APPROVED, conditions=[nothing_is_owed])
    def settle(self) -> None:
        """The charge is paid."""

    @transition(field=state, source=S.APPROVED, target=S.ISSUED)
    def issue(self) -> None:
        """The product is in the applicant's hands, or ready for download."""

    @transition(field=state, source=S.AWAITING_DECISION, target=S.REFUSED, conditions=[is_complete])
    def refuse(self) -> None:
        """Decided unfavourably, with reason, law and remedy."""

    @transition(field=state, source=S.REFUSED, target=S.AWAITING_DECISION, conditions=[remedy_is_upheld])
    def reopen(self) -> None:
        """An objection or appeal was upheld; the office must decide as it asks (UU 30/2014 art. 77)."""

    @transition(field=state, source=S.REFUSED, target=S.DEEMED_GRANTED, conditions=[remedy_is_upheld])
    def grant_by_silence(self) -> None:
        """Nobody answered the objection or appeal in time; the law upholds it (UU 30/2014 art. 77-78)."""

    @transition(
        field=state,
        source=[
            S.DRAFT,
            S.SUBMITTED,
            S.IN_VERIFICATION,
            S.RETURNED,
            S.AWAITING_RECOMMENDATIONS,
            S.AWAITING_DECISION,
            S.AWAITING_PAYMENT,
        ],
        target=S.WITHDRAWN,
    )
    def withdraw(self) -> None:
        """The applicant takes the application back."""

    @transition(field=state, source=[S.RETURNED, S.AWAITING_PAYMENT], target=S.LAPSED)
    def lapse(self) -> None:
        """The applicant stayed silent, or did not pay, past the limit."""

    @transition(
        field=state,
        source=[S.SUBMITTED, S.IN_VERIFICATION, S.RETURNED, S.AWAITING_RECOMMENDATIONS, S.AWAITING_DECISION],
        target=S.DEEMED_GRANTED,
    )
    def deem_granted(self) -> None:
        """The term passed and the law grants the application; an approver still owes the decision.

        From *returned* only where the return did not pause the term: asked too late, or for what was visible before.
        """
