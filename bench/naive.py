"""The naive peer: what one writes with Django REST framework first, prefetches included."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.naive_settings"
application = get_wsgi_application()

from django.urls import path  # noqa: E402
from rest_framework import generics, pagination, serializers  # noqa: E402

from apps.records.models import (  # noqa: E402
    Citation,
    Country,
    Operation,
    Person,
    Source,
    Statement,
)
from apps.revisions.models import Change, Revision  # noqa: E402


class SourceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ("public_id", "title")


class CitationSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Citation
        fields = ("public_id", "source", "paragraph", "excerpt", "field", "standing", "rank")


class PersonSerializer(serializers.ModelSerializer):
    class Meta:
        model = Person
        fields = ("public_id", "slug", "name")


class OperationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Operation
        fields = ("public_id", "slug", "name")


class CountrySerializer(serializers.ModelSerializer):
    class Meta:
        model = Country
        fields = ("public_id", "iso2", "name_en")


class StatementSerializer(serializers.ModelSerializer):
    speaker_person = PersonSerializer()
    operations = OperationSerializer(many=True)
    countries = CountrySerializer(many=True)
    citations = CitationSerializer(many=True)

    class Meta:
        model = Statement
        exclude = ("id", "search", "publication")


class Fifty(pagination.LimitOffsetPagination):
    default_limit = 50


class Statements(generics.ListAPIView):
    serializer_class = StatementSerializer
    pagination_class = Fifty

    def get_queryset(self):
        found = Statement.objects.for_reading()
        act = self.request.query_params.get("act")
        return found.filter(act=act) if act else found


class OneStatement(generics.RetrieveAPIView):
    serializer_class = StatementSerializer
    lookup_field = "public_id"
    queryset = Statement.objects.for_reading()


class RevisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Revision
        fields = ("number", "made_at", "reason")


class ChangeSerializer(serializers.ModelSerializer):
    revision = RevisionSerializer()

    class Meta:
        model = Change
        fields = ("revision", "record_type", "public_id", "action", "fields")


class Changes(generics.ListAPIView):
    serializer_class = ChangeSerializer
    pagination_class = Fifty

    def get_queryset(self):
        since = self.request.query_params["since"]
        found = Change.objects.filter(revision__gt=since).select_related("revision")
        return found.order_by("revision_id", "id")


urlpatterns = [
    path("naive-changes/", Changes.as_view()),
    path("naive/", Statements.as_view()),
    path("naive/<str:public_id>/", OneStatement.as_view()),
]
