"""Every address of the API; those of records come from the catalogue."""

from django.urls import URLPattern, URLResolver, include, path

from apps.api.views.changes import ChangeList, RevisionList, WithdrawalList
from apps.api.views.exports import EXPORTS
from apps.api.views.index import Docs, Index, Schema
from apps.api.views.linked_data import Context
from apps.api.views.receipts import Receipts
from apps.api.views.reconciliation import Reconciliation
from apps.api.views.records import VIEWS
from apps.api.views.releases import ReleaseDetail, ReleaseList
from apps.api.views.suggestions import (
    Flyout,
    Preview,
    Properties,
    SuggestEntity,
    SuggestProperty,
    SuggestType,
    View,
)
from apps.api.views.tutorial import Tutorial
from apps.api.views.vocabularies import VocabularyDetail, VocabularyList

app_name = "api"

# Each type by itself, and first: what is asked for most is found without trying every other.
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        f"{name}/",
        include(
            [
                path("", records.as_view(), name=f"{name}-list"),
                path("export.csv", EXPORTS[name, "csv"].as_view(), name=f"{name}-csv"),
                path("export.ndjson", EXPORTS[name, "ndjson"].as_view(), name=f"{name}-ndjson"),
                path("<slug:key>/", record.as_view(), name=f"{name}-detail"),
            ]
        ),
    )
    for name, (records, record) in VIEWS.items()
]
urlpatterns += [
    path("", Index.as_view(), name="index"),
    path("changes/", ChangeList.as_view(), name="changes-list"),
    path("withdrawals/", WithdrawalList.as_view(), name="withdrawals-list"),
    path("revisions/", RevisionList.as_view(), name="revisions-list"),
    path("vocabularies/", VocabularyList.as_view(), name="vocabularies-list"),
    path("vocabularies/<slug:key>/", VocabularyDetail.as_view(), name="vocabularies-detail"),
    path("releases/", ReleaseList.as_view(), name="releases-list"),
    path("releases/<str:key>/", ReleaseDetail.as_view(), name="releases-detail"),
    path("reconcile/", Reconciliation.as_view(), name="reconcile"),
    path("reconcile/suggest/entity/", SuggestEntity.as_view(), name="reconcile-entity"),
    path("reconcile/suggest/type/", SuggestType.as_view(), name="reconcile-type"),
    path("reconcile/suggest/property/", SuggestProperty.as_view(), name="reconcile-property"),
    path("reconcile/properties/", Properties.as_view(), name="reconcile-properties"),
    path("reconcile/preview/", Preview.as_view(), name="reconcile-preview"),
    path("reconcile/view/", View.as_view(), name="reconcile-view"),
    path("reconcile/flyout/<slug:kind>/", Flyout.as_view(), name="reconcile-flyout"),
    path("receipts/", Receipts.as_view(), name="receipts"),
    path("context.jsonld", Context.as_view(), name="context"),
    path("tutorial/", Tutorial.as_view(), name="tutorial"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
]
