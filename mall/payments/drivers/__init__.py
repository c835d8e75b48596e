"""The gateways we can speak to; one module each."""

from agencies.errors import Missing
from mall.payments.drivers.simulator import Simulator
from mall.payments.gateway import Gateway

DRIVERS: dict[str, Gateway] = {Simulator.name: Simulator()}
CHOSEN = Simulator.name
"""Where new bills go. Notices are taken from every gateway that is listed."""


def find(name: str) -> Gateway:
    """The gateway of that name; `Missing` if we have none."""
    try:
        return DRIVERS[name]
    except KeyError:
        raise Missing from None


def chosen() -> Gateway:
    """The gateway that makes new bills."""
    return DRIVERS[CHOSEN]
