"""Anybody reads the catalogue through the API."""

import pytest

from tests.api.calling import Caller, kind
from tests.cases import DOCTOR, counted, staff
from workflows.definition.models import ServiceType

pytestmark = pytest.mark.django_db


def everything(caller: Caller, address: str) -> list[str]:
    """Codes over all pages."""
    codes: list[str] = []
    following: str | None = address
    while following:
        answer = caller.get(following)
        codes += [item["code"] for item in answer.json()["items"]]
        following = answer.json()["next"] and answer.json()["next"].removeprefix("/api/v1")
        assert (following is None) == ("Link" not in answer)
    return codes


def test_anybody_reads_every_service_page_by_page() -> None:
    codes = everything(Caller(), "/services?limit=50")
    assert codes == sorted(ServiceType.objects.values_list("code", flat=True))
    assert len(codes) == 203


def test_anybody_narrows_the_list_by_words_agency_and_category() -> None:
    caller = Caller()
    assert DOCTOR in everything(caller, "/services?search=praktik+dokter")
    found = everything(caller, "/services?agency=POLRESTA&limit=200")
    assert found == sorted(ServiceType.objects.filter(agency="POLRESTA").values_list("code", flat=True))
    assert set(everything(caller, "/services?category=keimigrasian")) == set(
        ServiceType.objects.filter(category="keimigrasian").values_list("code", flat=True)
    )


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=x", "limit"),
        ("sort=name", "sort"),
        ("cursor=!!", "cursor"),
    ],
)
def test_a_wrong_parameter_is_named(query: str, parameter: str) -> None:
    answer = Caller().get(f"/services?{query}")
    assert kind(answer) == (422, "invalid")
    assert [parameter] == [error.get("parameter") or error["pointer"].strip("/") for error in answer.json()["errors"]]


def test_anybody_reads_the_standard_and_the_form_of_a_service() -> None:
    body = Caller().get(f"/services/{DOCTOR}").json()
    definition = ServiceType.objects.get(pk=DOCTOR).current.definition  # type: ignore[union-attr]
    assert [field["name"] for field in body["fields"]] == [field.name for field in definition.fields]
    assert [paper["code"] for paper in body["requirements"]] == [paper.code for paper in definition.requirements]
    assert body["term"] | {"calendar": ""} == {
        "working_days": 5,
        "duration": "P5D",
        "calendar": "",
        "law": definition.term.law,
        "deemed": str(definition.term.deemed),
        "deemed_law": definition.term.deemed_law,
        "answer_days": 30,
        "rounds": definition.term.rounds,
    }
    assert body["fee"]["amount"] == 0
    assert {field["when"] for field in body["fields"]} == {
        field.when.source if field.when else None for field in definition.fields
    }


def test_every_service_has_a_standard() -> None:
    caller = Caller()
    assert {caller.get(f"/services/{code}").status_code for code in everything(caller, "/services?limit=200")} == {200}


def test_a_service_that_nobody_knows_is_missing() -> None:
    assert kind(Caller().get("/services/TIDAK-ADA")) == (404, "missing")


def test_a_reader_who_has_the_service_gets_only_word_that_it_is_unchanged() -> None:
    caller = Caller()
    first = caller.get(f"/services/{DOCTOR}")
    again = caller.get(f"/services/{DOCTOR}", If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_retired_service_is_no_longer_listed() -> None:
    ServiceType.objects.filter(pk=DOCTOR).update(active=False)
    assert kind(Caller().get(f"/services/{DOCTOR}")) == (404, "missing")
    assert DOCTOR not in everything(Caller(), "/services?limit=200")


@pytest.mark.parametrize("limit", [1, 50])
def test_a_page_of_services_is_one_query(limit: int) -> None:
    caller = Caller()
    with counted() as found:
        caller.get(f"/services?limit={limit}")
    assert len(found) == 1


def test_an_address_that_does_not_exist_is_a_problem_and_not_a_page() -> None:
    for method in ("GET", "POST", "DELETE", "OPTIONS"):
        assert kind(Caller().send(method, "/nothing/here")) == (404, "missing")
        assert kind(Caller(staff("verifier")).send(method, "/nothing/here")) == (404, "missing")


def test_a_method_that_an_address_does_not_know_is_refused() -> None:
    assert kind(Caller().send("DELETE", "/services")) == (405, "no-such-method")
    assert kind(Caller().send("OPTIONS", "/services")) == (405, "no-such-method")


def test_a_type_of_problem_can_be_read_at_its_address() -> None:
    caller = Caller()
    type_ = caller.get("/services/TIDAK-ADA").json()["type"]
    told = caller.get(type_.removeprefix("/api/v1")).json()
    assert (told["type"], told["status"]) == (type_, 404)
    assert kind(caller.get("/problems/no-such-thing")) == (404, "missing")
