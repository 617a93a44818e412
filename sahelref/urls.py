"""Every address of the site, by face."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from sahelref import errors, health, release_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("apps.api.urls")),
    path("data/releases/<str:name>/<str:path>", release_files.release_file, name="release-file"),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("version", health.version),
    # English at /, French below /fr/: sahelref/languages.py says which is asked for.
    *i18n_patterns(path("", include("apps.pages.urls")), prefix_default_language=False),
]

if settings.FACES == "all":
    from django.contrib import admin

    urlpatterns.insert(0, path("admin/", admin.site.urls))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
