"""The catalogue: which services there are, and what each asks and promises."""

from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Missing
from mall.api import docs, inputs
from mall.api.conditional import is_known
from mall.api.parsing import query_of
from mall.api.shapes import common, services
from mall.api.view import ApiView
from mall.doors import Door
from workflows.definition import queries

FRESH = "public, max-age=300"


class Services(ApiView):
    """The services that are open to new cases."""

    door = Door(public=True)

    @docs.services
    def get(self, request: Request) -> Response:
        """One page. One query, two more when a word is mistyped."""
        asked = query_of(request, inputs.ServicesQuery)
        found = queries.search(
            asked["search"], asked["agency"], asked["category"], cursor=asked["cursor"], limit=asked["limit"]
        )
        response = common.listed(request, found, services.line)
        response["Cache-Control"] = FRESH
        return response


class Service(ApiView):
    """One service."""

    door = Door(public=True)

    @docs.service
    def get(self, request: Request, code: str) -> Response:
        """Its public standard and its form. One query."""
        found = queries.published().filter(pk=code).first()
        if found is None or found.current is None:
            raise Missing
        tag = f'"{found.current.digest[:32]}"'
        if is_known(request, tag):
            return Response(status=304, headers={"ETag": tag})
        return Response(services.whole(found), headers={"ETag": tag, "Cache-Control": FRESH})
