"""One machine, own servers, made-up people: what `bin/run` starts. Loopback only."""

from django.core.exceptions import ImproperlyConfigured

from mall.runtime import keys, postgres
from mall.runtime.folders import Folders
from mall.settings.base import *
from mall.settings.base import CONTENT_SECURITY_POLICY, VAR, cache, database, env

if "DATABASE_URL" in env.ENVIRON or "REDIS_URL" in env.ENVIRON:
    raise ImproperlyConfigured(
        "the demo has servers of its own and refuses DATABASE_URL and REDIS_URL; "
        "for real servers set DJANGO_SETTINGS_MODULE=mall.settings.production."
    )

EMBEDDED = True
FOLDERS = Folders(VAR)

# Made on the first start, kept in var/secrets, readable by nobody else.
SECRET_KEY = keys.kept(VAR / "secrets" / "secret_key", keys.new_text)
MALL_FIELD_KEY = keys.kept(VAR / "secrets" / "field_key", keys.new_bytes)
MALL_INDEX_KEY = keys.kept(VAR / "secrets" / "index_key", keys.new_bytes)
MALL_REGISTRY_KEY = keys.kept(VAR / "secrets" / "registry_key", keys.new_bytes)
MALL_GATEWAY_KEY = keys.kept(VAR / "secrets" / "gateway_key", keys.new_bytes)

ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# MALL_PORT: the port of the site; the payment simulator takes the next one. Set by `manage.py run --port`.
MALL_PORT = env.int("MALL_PORT", 8000)
MALL_BASE_URL = f"http://127.0.0.1:{MALL_PORT}"
MALL_GATEWAY_URL = f"http://127.0.0.1:{MALL_PORT + 1}"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(MALL_GATEWAY_URL)

_SERVER = {"NAME": postgres.DATABASE, "HOST": str(FOLDERS.sockets), "PORT": str(postgres.PORT)}
# The pages and the worker may not change what is append-only; the owner migrates (mall/runtime/roles.py).
DATABASES = {"default": database(USER="mal_app", **_SERVER), "owner": database(USER=postgres.USER, **_SERVER)}
_SOCKET = FOLDERS.sockets / "valkey.sock"
CELERY_BROKER_URL = f"redis+socket://{_SOCKET}?virtual_host=0"
CACHES = cache(f"unix://{_SOCKET}?db=1")

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR / "mail")

# The shipped rates are samples, and are shown as such.
MALL_SAMPLES_ALLOWED = True
# Demo data have a past; see agencies.clock.pretend.
MALL_MAY_PRETEND = True
