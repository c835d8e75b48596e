"""What a text may say about a case: the receipt number, the service, days and sums; never the person's data."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from agencies import clock
from agencies.models import Agency
from notifications import links
from workflows.cases.models import Case
from workflows.charges.models import Charge, Payment
from workflows.definition.model import Delivery, ProductKind, Text
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation
from workflows.trail.models import Event

Facts = dict[str, Any]
CLOSING = frozenset({"case.issued", "case.refused", "case.withdrawn", "case.lapsed"})
"""After these the service can be rated."""
AFTER = ("permit.", "obligation.")
"""How events begin that happen after a permit was issued."""


def facts(case: Case, event: Event, language: str) -> Facts:
    """Everything that the texts name, in the person's language; at most five queries."""
    definition = case.definition
    with override(language):
        return {
            "reference": case.reference or "",
            "tracking_code": case.tracking_code or "",
            "service": said(definition.name, language),
            "link": links.case_url(case.pk) if case.applicant.user_id else "",
            "rate": links.rate_url(case.pk) if event.kind in CLOSING else "",
            "complaints": said(definition.standard.complaints, language),
            "due": day(case.due_at),
            "answer_by": day(case.applicant_due_at),
            "paused": event.data.get("paused", True),
            "receipt": event.data.get("receipt") or "",
            "unpaid": event.data.get("from") == "awaiting_payment",
            **_product(case, event),
            **_money(case, event),
            **_visit(event, language),
            **_moved(event),
            **_permit(case, event),
        }


def for_staff(case: Case, event: Event) -> Facts:
    """What a notice to staff may name: number and service of the case, its days, the event's codes. No query."""
    return {
        "reference": case.reference or "",
        "service": case.definition.name.id,
        "link": links.desk_url(case.pk),
        "notices": f"{settings.MALL_BASE_URL}{links.NOTICES}",
        "due": day(case.due_at),
        "expires": moment(event.data.get("expires", "")),
        "event": event.data,
    }


def for_office(event: Event) -> Facts:
    """What a notice about something that is no case may name: its code, where it is found, the event's codes."""
    return {
        "reference": event.data["code"],
        "link": f"{settings.MALL_BASE_URL}{event.data['path']}",
        "event": event.data,
    }


def said(text: Text, language: str) -> str:
    """The text in that language, or in Indonesian where it has no other."""
    return (text.en if language == "en" else "") or text.id


def day(moment: datetime | None) -> str:
    """The day in Banyuwangi, written out, e.g. `22 November 2026`."""
    return date_format(clock.wib_date(moment), "j F Y") if moment else ""


def moment(text: str) -> str:
    """A moment of an event as people in Banyuwangi write it, e.g. `22 November 2026 pukul 14.05 WIB`."""
    at = clock.wib(datetime.fromisoformat(text)) if text else None
    return f"{date_format(at, 'j F Y')} pukul {at:%H.%M} WIB" if at else ""


def rupiah(amount: int) -> str:
    """As people write it: `Rp 25.000`."""
    return f"Rp {amount:,}".replace(",", ".")


def _product(case: Case, event: Event) -> Facts:
    if event.kind != "case.issued":
        return {}
    product = case.definition.product
    number = Permit.objects.filter(case=case).values_list("number", flat=True).first()
    return {
        "document": product.kind is ProductKind.RENDERED,
        "pickup": product.delivery is Delivery.PICKUP and not case.definition.same_visit,
        "number": number or "",
    }


def _permit(case: Case, event: Event) -> Facts:
    """What happened to a permit, and what its holder owes; the link leads to the permit. Two queries at most."""
    if not event.kind.startswith(AFTER) or event.kind == "permit.granted":
        return {}
    permit = Permit.objects.get(pk=event.data["permit"])
    owed = Obligation.objects.filter(pk=event.data.get("obligation")).first()
    due = owed.due_on if owed else None
    return {
        "number": permit.number,
        "last_day": date_format(permit.valid_until, "j F Y") if permit.valid_until else "",
        "due": date_format(due, "j F Y") if due else "",
        "link": links.permit_url(permit.pk) if case.applicant.user_id else "",
    }


def _money(case: Case, event: Event) -> Facts:
    """The sum that the event is about: the charge's, or the payment's that goes back."""
    if payment_id := event.data.get("payment"):
        payment = Payment.objects.get(pk=payment_id)
        due = event.data.get("due")
        return {
            "amount": rupiah(payment.amount),
            "double": payment.status == Payment.Status.DOUBLE,
            "back_by": day(datetime.fromisoformat(due)) if due else "",
        }
    if event.data.get("charge"):
        amount = rupiah(Charge.objects.get(case=case).amount)
        return {"amount": amount, "receipt": event.data.get("receipt", "")}
    return {}


def _moved(event: Event) -> Facts:
    if event.kind not in ("case.due_moved", "objection.due_moved"):
        return {}
    new, what = datetime.fromisoformat(event.data["new"]), event.data["what"]
    return {"answering": what == "answer", "objecting": what == "objection", "new_due": day(new)}


def _visit(event: Event, language: str) -> Facts:
    if event.kind != "inspection.scheduled":
        return {}
    agency = Agency.objects.get(code=event.data["agency"])
    name = Text(agency.name_id, agency.name_en)
    return {
        "visit_agency": said(name, language),
        "visit_day": date_format(datetime.fromisoformat(event.data["day"]), "j F Y"),
    }
