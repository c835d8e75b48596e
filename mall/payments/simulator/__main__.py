"""`python -m mall.payments.simulator --port 8001`: start the pretended gateway and serve until stopped."""

import argparse
import os
import signal
from pathlib import Path
from threading import Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mall.settings.demo")

from django.conf import settings

from mall.payments.simulator.calls import Caller
from mall.payments.simulator.journal import Journal
from mall.payments.simulator.server import Gateway

WEBHOOK = "/pembayaran/webhook/simulator/"
STOPS = (signal.SIGTERM, signal.SIGINT)


def main() -> None:
    """Read the words of the command line, and serve."""
    words = argparse.ArgumentParser(prog="mall.payments.simulator", description="A pretended payment gateway.")
    words.add_argument("--port", type=int, required=True, help="Where to listen, on 127.0.0.1.")
    words.add_argument("--mall", default=settings.MALL_BASE_URL, help="Address of the mall.")
    words.add_argument("--journal", type=Path, default=settings.VAR / "simulator" / "journal.jsonl")
    given = words.parse_args()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # before the first thread, which inherits it
    journal = Journal(given.journal)
    caller = Caller(journal, given.mall + WEBHOOK, settings.MALL_GATEWAY_KEY)
    with Gateway(given.port, journal, caller, key=settings.MALL_GATEWAY_KEY, mall=given.mall) as gateway:
        caller.start()
        Thread(target=_stop_when_asked, args=[gateway], daemon=True).start()
        gateway.serve_forever()


def _stop_when_asked(gateway: Gateway) -> None:
    """Signals are waited for and not handled: what a handler raises in the middle of a finaliser is lost."""
    signal.sigwait(STOPS)
    gateway.shutdown()


if __name__ == "__main__":
    main()
