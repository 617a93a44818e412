"""Every address of the site, by face."""

from django.contrib import admin
from django.urls import include, path

from sahelref import errors, health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("apps.api.urls")),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", include("apps.pages.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
