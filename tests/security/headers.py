"""What every answer must carry, whatever it is."""

from collections.abc import Iterable

from django.http import HttpResponseBase

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
REFERRERS = ("same-origin", "strict-origin")
"""The latter on pages whose address is a secret: not even our own pages are told it."""
CLOSED = {"object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
OPEN_DATA = ("/data/", "/api/3/")
FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*")


def faults_in(response: HttpResponseBase) -> Iterable[str]:
    """What its headers lack or say too much."""
    for name, value in WANTED.items():
        if response.headers.get(name) != value:
            yield f"{name} is {response.headers.get(name)}"
    if response.headers.get("Referrer-Policy") not in REFERRERS:
        yield f"Referrer-Policy is {response.headers.get('Referrer-Policy')}"
    if "Access-Control-Allow-Origin" in response.headers and not _is_open_data(response):
        yield "any other site may read it"
    yield from policy_faults(response.headers.get("Content-Security-Policy", ""))


def _is_open_data(response: HttpResponseBase) -> bool:
    """Is it what machines fetch from the catalogue, which every site may read? It must set no cookie."""
    path = getattr(response, "request", {}).get("PATH_INFO", "")
    return path.startswith(OPEN_DATA) and not response.cookies


def policy_faults(policy: str) -> Iterable[str]:
    """What a content security policy leaves open."""
    said = {words[0]: words[1:] for part in policy.split(";") if (words := part.split())}
    fallback = said.get("default-src", [])
    for name, value in CLOSED.items():
        given = said.get(name, fallback if name == "object-src" else [])
        if given != [value]:
            yield f"{name} is {given}"
    for name in ("script-src", "style-src", "default-src"):
        open_to = [word for word in said.get(name, fallback or ["*"]) if word in FORBIDDEN]
        if open_to:
            yield f"{name} allows {open_to}"
