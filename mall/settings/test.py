"""Tests: the shared throwaway servers of the checkout, a database of its own for every pytest process."""

import base64
import os

from mall.runtime import postgres, testservers
from mall.settings.base import *
from mall.settings.base import BASE_DIR, cache, database, env

EMBEDDED = True
VAR = testservers.root(BASE_DIR)
FOLDERS = testservers.folders(BASE_DIR)

# MALL_TEST_RUN: the run whose Valkey slots and files a program started by a test shares. Default: own pid.
# MALL_TEST_DATABASE: the database that such a program uses.
RUN = env.int("MALL_TEST_RUN", os.getpid())

SECRET_KEY = "tests-only-" * 6
MALL_FIELD_KEY = base64.b64encode(b"tests only, a field key, 32 byte").decode()
MALL_INDEX_KEY = base64.b64encode(b"tests only, an index key, 32 byt").decode()
MALL_REGISTRY_KEY = base64.b64encode(b"tests only, a registry key, 32 b").decode()
MALL_GATEWAY_KEY = base64.b64encode(b"tests only, a gateway key, 32 by").decode()

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
MALL_BASE_URL = "http://testserver"
MALL_GATEWAY_URL = "http://127.0.0.1:1"

DATABASES = {
    "default": database(
        NAME=env.str("MALL_TEST_DATABASE", postgres.DATABASE),
        USER=postgres.USER,
        HOST=str(FOLDERS.sockets),
        PORT=str(postgres.PORT),
        TEST={"NAME": testservers.database_name(RUN)},
    )
}
BROKER_SLOT, CACHE_SLOT = testservers.slots(RUN)
_SOCKET = FOLDERS.sockets / "valkey.sock"
CELERY_BROKER_URL = f"redis+socket://{_SOCKET}?virtual_host={BROKER_SLOT}"
CACHES = cache(f"unix://{_SOCKET}?db={CACHE_SLOT}")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAULT_ROOT = VAR / "files" / str(RUN) / "vault"
MEDIA_ROOT = VAR / "files" / str(RUN) / "media"
SEAL_FOLDER = VAR / "files" / str(RUN) / "seal"
STATIC_ROOT = VAR / "static"
# Whitenoise looks for files at every start; tests read them through the finders.
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

MALL_SAMPLES_ALLOWED = True
# Demo data have a past; see agencies.clock.pretend.
MALL_MAY_PRETEND = True
