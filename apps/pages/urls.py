"""The addresses of the public pages; they are promises, so each is written out."""

from django.urls import path

from apps.pages.views import (
    changes,
    documents,
    feeds,
    guides,
    home,
    quality,
    releases,
    searching,
    sitemaps,
)
from apps.pages.views.actors import CountryPage, OrganizationPage, PersonPage
from apps.pages.views.feeds import RecordFeed
from apps.pages.views.histories import RecordHistory
from apps.pages.views.lists import record_list
from apps.pages.views.operations import OperationPage
from apps.pages.views.records import RecordCitation
from apps.pages.views.sources import SourcePage
from apps.pages.views.statements import StatementPage
from apps.records.catalogue import CATALOGUE
from apps.records.models import Country, Operation, Organization, Person, Source, Statement

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("operations/", record_list, {"entry": CATALOGUE["operations"]}, name="operation-list"),
    path(
        "operations/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["operations"]},
        name="operation-list-feed",
    ),
    path("operations/<str:key>/", OperationPage.as_view(), name="operation-detail"),
    path(
        "operations/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Operation),
        name="operation-cite",
    ),
    path(
        "operations/<str:key>/feed.atom", RecordFeed.as_view(model=Operation), name="operation-feed"
    ),
    path(
        "operations/<str:key>/history/",
        RecordHistory.as_view(model=Operation),
        name="operation-history",
    ),
    path("countries/", record_list, {"entry": CATALOGUE["countries"]}, name="country-list"),
    path(
        "countries/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["countries"]},
        name="country-list-feed",
    ),
    path("countries/<str:key>/", CountryPage.as_view(), name="country-detail"),
    path(
        "countries/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Country),
        name="country-cite",
    ),
    path("countries/<str:key>/feed.atom", RecordFeed.as_view(model=Country), name="country-feed"),
    path(
        "countries/<str:key>/history/", RecordHistory.as_view(model=Country), name="country-history"
    ),
    path(
        "organizations/",
        record_list,
        {"entry": CATALOGUE["organizations"]},
        name="organization-list",
    ),
    path(
        "organizations/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["organizations"]},
        name="organization-list-feed",
    ),
    path("organizations/<str:key>/", OrganizationPage.as_view(), name="organization-detail"),
    path(
        "organizations/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Organization),
        name="organization-cite",
    ),
    path(
        "organizations/<str:key>/feed.atom",
        RecordFeed.as_view(model=Organization),
        name="organization-feed",
    ),
    path(
        "organizations/<str:key>/history/",
        RecordHistory.as_view(model=Organization),
        name="organization-history",
    ),
    path("people/", record_list, {"entry": CATALOGUE["people"]}, name="person-list"),
    path(
        "people/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["people"]},
        name="person-list-feed",
    ),
    path("people/<str:key>/", PersonPage.as_view(), name="person-detail"),
    path(
        "people/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Person),
        name="person-cite",
    ),
    path("people/<str:key>/feed.atom", RecordFeed.as_view(model=Person), name="person-feed"),
    path("people/<str:key>/history/", RecordHistory.as_view(model=Person), name="person-history"),
    path("statements/", record_list, {"entry": CATALOGUE["statements"]}, name="statement-list"),
    path(
        "statements/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["statements"]},
        name="statement-list-feed",
    ),
    path("statements/<str:key>/", StatementPage.as_view(), name="statement-detail"),
    path(
        "statements/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Statement),
        name="statement-cite",
    ),
    path(
        "statements/<str:key>/feed.atom", RecordFeed.as_view(model=Statement), name="statement-feed"
    ),
    path(
        "statements/<str:key>/history/",
        RecordHistory.as_view(model=Statement),
        name="statement-history",
    ),
    path("sources/", record_list, {"entry": CATALOGUE["sources"]}, name="source-list"),
    path(
        "sources/feed.atom",
        feeds.filtered,
        {"entry": CATALOGUE["sources"]},
        name="source-list-feed",
    ),
    path("sources/<str:key>/", SourcePage.as_view(), name="source-detail"),
    path(
        "sources/<str:key>/cite.<str:form>",
        RecordCitation.as_view(model=Source),
        name="source-cite",
    ),
    path("sources/<str:key>/feed.atom", RecordFeed.as_view(model=Source), name="source-feed"),
    path("sources/<str:key>/history/", RecordHistory.as_view(model=Source), name="source-history"),
    path("search/", searching.search, name="search"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed.atom", feeds.changes, name="changes-feed"),
    path("changes/<int:number>/", changes.revision, name="revision"),
    path("data/", documents.data, name="data"),
    path("data/tutorial/", guides.guide_page, {"name": "tutorial"}, name="tutorial"),
    path("data/policy/", guides.guide_page, {"name": "policy"}, name="policy"),
    path(
        "data/releases-and-receipts/",
        guides.guide_page,
        {"name": "releases-and-receipts"},
        name="releases-and-receipts",
    ),
    path(
        "data/reconciliation/", guides.guide_page, {"name": "reconciliation"}, name="reconciliation"
    ),
    path("data/mirror.py", guides.mirror, name="mirror"),
    path("data/releases/", releases.releases, name="releases"),
    path("data/releases/<str:name>/", releases.release, name="release"),
    path("about/", documents.about, name="about"),
    path("vocabularies/", documents.vocabularies, name="vocabularies"),
    path("quality/", quality.quality, name="quality"),
    path("accessibility/", documents.accessibility, name="accessibility"),
    path("data/cite.<str:form>", documents.cite, name="cite"),
    path("sitemap.xml", sitemaps.index, name="sitemap-index"),
    path("sitemap-documents.xml", sitemaps.documents, name="sitemap-documents"),
    path("sitemap-<str:name>-<int:number>.xml", sitemaps.of_records, name="sitemap"),
    path("robots.txt", documents.robots, name="robots"),
    path(".well-known/security.txt", documents.security, name="security"),
]
