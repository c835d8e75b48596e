"""About the API itself: its description, its kinds of problem, and addresses that do not exist."""

from typing import Any

from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Missing
from mall.api import docs
from mall.api.problems import TITLES, TYPES
from mall.api.view import ApiView
from mall.doors import Door


class Schema(ApiView, SpectacularAPIView):
    """The OpenAPI document."""

    door = Door(public=True)
    renderer_classes = (OpenApiJsonRenderer, JSONRenderer)  # type: ignore[assignment]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """OpenAPI 3.1."""
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        response["Cache-Control"] = "public, max-age=300"
        return response


class Problem(ApiView):
    """One kind of problem: where the `type` of an answer leads."""

    door = Door(public=True)

    @docs.problem
    def get(self, _request: Request, slug: str) -> Response:
        """Its title and status."""
        for code, (known, title) in TITLES.items():
            if known == slug:
                return Response({"type": f"{TYPES}{slug}", "title": str(title), "status": code})
        raise Missing


class Nowhere(ApiView):
    """Every other address below the API, so that a program gets a problem and not a page."""

    door = Door(public=True)

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """There is nothing here, for any method."""
        super().initial(request, *args, **kwargs)
        raise Missing
