"""The virus scanner: ClamAV's INSTREAM over the socket named by `CLAMD_SOCKET`.

Without that setting nothing is scanned and the file says so. With it, a scanner that does not answer
leaves the file waiting and closed to staff: it fails shut.
"""

import socket
import struct

import structlog
from django.conf import settings

from documents.vault.models import Scan

log = structlog.get_logger(__name__)
CHUNK = 256 * 1024
SECONDS = 30.0


def scan(content: bytes) -> Scan:
    """What the scanner says of these bytes."""
    where = str(getattr(settings, "CLAMD_SOCKET", ""))
    if not where:
        return Scan.UNSCANNED
    try:
        return _read(_ask(where, content))
    except OSError as error:
        log.warning("scanner.silent", error=type(error).__name__)
        return Scan.WAITING


def _ask(where: str, content: bytes) -> bytes:
    with _connected(where) as link:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            link.sendall(struct.pack(">I", len(piece)) + piece)
        link.sendall(struct.pack(">I", 0))
        answer = b""
        while piece := link.recv(4096):
            answer += piece
        return answer


def _connected(where: str) -> socket.socket:
    """`/path/to/socket` or `host:port`."""
    if where.startswith("/"):
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(SECONDS)
        link.connect(where)
        return link
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _read(answer: bytes) -> Scan:
    """`stream: OK`, `stream: <name> FOUND`, or trouble of the scanner's own."""
    said = answer.rstrip(b"\0\n ").decode(errors="replace")
    if said.endswith(" FOUND"):
        log.warning("scanner.found", name=said.removeprefix("stream: ").removesuffix(" FOUND")[:80])
        return Scan.INFECTED
    return Scan.CLEAN if said == "stream: OK" else Scan.WAITING
