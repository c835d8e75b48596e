"""Finding a service: by words, by agency, by category, page after page."""

import pytest

from agencies.errors import Invalid
from workflows.actors import Actor, ActorKind
from workflows.definition import queries
from workflows.definition.models import ServiceType

pytestmark = pytest.mark.django_db

DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
CODE = "DPMPTSP-SIP-DOKTER"


def test_search__finds_by_name_keyword_typo_agency_and_category(django_assert_num_queries) -> None:
    def codes(*args: str, **more: str) -> list[str]:
        return [service.code for service in queries.search(*args, **more).items]

    with django_assert_num_queries(1):
        found = codes("paspor hilang")
    assert found[0] == "IMIGRASI-PASPOR-HILANG"
    assert "DISNAKERPERIN-AK1" in codes("kartu kuning")
    assert "DPMPTSP-PBG" in codes("IMB")
    assert "DPMPTSP-APOTEK" in codes("apotik")
    assert set(codes("", agency="PLN")) == {"PLN-PASANG", "PLN-UBAHDAYA"}
    assert codes("", category="kepabeanan") == ["BEACUKAI-IMEI", "BEACUKAI-NPPBKC"]
    assert codes("kelahiran") == codes("KELAHIRAN") == codes("kélahiran")
    assert codes("zzzzqqq") == []


def test_search__pages_by_keyset_without_gap_or_double() -> None:
    seen, cursor = [], ""
    while True:
        page = queries.search("", cursor=cursor, limit=50)
        seen += [service.code for service in page.items]
        if not page.next:
            break
        cursor = page.next
    assert seen == sorted(ServiceType.objects.values_list("code", flat=True))
    with pytest.raises(Invalid):
        queries.search("", cursor="bukan-penanda")


def test_categories__have_names_and_add_up() -> None:
    groups = queries.categories()
    assert sum(group.count for group in groups) == 203
    assert len(groups) == 33
    assert all(group.label and "_" not in group.label for group in groups)


# --- Samples ----------------------------------------------------------------------------------------------------------
