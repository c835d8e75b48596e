"""The port to payment gateways: what the mall asks of one, and what it believes of its word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BillRef:
    """A bill that stands at a gateway. The payer types `pay_code` or opens `pay_url`."""

    gateway_ref: str
    pay_code: str
    pay_url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A gateway's word that money has come: `amount` rupiah for its bill, which it made for `reference`."""

    gateway_ref: str
    payment_ref: str
    reference: str
    amount: int
    paid_at: datetime


class Untrusted(Exception):
    """The message does not carry the gateway's fresh signature."""


class Malformed(Exception):
    """The message is signed, and does not say what a payment notice must say."""


class Gateway(Protocol):
    """One gateway. Every call may be repeated and means the same."""

    name: str

    def create_bill(self, reference: str, amount: int, expires_at: datetime, description: str) -> BillRef:
        """A bill of `amount` rupiah; the same `reference` gives the same bill.

        Raises:
            Unavailable: the gateway does not answer as it should; try again later.
        """

    def verify_webhook(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        """What the gateway says, once its signature over the raw body is checked.

        Raises:
            Untrusted: the signature is missing, wrong or old.
            Malformed: signed, but no payment notice.
        """

    def payments_of(self, gateway_ref: str) -> Sequence[PaymentNotice]:
        """Every payment that came for a bill, for the case that a notice was lost. Raises `Unavailable`."""
