"""A service with everything that can be asked about: two stages, a visit, a fee, a document, secret answers."""

import copy
from typing import Any

from workflows.actors import Actor
from workflows.definition.folder import CATALOGUE
from workflows.definition.parse import parse_definition
from workflows.definition.services import publish_version

CODE = "DPMPTSP-UJI-MATRIKS"
LIKE = "DPMPTSP-MAKAM-PINDAH"


def definition_code(by: Actor) -> str:
    """Publish the service, as an administrator does, and return its code."""
    publish_version(CODE, body(), by=by)
    return CODE


def body() -> dict[str, Any]:
    """The definition, on the ground of a shipped one."""
    path = CATALOGUE / f"{LIKE}.toml"
    made = copy.deepcopy(dict(parse_definition(path.read_text("utf-8"), file=path.name).body))
    made |= {"code": CODE, "applicant": "both"}
    made["term"] = {**made["term"], "deemed": "granted", "deemed_law": "UU 30/2014"}
    made["renewal"] = {}
    made["product"] = {**made["product"], "amendable": True, "validity": {"kind": "days", "amount": 200}}
    made["fields"] = [
        {"name": "uraian", "type": "text", "label": "Uraian"},
        {"name": "cerita", "type": "longtext", "label": "Cerita"},
        {"name": "nik_ahli", "type": "nik", "label": "NIK ahli waris"},
        {"name": "telepon_ahli", "type": "phone", "label": "Telepon ahli waris"},
    ]
    made["requirements"] = [
        {"code": "ktp", "name": "KTP-el", "document_type": "ktp", "reusable": True},
        {"code": "surat", "name": "Surat kuasa", "document_type": "surat"},
    ]
    made["recommenders"] = [
        {"agency": "DPUCKPP", "term_days": 1, "stage": 1, "inspects": True},
        {"agency": "DINSOS", "term_days": 1, "stage": 2, "silence": "proceed"},
    ]
    made["inspection"] = {"lead": "DPUCKPP", "kind": "Pemeriksaan lokasi"}
    return made
