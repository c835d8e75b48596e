"""What the OpenAPI document says of all operations alike: how each may be refused."""

from typing import Any, Final

from mall.api import examples
from mall.api.problems import MEDIA_TYPE, TITLES

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "RFC 9457. `type` is stable; `title` and `detail` are for people, in Indonesian.",
    "required": ["type", "title", "status", "detail", "instance", "trace_id"],
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string", "description": "Kind of problem; an address that tells more."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The address that was asked."},
        "trace_id": {"type": "string", "description": "To quote when asking for help; also `X-Request-ID`."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "additionalProperties": False,
                "properties": {
                    "detail": {"type": "string"},
                    "pointer": {"type": "string", "description": "JSON Pointer into what was sent."},
                    "parameter": {"type": "string", "description": "Name of a query parameter or header."},
                },
            },
        },
        "reasons": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Out of turn: the codes that `overtaking` may hold.",
        },
        "possible": {
            "type": "array",
            "items": {"type": "string"},
            "description": "With 409: what this caller may do with the case now.",
        },
    },
    "example": examples.PROBLEM,
}


def only_api(endpoints: list[Any], **_more: Any) -> list[Any]:
    """Only what lies below the API; the catch-all is no operation."""
    return [one for one in endpoints if one[0].startswith("/api/v1/") and "{rest}" not in one[0]]


def finish(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add the one Problem, and to every operation the statuses that it may be refused with."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {f"Problem{code}": _response(str(title)) for code, (_slug, title) in TITLES.items()}
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _tell_versions(operation)
            for code in _refusals(path, method, operation):
                operation["responses"].setdefault(code, {"$ref": f"#/components/responses/Problem{code}"})
    return result


def _headers_of(operation: dict[str, Any]) -> set[str]:
    return {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}


def _tell_versions(operation: dict[str, Any]) -> None:
    """The ETag of what has versions, and the short answer to one who has it already."""
    asked = _headers_of(operation)
    if asked & {"If-Match", "If-None-Match"}:
        for code in {"200", "201"} & set(operation["responses"]):
            operation["responses"][code]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    if "If-None-Match" in asked:
        operation["responses"]["304"] = {"description": "Tidak berubah"}


def _response(title: str) -> dict[str, Any]:
    return {"description": title, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    """Statuses by what the operation has: a path that may lead nowhere, a caller, a body, preconditions."""
    headers = _headers_of(operation)
    found = ["429", "500", "503"]
    found += ["404"] if "{" in path or path.endswith("tracking") else []
    found += ["401", "403"] if operation.get("security") else []
    found += ["400", "413", "415", "422"] if method != "get" else []
    found += ["422"] if any(one["in"] == "query" for one in operation.get("parameters", [])) else []
    found += ["412", "428"] if "If-Match" in headers else []
    once = path.endswith(("/answer", "/withdrawal"))
    found += ["409"] if once or headers & {"If-Match", "Idempotency-Key"} else []
    found += ["400"] if "Idempotency-Key" in headers else []
    found += ["422"] if "X-Purpose" in headers else []
    return sorted(set(found))
