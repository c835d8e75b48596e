"""What a channel to the outside must do, and the two ways to fail that are told apart."""

from typing import Protocol

from notifications.models import Delivery


class Unreachable(Exception):
    """The provider itself does not answer: no message would get through now."""


class Rejected(Exception):
    """The provider will never take this message for this person: trying again is useless."""


class Outside(Protocol):
    """A channel to the outside."""

    def deliver(self, delivery: Delivery) -> str:
        """Hand the message over and return the provider's name for it.

        May be called more than once for one delivery, so it passes a key by which the provider or the
        reader can tell a repetition. Raises `Unreachable`, `Rejected`, or anything else, which means
        "try again later".
        """
