"""Real servers and real people. Everything that must be set is asked for by name; a bad value stops the start.

Variables: DATABASE_URL, REDIS_URL, SECRET_KEY, MALL_FIELD_KEY, MALL_INDEX_KEY, MALL_REGISTRY_KEY, MALL_GATEWAY_KEY,
MALL_HOSTS, MALL_BASE_URL, MALL_GATEWAY_URL; optional DATABASE_OWNER_URL, MALL_FIELD_KEY_NAME, MALL_FIELD_KEYS_FORMER,
MALL_REGISTRY_KEY_NAME, MALL_REGISTRY_KEYS_FORMER, MALL_REGISTRY_ROLE, MALL_REGISTRY_DAYS, MALL_REGISTRY_ROWS,
MALL_REGISTRY_UNMASKED, EMAIL_URL, MALL_FROM_EMAIL, DATABASE_PREPARE, MALL_HTTPS, MALL_VAR.
"""

from mall.settings import checks
from mall.settings.base import *
from mall.settings.base import CONTENT_SECURITY_POLICY, cache, database, env

checks.refuse_debug(env)

# SECRET_KEY: at least 50 random characters, for sessions and signed links.
SECRET_KEY = checks.secret_key(env)
# MALL_FIELD_KEY: 32 random bytes in base64; encrypts NIK, KK and phone numbers. Losing it loses them.
MALL_FIELD_KEY = checks.key(env, "MALL_FIELD_KEY")
# MALL_FIELD_KEY_NAME: the name of that key in what it seals; give a new key a new name. Default: v1.
MALL_FIELD_KEY_NAME = env.str("MALL_FIELD_KEY_NAME", "v1")
# MALL_FIELD_KEYS_FORMER: earlier keys that may still open, as name=key,name=key.
MALL_FIELD_KEYS_FORMER = env.dict("MALL_FIELD_KEYS_FORMER", default={})
# MALL_INDEX_KEY: 32 other random bytes in base64; the keyed hash by which a NIK is found.
MALL_INDEX_KEY = checks.key(env, "MALL_INDEX_KEY")
# MALL_REGISTRY_KEY: 32 others; encrypts the registers by name, and finds a NIK in them. Losing it loses them.
MALL_REGISTRY_KEY = checks.key(env, "MALL_REGISTRY_KEY")
# MALL_REGISTRY_KEY_NAME, MALL_REGISTRY_KEYS_FORMER: as for MALL_FIELD_KEY; then run `manage.py reseal_registers`.
MALL_REGISTRY_KEY_NAME = env.str("MALL_REGISTRY_KEY_NAME", "v1")
MALL_REGISTRY_KEYS_FORMER = env.dict("MALL_REGISTRY_KEYS_FORMER", default={})
# MALL_GATEWAY_KEY: 32 random bytes in base64, shared with the payment gateway; signs its calls.
MALL_GATEWAY_KEY = checks.key(env, "MALL_GATEWAY_KEY")
checks.all_different(MALL_FIELD_KEY, MALL_INDEX_KEY, MALL_REGISTRY_KEY, MALL_GATEWAY_KEY)

# MALL_HOSTS: the names under which the site is reached, separated by commas; no wildcard.
ALLOWED_HOSTS = checks.hosts(env)
# MALL_BASE_URL: the site's address, as messages and QR codes carry it.
MALL_BASE_URL = checks.address(env, "MALL_BASE_URL")
# MALL_GATEWAY_URL: the payment gateway's address, to which payers are sent.
MALL_GATEWAY_URL = checks.address(env, "MALL_GATEWAY_URL")
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(MALL_GATEWAY_URL)

# DATABASE_URL: postgres://user:password@host:port/name, PostgreSQL 16 or newer.
# DATABASE_PREPARE: false behind a pooler that shares connections between transactions.
DATABASES = {"default": database(**checks.database_url(env))}
# DATABASE_OWNER_URL: the role that owns the tables and migrates. With it the role of DATABASE_URL needs no rights of
# its own beyond LOGIN and CONNECT: it is given what it needs, and cannot change what is append-only.
if "DATABASE_OWNER_URL" in env.ENVIRON:
    DATABASES["owner"] = database(**checks.database_url(env, "DATABASE_OWNER_URL"))
if not env.bool("DATABASE_PREPARE", True):
    for _one in DATABASES.values():
        _one["OPTIONS"] |= {"server_side_binding": False, "prepare_threshold": None}

# REDIS_URL: redis://host:port, Redis 7 or Valkey; database 0 is the broker's, database 1 the cache's.
_REDIS = checks.redis_url(env)
CELERY_BROKER_URL = f"{_REDIS}/0"
CACHES = cache(f"{_REDIS}/1")

# EMAIL_URL: smtp+tls://user:password@host:587. Default: a mail server on this machine.
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
# MALL_FROM_EMAIL: the sender of messages.
DEFAULT_FROM_EMAIL = env.str("MALL_FROM_EMAIL", "tidak-dibalas@localhost")

# Nobody is in before she has opened the link in her mail. Only so a sign-up answers the same whether an address
# has an account or not, and nobody can take the address of another.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"

# MALL_HTTPS: false only behind a proxy that itself turns every plain request away.
SECURE_SSL_REDIRECT = env.bool("MALL_HTTPS", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [MALL_BASE_URL]
