"""Every address of the API; those of records come from the catalogue."""

from django.urls import path

from apps.api.views.changes import ChangeList, RevisionList
from apps.api.views.index import Docs, Index, Schema
from apps.api.views.records import VIEWS
from apps.api.views.vocabularies import VocabularyDetail, VocabularyList

app_name = "api"

urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("changes/", ChangeList.as_view(), name="changes-list"),
    path("revisions/", RevisionList.as_view(), name="revisions-list"),
    path("vocabularies/", VocabularyList.as_view(), name="vocabularies-list"),
    path("vocabularies/<slug:key>/", VocabularyDetail.as_view(), name="vocabularies-detail"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
]
for name, (records, record) in VIEWS.items():
    urlpatterns += [
        path(f"{name}/", records.as_view(), name=f"{name}-list"),
        path(f"{name}/<slug:key>/", record.as_view(), name=f"{name}-detail"),
    ]
