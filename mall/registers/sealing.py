"""A key of its own: whoever has the mall's field key still reads no register, and finds nobody in one."""

import hashlib
import hmac

from agencies.sealing import Keyring, SealedTextField

REGISTRY = Keyring("MALL_REGISTRY_KEY")


class RegistryTextField(SealedTextField):
    """Text under the key of the registers."""

    description = "text, sealed under the key of the registers"
    keyring = REGISTRY


def nik_hash(nik: str) -> str:
    """The keyed hash by which a NIK is found in the registers, 64 hex digits; unrelated to the mall's own index."""
    key = hmac.new(REGISTRY.key(REGISTRY.name), b"index of the registers", hashlib.sha256).digest()
    return hmac.new(key, nik.encode(), hashlib.sha256).hexdigest()
