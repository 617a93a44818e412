"""The settings of the naive peer: the same models and database, no middleware."""

from sahelref.settings import *  # noqa: F403
from sahelref.settings import DATABASES

DATABASES = {**DATABASES, "default": DATABASES["public"]}
DATABASE_ROUTERS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.naive"
WSGI_APPLICATION = "bench.naive.application"
