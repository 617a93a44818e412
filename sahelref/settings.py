"""Every setting, in Django's own order; each value that varies comes from the environment.

Read by everything. The table in README.md lists the variables; a value that cannot be right
stops the start with a message instead of running on a guess.
"""

from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from sahelref import databases, secret_key
from sahelref.embedded import paths

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
VAR_DIR = paths.var_directory(env.ENVIRON)

# Core
RELEASE = "0.1.0"
DEBUG = env.bool("DJANGO_DEBUG", default=False)
SECRET_KEY = env("DJANGO_SECRET_KEY", default="") or secret_key.kept_in(VAR_DIR)
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])
# Production is what is served by https; a laptop on plain http is not.
HTTPS = env.bool("SAHELREF_HTTPS", default=False)
ROOT_URLCONF = "sahelref.urls"
WSGI_APPLICATION = "sahelref.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "sahelref",
    "apps.revisions",
    "apps.records",
    "apps.desk",
    "apps.pages",
    "apps.api",
    "apps.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside everything that may answer in words.
    "sahelref.languages.LanguageOfAddress",
    # Outside what makes the ETag, which it completes.
    "sahelref.compression.Compression",
    "corsheaders.middleware.CorsMiddleware",
    "csp.middleware.CSPMiddleware",
    "sahelref.middleware.ContentPolicyByFace",
    # Before the database is asked for anything.
    "sahelref.limits.QueryLimits",
    "sahelref.throttle.Throttle",
    "apps.pages.middleware.PagesAreRead",
    "apps.revisions.middleware.PublicState",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: `default` is the desk's, `public` reads the views of published rows only.
DATABASES = databases.from_environment(env.ENVIRON)
DATABASE_ROUTERS = ["sahelref.router.FaceRouter"]
READER_ROLE = databases.reader_role(env.ENVIRON)
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
RELEASES_DIR = VAR_DIR / "releases"

# Paths that are not public: they use sessions and the `default` database.
DESK_PATHS = ("/admin/",)
# Paths that are answered without any database.
STATELESS_PATHS = ("/static/", "/healthz", "/readyz", "/data/releases/", "/api/v1/releases/")

# Passwords
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env(
            "SAHELREF_STATICFILES",
            default="whitenoise.storage.CompressedManifestStaticFilesStorage",
        )
    },
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# What browsers ask for at the root, whatever a page says: /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "apps" / "pages" / "root"
# Beside what is compressed already: source maps, which take half a minute and nobody loads.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "webp", "gz", "br", "woff", "woff2")

# Security
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
# `no-referrer` would break the CSRF check of the admin in real browsers.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api|data/releases)/.*$"
CORS_ALLOW_METHODS = ("GET", "HEAD", "OPTIONS")
CORS_EXPOSE_HEADERS = (
    "Content-Disposition",
    "ETag",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Sahelref-Revision",
)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# The API
# Of one client; 0 is no limit.
API_REQUESTS_A_MINUTE = env.int("SAHELREF_API_REQUESTS_A_MINUTE", default=600)
# Addresses or networks of the proxies before the site: what they say of the client is believed.
TRUSTED_PROXIES = [
    str(ip_network(each)) for each in env.list("SAHELREF_TRUSTED_PROXIES", default=[])
]
# Downloads that one worker streams at a time, of its four requests at a time.
EXPORTS_AT_ONCE = 2
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "apps.api.errors.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "sahelref",
    "DESCRIPTION": (
        "A citable reference database of security operations in the Sahel. Read-only, open to all,"
        " licence CC BY 4.0.\n\n"
        "What no source states is an empty text, an empty list, `null` for a number, date or"
        " reference, and `not_stated` for a code: never zero or none. Dates are as precise as"
        " their source: EDTF, with the first and last day that they may mean. A record named by"
        " another is a reference; `expand` gives it whole. Every list can be asked for at any past"
        " state with `as_of`. Unknown parameters are refused. Nothing disappears within v1."
    ),
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.api.schema_fields.blank_is_not_asked",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("SAHELREF_LOG_LEVEL", default="WARNING")},
}
