"""A real SMTP server on the loopback that can be told to misbehave."""

import socket
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Behaviour = Callable[[SMTP], str | None]


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mailbox:
    """What the server took, and what it answers at each step; None is the usual answer."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.recipients: list[str] = []
        self.tries = 0
        self.on_rcpt: Behaviour = lambda _server: None
        self.on_data: Behaviour = lambda _server: None

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Called for each address."""
        self.tries += 1
        answer = self.on_rcpt(server)
        if answer is None:
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Called with the whole mail. It is taken unless `on_data` refuses, even when the reader never hears so."""
        answer = self.on_data(server)
        if answer is None or answer.startswith("250"):
            self.taken.append(message_from_bytes(envelope.content or b""))
        return answer or "250 OK"


def refuses(answer: str) -> Behaviour:
    """Answers this instead."""
    return lambda _server: answer


def drops(server: SMTP) -> str:
    """Takes the mail and cuts the line before saying so."""
    server.transport.abort()
    return "250 OK"


def dawdles(server: SMTP) -> None:
    """Says nothing for longer than anybody waits."""
    time.sleep(1.5)


class Server:
    """The mailbox and the program around it, which can be stopped and started again on its port."""

    def __init__(self) -> None:
        self.box, self.port = Mailbox(), free_port()
        self.running: Controller | None = None

    def start(self) -> None:
        """Listen."""
        self.running = Controller(self.box, hostname="127.0.0.1", port=self.port)
        self.running.start()

    def stop(self) -> None:
        """Close the port."""
        if self.running:
            self.running.stop()
        self.running = None
