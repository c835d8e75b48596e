"""What production refuses, each in one sentence that names the variable."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

KEY_BYTES = 32
SECRET_LENGTH = 50
FEWEST_LETTERS = 10
GIVEAWAYS = ("insecure", "change", "secret", "tests-only", "tests only", "example", "password")


def _needed(env: Env, name: str) -> str:
    value = str(env.str(name, default="")).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set.")
    return value


def refuse_debug(env: Env) -> None:
    """Stop when somebody asks for the debug mode."""
    for name in ("DEBUG", "DJANGO_DEBUG"):
        if env.bool(name, default=False):
            raise ImproperlyConfigured(f"{name} is set, and production has no debug mode.")


def secret_key(env: Env) -> str:
    """SECRET_KEY, long and not a known default."""
    value = _needed(env, "SECRET_KEY")
    if len(value) < SECRET_LENGTH or len(set(value)) < FEWEST_LETTERS or _gives_away(value):
        raise ImproperlyConfigured(f"SECRET_KEY is a default or too weak; give {SECRET_LENGTH} random characters.")
    return value


def key(env: Env, name: str) -> str:
    """A key of 32 random bytes in base64."""
    value = _needed(env, name)
    try:
        raw = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise ImproperlyConfigured(f"{name} is not base64.") from fault
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(f"{name} has {len(raw)} bytes instead of {KEY_BYTES}.")
    if len(set(raw)) < FEWEST_LETTERS or _gives_away(raw.decode("latin-1")):
        raise ImproperlyConfigured(f"{name} is a default or not random.")
    return value


def _gives_away(text: str) -> bool:
    return any(word in text.lower() for word in GIVEAWAYS)


def all_different(*keys: str) -> None:
    """Stop when one key is used for two purposes."""
    if len(set(keys)) != len(keys):
        raise ImproperlyConfigured(
            "MALL_FIELD_KEY, MALL_INDEX_KEY, MALL_REGISTRY_KEY and MALL_GATEWAY_KEY must differ."
        )


def hosts(env: Env) -> list[str]:
    """MALL_HOSTS as a list without wildcards."""
    found = [host.strip() for host in _needed(env, "MALL_HOSTS").split(",") if host.strip()]
    if not found or any("*" in host or host.startswith(".") for host in found):
        raise ImproperlyConfigured("MALL_HOSTS has a wildcard; name each host.")
    return found


def address(env: Env, name: str) -> str:
    """A web address without path: scheme and host."""
    parts = urlsplit(_needed(env, name))
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(f"{name} is not an address such as https://mpp.example.go.id.")
    return f"{parts.scheme}://{parts.netloc}"


def database_url(env: Env, name: str = "DATABASE_URL") -> dict[str, Any]:
    """The variable as Django's parts; PostgreSQL only."""
    if urlsplit(_needed(env, name)).scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} does not name a PostgreSQL server (postgres://…).")
    parts = dict(env.db_url(name))
    parts["HOST"] = unquote(parts.get("HOST") or "")  # a folder of sockets: %2Frun%2Fpostgresql
    return {name: parts[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS") if parts.get(name)}


def redis_url(env: Env) -> str:
    """REDIS_URL without a database number."""
    value = _needed(env, "REDIS_URL")
    parts = urlsplit(value)
    if parts.scheme not in {"redis", "rediss"} or parts.path not in {"", "/"}:
        raise ImproperlyConfigured("REDIS_URL must be redis://host:port (or rediss://) without a database number.")
    return value.rstrip("/")
