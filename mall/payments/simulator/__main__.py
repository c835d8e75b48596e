"""`python -m mall.payments.simulator --port 8001`: start the pretended gateway and serve until stopped."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mall.settings.demo")

from django.conf import settings

from mall.payments.simulator.calls import Caller
from mall.payments.simulator.journal import Journal
from mall.payments.simulator.server import Gateway

WEBHOOK = "/pembayaran/webhook/simulator/"


def _stop(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    """Read the words of the command line, and serve."""
    words = argparse.ArgumentParser(prog="mall.payments.simulator", description="A pretended payment gateway.")
    words.add_argument("--port", type=int, required=True, help="Where to listen, on 127.0.0.1.")
    words.add_argument("--mall", default=settings.MALL_BASE_URL, help="Address of the mall.")
    words.add_argument("--journal", type=Path, default=settings.VAR / "simulator" / "journal.jsonl")
    given = words.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    journal = Journal(given.journal)
    caller = Caller(journal, given.mall + WEBHOOK, settings.MALL_GATEWAY_KEY)
    with Gateway(given.port, journal, caller, key=settings.MALL_GATEWAY_KEY, mall=given.mall) as gateway:
        caller.start()
        gateway.serve_forever()


if __name__ == "__main__":
    main()
