"""What the description of the API says of answers that are no success: problems (RFC 9457)."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

PROBLEM = "application/problem+json"


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A near miss",
            {
                "type": "/data/#error-unknown-parameter",
                "title": "Unknown parameter",
                "status": 400,
                "detail": "`statu` is not a parameter here. Allowed: country, operation, status.",
                "instance": "/api/v1/contributors/?statu=deployed",
                "parameter": "statu",
                "value": "deployed",
                "allowed": "country, operation, status",
                "suggestion": "status",
            },
            status_codes=["400"],
            media_type=PROBLEM,
        )
    ]
)
class ProblemSerializer(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="The address of a page that explains it.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="The address asked for.")
    parameter = serializers.CharField(required=False, help_text="The parameter at fault.")
    value = serializers.CharField(required=False, help_text="Its value.")
    allowed = serializers.CharField(required=False, help_text="What would be right.")
    suggestion = serializers.CharField(
        required=False, allow_null=True, help_text="The nearest right name, value or key."
    )


class WithdrawnSerializer(ProblemSerializer):
    """Why there is no record at an address any more (RFC 9457)."""

    reason = serializers.CharField(help_text="Why it was withdrawn, in the words of the editors.")
    withdrawn_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="The revision that withdrew it.")
    past_hidden = serializers.BooleanField(
        help_text="Whether its past is hidden too, for a legal cause."
    )
    last_state = serializers.URLField(
        allow_null=True, help_text="The record as it last was; null where its past is hidden."
    )


def _problem(description: str) -> OpenApiResponse:
    return OpenApiResponse(ProblemSerializer, description=description)


ERRORS: dict[Any, Any] = {
    (400, PROBLEM): _problem("A parameter is unknown, or its value cannot be read."),
    (406, PROBLEM): _problem("No format in the Accept header is made here."),
    (414, PROBLEM): _problem("The query string is too long."),
    (429, PROBLEM): _problem("Too many requests; try again after Retry-After seconds."),
    (503, PROBLEM): _problem("The database is away; try again after Retry-After seconds."),
    304: OpenApiResponse(description="Unchanged since the ETag given in If-None-Match."),
}
MOVED: dict[Any, Any] = {
    308: OpenApiResponse(description="Merged into another record; Location is its address.")
}
GONE: dict[Any, Any] = {
    (410, PROBLEM): OpenApiResponse(
        WithdrawnSerializer, description="Withdrawn: why, when, and whether its past can be read."
    )
}
NOT_FOUND: dict[Any, Any] = {(404, PROBLEM): _problem("Nothing published has this address.")}
