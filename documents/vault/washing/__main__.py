"""The child: `python -m documents.vault.washing pdf < upload`. Answers one line of JSON, then the new bytes."""

import json
import resource
import sys

from documents.vault.washing.limits import MEMORY, SECONDS, Fault, Unfit


def main(name: str, *asked: str) -> None:
    """Wash what comes in; any trouble with the file is the fault `unreadable`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    head: dict[str, int | str]
    try:
        washed, pages = _wash(name, content)
        head = {"pages": pages}
        if "place" in asked:
            head["place"] = _place(content)
    except Unfit as unfit:
        washed, head = b"", {"fault": unfit.fault.value}
    except Exception:  # noqa: BLE001 - a parser may fail in any way, and each means the same
        washed, head = b"", {"fault": Fault.UNREADABLE.value}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + washed)


def _wash(name: str, content: bytes) -> tuple[bytes, int]:
    from documents.vault.kinds import JPG, PNG

    if name == "pdf":
        from documents.vault.washing import pdf

        return pdf.wash(content)
    from documents.vault.washing import image

    return image.wash(content, JPG if name == JPG.name else PNG)


def _place(content: bytes) -> str:
    from documents.vault.washing import place

    return place.of(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
