"""What anybody reads without an account: finding a service, and its public standard."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mall.portal import popular
from tests.engine import INTAKE, TestCast, played
from workflows.definition.models import ServiceType
from workflows.definition.queries import published
from workflows.definition.services import retire_service

pytestmark = pytest.mark.django_db
CATALOGUE = Path("workflows/catalogue")
CODES = sorted(path.stem for path in CATALOGUE.glob("*.toml"))


def page(client: Client, name: str, *args: str, **query: str) -> str:
    """The page, which must be there."""
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_visitor_opens_the_home_page_and_finds_search_events_and_agencies(client: Client) -> None:
    shown = page(client, "portal:home")
    assert 'name="q"' in shown
    assert "Keluarga dan kependudukan" in shown
    assert "Dinas Kependudukan" in shown
    assert reverse("portal:track") in shown
    assert len(shown.encode()) < 100_000


def test_visitor_finds_every_category_on_the_home_page(client: Client) -> None:
    shown = page(client, "portal:home")
    for category in set(ServiceType.objects.values_list("category", flat=True)):
        assert f"category={category}" in shown


def test_visitor_searches_in_her_own_words_and_finds_the_service(client: Client) -> None:
    shown = page(client, "portal:services", q="IMB")
    assert reverse("portal:service", args=["DPMPTSP-PBG"]) in shown


def test_visitor_narrows_by_agency_and_category(client: Client) -> None:
    shown = page(client, "portal:services", agency="POLRESTA", category="kepolisian")
    assert reverse("portal:service", args=["POLRESTA-SKCK-BARU"]) in shown
    assert reverse("portal:service", args=["DPMPTSP-PBG"]) not in shown


def test_visitor_searches_nonsense_and_is_told_so(client: Client) -> None:
    assert "Tidak ada layanan yang cocok" in page(client, "portal:services", q="zzqqxx")


def test_visitor_pages_through_all_services_and_meets_each_once(client: Client) -> None:
    found: list[str] = []
    answer = client.get(reverse("portal:services"))
    while True:
        found += [one.code for one, _category in answer.context["found"]]
        if not answer.context["next"]:
            break
        answer = client.get(reverse("portal:services"), {"after": answer.context["next"]})
    assert sorted(found) == sorted(published().values_list("code", flat=True))


def test_visitor_sends_a_foreign_cursor_and_gets_a_clear_page(client: Client) -> None:
    assert client.get(reverse("portal:services"), {"after": "abc"}).status_code == 422


@pytest.mark.parametrize("code", CODES)
def test_visitor_reads_the_public_standard_of_every_service(client: Client, code: str) -> None:
    """Components 1 to 6 before log-in (PermenPANRB 15/2014), and the internal ones as well."""
    answer = client.get(reverse("portal:service", args=[code]))
    definition = ServiceType.objects.select_related("current").get(pk=code).current.definition  # type: ignore[union-attr]
    shown = answer.context
    assert answer.status_code == 200
    assert [one.name for one in shown["papers"]] == [one.name.id for one in definition.requirements]
    assert shown["procedure"]
    assert shown["term"]
    assert shown["fee"].headline
    assert shown["fee"].free or shown["fee"].law
    assert shown["product"]
    assert shown["complaints"]
    assert all(text for _key, text in shown["inside"])
    text = answer.content.decode()
    assert "None" not in text
    assert reverse("portal:start", args=[code]) in text


def test_visitor_reads_a_free_service_and_sees_rp_0(client: Client) -> None:
    shown = page(client, "portal:service", "DPMPTSP-SIP-DOKTER")
    assert "Rp\u00a00" in shown
    assert "tidak dipungut biaya" in shown


def test_visitor_reads_a_computed_fee_and_sees_what_it_depends_on_and_that_it_is_a_sample(client: Client) -> None:
    shown = page(client, "portal:service", "DPMPTSP-PBG")
    assert "Dihitung dari isian Anda" in shown
    assert "Luas bangunan" in shown
    assert "Tarif contoh" in shown


def test_visitor_reads_a_conditional_requirement_with_its_reason(client: Client) -> None:
    assert "Hanya untuk reklame yang luasnya di atas 12 m²." in page(client, "portal:service", "DPMPTSP-REKLAME-TETAP")


def test_visitor_opens_a_retired_service_and_cannot_start_it(client: Client) -> None:
    retire_service("DPMPTSP-PBG")
    shown = page(client, "portal:service", "DPMPTSP-PBG")
    assert "tidak menerima permohonan baru" in shown
    assert reverse("portal:start", args=["DPMPTSP-PBG"]) not in shown


def test_visitor_opens_an_unknown_service_or_agency_and_gets_404(client: Client) -> None:
    assert client.get(reverse("portal:service", args=["TIDAK-ADA"])).status_code == 404
    assert client.get(reverse("portal:agency", args=["TIDAK-ADA"])).status_code == 404


def test_visitor_opens_an_agency_and_finds_its_services(client: Client) -> None:
    assert reverse("portal:service", args=["POLRESTA-SKCK-BARU"]) in page(client, "portal:agency", "POLRESTA")


def test_search_page_asks_the_same_few_questions_whatever_it_finds(
    client: Client, django_assert_max_num_queries: object
) -> None:
    """Search; agencies; categories."""
    for words in ("", "akta"):
        with django_assert_max_num_queries(3):  # type: ignore[operator]
            client.get(reverse("portal:services"), {"q": words})


def test_visitor_sees_what_is_asked_for_most_once_enough_people_asked(client: Client) -> None:
    cache.delete(popular.KEY)
    assert "Paling sering diajukan" not in page(client, "portal:home")
    cache.delete(popular.KEY)
    cast = TestCast()
    for _time in range(popular.LEAST):
        played("DPMPTSP-SPPL", *INTAKE, cast=cast)
    shown = page(client, "portal:home")
    cache.delete(popular.KEY)
    assert "Paling sering diajukan" in shown
    assert reverse("portal:service", args=["DPMPTSP-SPPL"]) in shown


def test_home_page_asks_few_questions(client: Client, django_assert_max_num_queries: object) -> None:
    """Categories; what is asked for most (two, once an hour); agencies."""
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get(reverse("portal:home"))


def test_public_standard_asks_few_questions(client: Client, django_assert_max_num_queries: object) -> None:
    """The service with its version; its agencies; the sites with their hours."""
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get(reverse("portal:service", args=["DPMPTSP-PBG"]))
