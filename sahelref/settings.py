"""Every setting, in Django's own order; each value that varies comes from the environment.

Read by everything. The table in README.md lists the variables; a value that cannot be right
stops the start with a message instead of running on a guess.
"""

import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sahelref import databases, logs, metrics, production, secret_key, sentry
from sahelref.api_settings import REST_FRAMEWORK as REST_FRAMEWORK
from sahelref.api_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
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
if HTTPS and (
    refused := list(production.faults(debug=DEBUG, secret_key=SECRET_KEY, hosts=ALLOWED_HOSTS))
):
    raise ImproperlyConfigured("\n".join(refused))
# "all", or "public": a process of pages and API alone, with the reader's login and no desk.
FACES = databases.faces(env.ENVIRON)
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
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
]

MIDDLEWARE = [
    "sahelref.logs.RequestLog",
    # Outside all that makes an answer: what was answered at this revision is answered again. The
    # server asks it first (sahelref/wsgi.py), before there is a request.
    "sahelref.hot_answers.HotAnswers",
    # Outermost of these: static files and the errors of every layer carry these headers too.
    "sahelref.middleware.ContentPolicy",
    "sahelref.middleware.HeadersByFace",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside everything that may answer in words.
    "sahelref.languages.LanguageOfAddress",
    "sahelref.throttle.Throttle",
    # Before the database is asked for anything once more.
    "sahelref.hot_answers.DatabaseAway",
    # Outside what makes the ETag, which it completes.
    "sahelref.compression.Compression",
    "corsheaders.middleware.CorsMiddleware",
    # Before the database is asked for anything.
    "sahelref.disk.RoomToWrite",
    "sahelref.limits.QueryLimits",
    "sahelref.throttle.Refusal",
    "apps.pages.middleware.PagesAreRead",
    "apps.revisions.middleware.PublicState",
    "sahelref.desk_middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sahelref.desk_middleware.Users",
    "sahelref.desk_middleware.SecondFactors",
    "sahelref.desk_middleware.Messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: it answers instead of a login that is locked.
    "axes.middleware.AxesMiddleware",
]

# What only the desk needs. The models of accounts stay: a revision names its editor.
DESK_APPS = {
    "apps.desk",
    "apps.desk.apps.DeskAdminConfig",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
}
DESK_MIDDLEWARE = {name for name in MIDDLEWARE if name.startswith("sahelref.desk_middleware")} | {
    "axes.middleware.AxesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
}
if FACES == "public":
    INSTALLED_APPS = [name for name in INSTALLED_APPS if name not in DESK_APPS]
    MIDDLEWARE = [name for name in MIDDLEWARE if name not in DESK_MIDDLEWARE]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"]
            + [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
            * (FACES == "all"),
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "macros"],
        "OPTIONS": {"environment": "apps.pages.macros.environment"},
    },
]

FORM_RENDERER = "sahelref.form_renderer.FormRenderer"

# Database: `default` is the desk's, `public` reads the views of published rows only, `owner`
# migrates; each in a role of its own.
DATABASES = databases.from_environment(env.ENVIRON)
DATABASE_ROUTERS = ["sahelref.router.FaceRouter"]
ROLES = databases.roles(env.ENVIRON)
PUBLIC_IS_REPLICA = databases.is_elsewhere(DATABASES)
# Seconds that a replica may be behind before /readyz says 503.
LONGEST_LAG = env.int("SAHELREF_LONGEST_LAG", default=60)
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
RELEASES_DIR = VAR_DIR / "releases"

# Bytes that must be free below var/ for anything to be written.
LEAST_FREE = env.int("SAHELREF_LEAST_FREE_MB", default=200) * 1_000_000

# Paths that are not public: they use sessions and the `default` database.
DESK_PATHS = ("/admin/",) if FACES == "all" else ()
# Paths that are answered without any database: of releases the files, whose pages are as any.
STATELESS_PATHS = re.compile(
    r"/static/|/healthz|/readyz|/data/releases/[^/]+/[^/]|/api/v1/releases/"
)

# Answers and counts that are kept ready, each for one revision: a process that has another copy
# has the same. Each worker keeps its own, or all of them share one (redis://host:6379/0).
CACHES = {"default": env.cache("SAHELREF_CACHE_URL", default="locmemcache://?max_entries=512")}
# Bytes; a larger answer is made each time, and every one with 0. With the number of entries it
# bounds the memory.
LARGEST_HOT_ANSWER = env.int("SAHELREF_LARGEST_HOT_ANSWER", default=131_072)

# Accounts: docs/accounts.md
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
# Of an invitation.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
# Of reviewers and administrators; may be left out on one's own machine, and there only.
SECOND_FACTOR_REQUIRED = HTTPS or env.bool("SAHELREF_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "sahelref"
# One user from one address: somebody who guesses locks out nobody but himself.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_CLIENT_IP_CALLABLE = "sahelref.throttle.address_of"
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "desk/locked_out.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Publishing: who wrote a record does not approve it, but in a team of one person, as on a laptop.
APPROVER_MAY_BE_AUTHOR = env.bool("SAHELREF_APPROVER_MAY_BE_AUTHOR", default=not HTTPS)

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
        "BACKEND": env("SAHELREF_STATICFILES", default="sahelref.static_files.Storage")
    },
}

WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# What browsers ask for at the root, whatever a page says: /favicon.ico.
WHITENOISE_ROOT = BASE_DIR / "apps" / "pages" / "root"
# Beside what is compressed already: source maps, which take half a minute and nobody loads.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "webp", "gz", "br", "woff", "woff2")

# Where Prometheus may ask for figures, as host and port: nowhere, or a private address.
METRICS_AT = metrics.address(env("SAHELREF_METRICS", default=""))
SENTRY_DSN = sentry.dsn(env("SAHELREF_SENTRY_DSN", default=""))

# Security
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_ENGINE = "apps.desk.sessions"
SESSION_COOKIE_SECURE = HTTPS
# A working day since the login.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
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
# What browsers ask leave for before they send it: a validator is none of the simple headers.
CORS_ALLOW_HEADERS = ("accept", "content-type", "if-modified-since", "if-none-match")
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

# "line" for people, "json" for programs; what is in them: sahelref/logs.py.
LOGGING = logs.configuration(
    env("SAHELREF_LOG_FORMAT", default="line"), env("SAHELREF_LOG_LEVEL", default="WARNING")
)
