"""What every way of running shares. What differs lies in `demo`, `test` and `production`."""

from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mall.runtime import folders
from mall.settings import schedule
from mall.settings.logs import logging

env = environ.Env()

BASE_DIR = folders.CHECKOUT
# MALL_VAR: the folder for data, uploads, logs and sockets. Default: var/ in the checkout.
VAR = folders.default_root()

# Whether the supervisor starts its own PostgreSQL and Valkey (demo, tests) or finds them (production).
EMBEDDED = False
DEBUG = False
SITE_ID = 1

INSTALLED_APPS = [
    "agencies",
    "workflows",
    "documents",
    "notifications",
    "mall.runtime",
    "mall.design",
    "mall.portal",
    "mall.counter",
    "mall.desk",
    "mall.reports",
    "mall.payments",
    "mall.releases",
    "mall.regency",
    "mall.registers",
    "mall.transparency",
    "mall.transparency.rollups",
    "mall.transparency.league",
    "mall.voice",
    "mall.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "pgtrigger",
]

MIDDLEWARE = [
    "mall.runtime.requests.RequestLog",
    "mall.middleware.Packed",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mall.middleware.IndonesianFirst",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mall.middleware.Problems",
    "mall.middleware.Doors",
]

ROOT_URLCONF = "mall.urls"
WSGI_APPLICATION = "mall.wsgi.application"
FORM_RENDERER = "mall.design.forms.DesignRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------------
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(**where: Any) -> dict[str, Any]:
    """A PostgreSQL connection that stays open, plans a statement once, and survives a restart of the server."""
    options = {"server_side_binding": True, "prepare_threshold": 2, "connect_timeout": 5} | where.pop("OPTIONS", {})
    return {
        "ENGINE": "django.db.backends.postgresql",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    } | where


def cache(location: str) -> dict[str, dict[str, Any]]:
    """Valkey or Redis as the cache; pages go on without it."""
    return {"default": {"BACKEND": "mall.runtime.cache.ForgivingCache", "LOCATION": location}}


# --- People -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "agencies.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mall.portal.account_forms.LoginForm",
    "signup": "mall.portal.account_forms.SignupForm",
    "reset_password": "mall.portal.account_forms.ResetPasswordForm",
    "reset_password_from_key": "mall.portal.account_forms.ResetPasswordKeyForm",
    "change_password": "mall.portal.account_forms.ChangePasswordForm",
    "reauthenticate": "mall.portal.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- Services -----------------------------------------------------------------------------------------------------
# Whether a service with a sample rate may be opened. Only where nobody pays for it: the demo and the tests.
MALL_SAMPLES_ALLOWED = False
# What is filed after closing counts as received at the next opening; off: still that day, if it was open.
MALL_LATE_ARRIVAL_NEXT_DAY = env.bool("MALL_LATE_ARRIVAL_NEXT_DAY", default=True)

# --- Registers by name --------------------------------------------------------------------------------------------
# MALL_REGISTRY_ROLE: the role in PostgreSQL that alone reads the schema `registry` (ADR 8); it never logs in.
MALL_REGISTRY_ROLE = env.str("MALL_REGISTRY_ROLE", "mal_registry")
# MALL_REGISTRY_DAYS: how many days a replaced or discarded batch is kept before its rows are destroyed.
MALL_REGISTRY_DAYS = env.int("MALL_REGISTRY_DAYS", 365)
# MALL_REGISTRY_ROWS: how many people one official may look at in a day; MALL_REGISTRY_UNMASKED: how many NIK.
MALL_REGISTRY_ROWS = env.int("MALL_REGISTRY_ROWS", 500)
MALL_REGISTRY_UNMASKED = env.int("MALL_REGISTRY_UNMASKED", 20)

# --- Files --------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
VAULT_ROOT = VAR / "vault"
MEDIA_ROOT = VAR / "media"
# Keys of the built-in seal of permits, made on its first use. A lost folder means a new, unknown seal.
SEAL_FOLDER = VAR / "secrets" / "seal"
# CLAMD_SOCKET: the virus scanner, as /path/to/clamd.ctl or host:port. Without it files are marked as unscanned.
CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")
MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
# Styles and fonts are for our own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": MANIFEST},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Safety -------------------------------------------------------------------------------------------------------
# Nothing from another host, nothing inline. `form-action` gains the payment gateway where one is set.
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[str]]] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip
# A citizen may fill a point of the map with where her phone is.
PERMISSIONS_POLICY["geolocation"] = ["self"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Work in the background (dependencies of each setting: docs/adr/0003-embedded-servers.md) -----------------------
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A bell that nobody hears is found by the sweeper; a person's request never waits for the broker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SOFT_TIME_LIMIT = 480
CELERY_TASK_TIME_LIMIT = 540
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = True
# The quick ones have a line of their own, of which workers take one in turn with the other lines.
CELERY_TASK_ROUTES = {
    "documents.*": {"queue": "documents"},
    "trail.fold": {"queue": "quick"},
    "trail.sweep": {"queue": "quick"},
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BEAT_SCHEDULE = schedule.CELERY_BEAT_SCHEDULE
CELERY_BEAT_SCHEDULER = "mall.runtime.beat:GuardedScheduler"

# --- The API ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "API Mal Pelayanan Publik Banyuwangi",
    "DESCRIPTION": "Layanan dan standarnya, permohonan, tindakan, pelacakan, dan pemeriksaan izin.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "PREPROCESSING_HOOKS": ["mall.api.schema.only_api"],
    "POSTPROCESSING_HOOKS": ["mall.api.schema.finish"],
}

# --- Messages -----------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = "Mal Pelayanan Publik <tidak-dibalas@mpp.invalid>"
EMAIL_TIMEOUT = 10

LOGGING = logging()
