"""The WSGI application, served by granian."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sahelref.settings")
django = get_wsgi_application()
# Before the first request, which would wait for it, and in English: what is put in words when it is
# imported (the description of the API) must not be in the language of who asks first.
import_module("sahelref.urls")

from django.conf import settings  # noqa: E402

from sahelref import sentry, thread_values  # noqa: E402
from sahelref.hot_answers import AtTheDoor  # noqa: E402  # which needs the settings

if settings.SENTRY_DSN:
    sentry.begin(settings.SENTRY_DSN, settings.RELEASE)
thread_values.keep_by_thread()
application = AtTheDoor(django)

# What is loaded now stays: to look through it for garbage again and again took a fifth of a page.
gc.collect()
gc.freeze()
