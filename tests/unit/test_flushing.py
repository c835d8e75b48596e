"""After a transactional test the database is as before the first."""

import pytest
from django.core.management import call_command

from workflows.actors import Actor, ActorKind
from workflows.definition.models import ServiceType, ServiceVersion
from workflows.definition.services import publish_version

DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))


@pytest.mark.django_db(transaction=True)
def test_what_a_test_published_is_taken_back() -> None:
    before = list(ServiceVersion.objects.order_by("pk").values_list("pk", "state", "digest"))
    shipped = ServiceVersion.objects.get(service="DPMPTSP-SIP-DOKTER", state="published")
    publish_version("DPMPTSP-SIP-DOKTER", {**shipped.body, "keywords": ["lain"]}, by=DESIGNER)
    assert ServiceVersion.objects.count() == len(before) + 1
    call_command("flush", interactive=False, verbosity=0)
    assert list(ServiceVersion.objects.order_by("pk").values_list("pk", "state", "digest")) == before
    assert ServiceType.objects.get(code="DPMPTSP-SIP-DOKTER").current == shipped
