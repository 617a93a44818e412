"""What every address of the API has in common."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.api.negotiation import FormatFirst, Json
from apps.api.parameters import check_known
from apps.revisions.public import State


class PublicView(APIView):
    """Read-only; refuses every parameter that it does not know."""

    http_method_names = ["get", "head", "options"]
    renderer_classes: Any = [Json]
    content_negotiation_class: type[BaseContentNegotiation] = FormatFirst
    known: tuple[str, ...] = ("as_of", "format")

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # Another method is refused as such, whatever it asks.
        if str(request.method).lower() in self.http_method_names:
            self.check_parameters(request)

    def check_parameters(self, request: Request) -> None:
        check_known(request.query_params, self.known)

    # Any response will do; a DRF one would ask the page of the docs for a template.
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Say in `Allow` what can be asked."""
        return HttpResponse(content_type="text/plain")


def state_of(request: Request) -> State:
    """Return the state of the database that the middleware opened for this request."""
    return cast(State, request._request.state)  # type: ignore[attr-defined]


def site_of(request: Request) -> str:
    """Return scheme and host, which every address in an answer begins with."""
    return f"{request.scheme}://{request.get_host()}"
