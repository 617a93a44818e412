"""The addresses of the public pages; they are promises, so each is written out."""

from django.urls import path

from apps.pages.views import changes, documents, home, searching
from apps.pages.views.actors import CountryPage, OrganizationPage, PersonPage
from apps.pages.views.histories import RecordHistory
from apps.pages.views.lists import record_list
from apps.pages.views.operations import OperationPage
from apps.pages.views.sources import SourcePage
from apps.pages.views.statements import StatementPage
from apps.records.catalogue import CATALOGUE
from apps.records.models import Country, Operation, Organization, Person, Source, Statement

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("operations/", record_list, {"entry": CATALOGUE["operations"]}, name="operation-list"),
    path("operations/<str:key>/", OperationPage.as_view(), name="operation-detail"),
    path(
        "operations/<str:key>/history/",
        RecordHistory.as_view(model=Operation),
        name="operation-history",
    ),
    path("countries/", record_list, {"entry": CATALOGUE["countries"]}, name="country-list"),
    path("countries/<str:key>/", CountryPage.as_view(), name="country-detail"),
    path(
        "countries/<str:key>/history/", RecordHistory.as_view(model=Country), name="country-history"
    ),
    path(
        "organizations/",
        record_list,
        {"entry": CATALOGUE["organizations"]},
        name="organization-list",
    ),
    path("organizations/<str:key>/", OrganizationPage.as_view(), name="organization-detail"),
    path(
        "organizations/<str:key>/history/",
        RecordHistory.as_view(model=Organization),
        name="organization-history",
    ),
    path("people/", record_list, {"entry": CATALOGUE["people"]}, name="person-list"),
    path("people/<str:key>/", PersonPage.as_view(), name="person-detail"),
    path("people/<str:key>/history/", RecordHistory.as_view(model=Person), name="person-history"),
    path("statements/", record_list, {"entry": CATALOGUE["statements"]}, name="statement-list"),
    path("statements/<str:key>/", StatementPage.as_view(), name="statement-detail"),
    path(
        "statements/<str:key>/history/",
        RecordHistory.as_view(model=Statement),
        name="statement-history",
    ),
    path("sources/", record_list, {"entry": CATALOGUE["sources"]}, name="source-list"),
    path("sources/<str:key>/", SourcePage.as_view(), name="source-detail"),
    path("sources/<str:key>/history/", RecordHistory.as_view(model=Source), name="source-history"),
    path("search/", searching.search, name="search"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<int:number>/", changes.revision, name="revision"),
    path("data/", documents.data, name="data"),
    path("about/", documents.about, name="about"),
    path("vocabularies/", documents.vocabularies, name="vocabularies"),
    path("accessibility/", documents.accessibility, name="accessibility"),
    path("robots.txt", documents.robots, name="robots"),
    path(".well-known/security.txt", documents.security, name="security"),
]
