"""The controlled lists: every code, what it means, where that is from."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.api.problems import ERRORS, NOT_FOUND
from apps.api.receipts import cited
from apps.api.schema import LINK_HEADER, REVISION_HEADER, SHARED, paged
from apps.api.views.base import PublicView, site_of
from apps.records.vocabularies import VOCABULARIES


class TermSerializer(serializers.Serializer):
    """One code of a list."""

    code = serializers.CharField()
    label_en = serializers.CharField()
    label_fr = serializers.CharField()
    definition_en = serializers.CharField()
    definition_fr = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # a field, which DRF takes out of the class


class VocabularySerializer(serializers.Serializer):
    """A controlled list."""

    name = serializers.CharField()
    api_url = serializers.URLField()
    title_en = serializers.CharField()
    title_fr = serializers.CharField()
    about_en = serializers.CharField()
    about_fr = serializers.CharField()
    terms = TermSerializer(many=True)


def as_json(name: str, site: str) -> dict[str, Any]:
    """Return the list `name` as VocabularySerializer describes it."""
    vocabulary = VOCABULARIES[name]
    texts = ("title_en", "title_fr", "about_en", "about_fr")
    return {
        "name": name,
        "api_url": f"{site}{reverse('api:vocabularies-detail', args=[name])}",
        **{text: getattr(vocabulary, text) for text in texts},
        "terms": vocabulary.entries(),
    }


class VocabularyList(PublicView):
    """All the controlled lists."""

    @extend_schema(
        operation_id="vocabularies_list",
        tags=["vocabularies"],
        summary="Every controlled list with the definition of each code, in English and French",
        parameters=[SHARED["as_of"], SHARED["format"], REVISION_HEADER, LINK_HEADER],
        responses={200: paged("Vocabulary", VocabularySerializer), **ERRORS},
    )
    def get(self, request: Request) -> Response:
        lists = [as_json(name, site_of(request)) for name in VOCABULARIES]
        body = {"count": len(lists), "next": None, "previous": None, "results": lists}
        return cited(request, Response(body), "vocabularies", {})


class VocabularyDetail(PublicView):
    """One controlled list, by its name."""

    @extend_schema(
        operation_id="vocabularies_retrieve",
        tags=["vocabularies"],
        summary="One controlled list",
        parameters=[
            OpenApiParameter("key", str, OpenApiParameter.PATH, enum=list(VOCABULARIES)),
            SHARED["as_of"],
            SHARED["format"],
            REVISION_HEADER,
        ],
        responses={200: VocabularySerializer, **NOT_FOUND, **ERRORS},
    )
    def get(self, request: Request, key: str) -> Response:
        if key not in VOCABULARIES:
            raise Http404(f"There is no vocabulary “{key}”. /api/v1/vocabularies/ lists them.")
        return Response(as_json(key, site_of(request)))
