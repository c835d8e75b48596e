"""Sealed text: NIK, KK and phone numbers lie in the database as ciphertext.

AES-256-GCM with a random nonce, so equal texts have unequal tokens; a keyed hash (`blind_index`)
answers "do we know this one?" without opening anything. A token begins with the name of its key
(`v1:`): a new key gets a new name in `MALL_FIELD_KEY_NAME`, the former one moves to
`MALL_FIELD_KEYS_FORMER`, and old tokens stay readable until they are written again.
"""

import hmac
import os
from base64 import b64decode, urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

NONCE_BYTES = 12
KEY_BYTES = 32


class SealBrokenError(ValueError):
    """The token was altered, is no token, or its key is not known here."""


class Secret(str):
    """Text that does not show itself in a repr, so not in a traceback or a log of locals either."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<secret>" if self else "''"


@dataclass(frozen=True, slots=True)
class Keyring:
    """A key of the settings and its former ones. `setting` names it: with `MALL_FIELD_KEY` go `MALL_FIELD_KEY_NAME`
    and `MALL_FIELD_KEYS_FORMER`."""

    setting: str

    def seal(self, text: str) -> str:
        """Encrypt `text`; empty text stays empty, so that "none given" is visible in the table."""
        if not text:
            return ""
        name = self.name
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.key(name)).encrypt(nonce, text.encode(), name.encode())
        return f"{name}:{urlsafe_b64encode(nonce + sealed).decode()}"

    def unseal(self, token: str) -> str:
        """The text of a token.

        Raises:
            SealBrokenError: it was altered, cut, or sealed with a key that is not configured.
        """
        if not token:
            return ""
        name, colon, body = token.partition(":")
        if not colon:
            raise SealBrokenError("not a sealed text")
        try:
            raw = urlsafe_b64decode(body.encode())
            opened = AESGCM(self.key(name)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as fault:
            raise SealBrokenError("the sealed text cannot be opened") from fault
        return Secret(opened.decode())

    def seal_bytes(self, content: bytes) -> bytes:
        """Encrypt a file. The result begins with the name of its key and a colon, as a token does."""
        name = self.name
        nonce = os.urandom(NONCE_BYTES)
        return name.encode() + b":" + nonce + AESGCM(self.key(name)).encrypt(nonce, content, name.encode())

    def unseal_bytes(self, sealed: bytes) -> bytes:
        """The content of a sealed file; `SealBrokenError` as for `unseal`."""
        name, colon, raw = sealed.partition(b":")
        if not colon:
            raise SealBrokenError("not a sealed file")
        try:
            key = self.key(name.decode("ascii"))
            return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], name)
        except (InvalidTag, ValueError) as fault:
            raise SealBrokenError("the sealed file cannot be opened") from fault

    @property
    def name(self) -> str:
        """The name of the key that seals now."""
        return str(getattr(settings, f"{self.setting}_NAME", "v1"))

    def key(self, name: str) -> bytes:
        """The key of that name; `SealBrokenError` when it is not configured."""
        former: dict[str, str] = getattr(settings, f"{self.setting}S_FORMER", {})
        text = getattr(settings, self.setting) if name == self.name else former.get(name)
        if text is None:
            raise SealBrokenError("the key of this sealed text is not configured")
        key = b64decode(text)
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(f"{self.setting} must be base64 of exactly 32 bytes")
        return key


FIELD = Keyring("MALL_FIELD_KEY")
"""What seals NIK, KK and phone numbers of those whom the mall serves."""
seal, unseal = FIELD.seal, FIELD.unseal
seal_bytes, unseal_bytes = FIELD.seal_bytes, FIELD.unseal_bytes


def blind_index(text: str, *, purpose: str) -> str:
    """A keyed hash for equality look-ups, 64 hex digits.

    `purpose` separates the columns: the same digits as NIK and as KK have unrelated hashes.
    """
    key = b64decode(settings.MALL_INDEX_KEY)
    if len(key) < KEY_BYTES:
        raise ImproperlyConfigured("MALL_INDEX_KEY must be base64 of at least 32 bytes")
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256").hex()


if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class SealedTextField(TextField):
    """Text for Python, ciphertext for PostgreSQL. Look up by a blind index beside it, never by value."""

    description = "text, sealed in the database"
    keyring: ClassVar[Keyring] = FIELD

    def get_prep_value(self, value: Any) -> Any:
        """Called by Django for each value written."""
        return None if value is None else self.keyring.seal(str(value))

    def from_db_value(
        self,
        value: str | None,
        expression: Expression,  # noqa: ARG002 - the signature is Django's
        connection: BaseDatabaseWrapper,  # noqa: ARG002
    ) -> str | None:
        """Called by Django for each row read."""
        return None if value is None else self.keyring.unseal(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: every sealing of a text differs, so comparing tokens finds nothing."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: look it up by its blind index")
        return super().get_lookup(lookup_name)
