"""The public page that says what a permit is worth."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoDbBlocker

from agencies import clock
from documents import blobs, verification
from documents.permits import queries
from documents.permits.queries import Standing, standing
from tests.cases import at, case_of, counted, text_of
from tests.engine import TestCast
from tests.lasting import undone
from tests.permits import granted, issued, permit_of
from workflows.cases.models import Case
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db
RECORDED = "DPMPTSP-KKPR-NB"


@pytest.fixture(scope="module")
def case(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Case]:
    """Somebody's permit is issued and sealed, once for all tests of this file."""
    with undone(django_db_blocker):
        yield issued().case


@pytest.fixture
def permit(case: Case) -> Permit:
    """That permit, as it was before any test."""
    return permit_of(case)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


def page(permit: Permit, client: Client | None = None) -> str:
    """What the page says."""
    answer = (client or Client()).get(f"/v/{permit.code}")
    assert answer.status_code == 200
    return text_of(answer)


def test_anybody_reads_that_a_permit_is_valid(client: Client, permit: Permit) -> None:
    said = page(permit, client)
    for words in (
        "Berlaku", permit.number, "SIP Dokter", "Surat Izin Praktik (SIP) Dokter", permit.sha256,
        "terdaftar pada kami dan berlaku hari ini", queries.masked_name(permit.frozen["holder"]),
    ):  # fmt: skip
        assert words in said
    assert permit.frozen["holder"] not in said
    assert permit.case.applicant.nik not in said
    assert "belum tersertifikasi" in said


def test_page_is_private_from_search_engines_and_never_kept(client: Client, permit: Permit) -> None:
    answer = client.get(f"/v/{permit.code}")
    assert 'name="robots" content="noindex"' in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("spelling", [str.lower, lambda code: f"{code[:4]}-{code[4:8]} {code[8:]}"])
def test_anybody_types_the_code_in_another_spelling(client: Client, spelling: object, permit: Permit) -> None:
    assert callable(spelling)
    assert client.get(f"/v/{spelling(permit.code)}").status_code == 200


@pytest.mark.parametrize(
    ("step", "words"),
    [("suspend", "Dibekukan"), ("revoke", "Dicabut"), ("supersede", "Digantikan"), ("expire", "Habis masa berlaku")],
)
def test_anybody_reads_what_became_of_a_permit(step: str, words: str, permit: Permit) -> None:
    getattr(permit, step)()
    permit.save(update_fields=["status"])
    said = page(permit)
    assert words in said
    assert "berlaku hari ini" not in said


def test_anybody_reads_that_the_last_day_has_passed(permit: Permit) -> None:
    Permit.objects.filter(pk=permit.pk).update(valid_until=clock.today() - timedelta(days=1))
    assert "Habis masa berlaku" in page(permit)
    Permit.objects.filter(pk=permit.pk).update(valid_until=clock.today())
    assert "berlaku hari ini" in page(permit)


def test_standing_counts_the_last_day_as_good(permit: Permit) -> None:
    assert permit.valid_until is not None
    assert standing(permit, permit.valid_until) is Standing.VALID
    assert standing(permit, permit.valid_until + timedelta(days=1)) is Standing.EXPIRED


def test_anybody_reads_that_a_permit_is_not_out_yet() -> None:
    said = page(granted())
    assert "Belum terbit" in said
    assert "berlaku hari ini" not in said


def test_recorded_product_names_the_system_that_is_the_authority() -> None:
    script = at("decided", RECORDED)
    script.play(script.hand_over)
    permit = permit_of(case_of(script))
    system = permit.case.definition.product.system or permit.case.agency.name_id
    said = page(permit)
    assert f"diterbitkan oleh {system}" in said
    assert "kami hanya mencatat nomornya" in said
    assert "Nomor ini tercatat pada kami." in said
    assert "berlaku hari ini" not in said
    assert "Bandingkan berkas" not in said


def test_business_is_named_in_full() -> None:
    cast = TestCast()
    permit = issued("DPMPTSP-TDG", cast)
    if permit.case.organisation is None:
        pytest.skip("this service is not for businesses any more")
    assert permit.case.organisation.name in page(permit)


def test_trial_permit_says_that_it_is_none(permit: Permit) -> None:
    Permit.objects.filter(pk=permit.pk).update(lane="canary")
    assert "Tidak berlaku sebagai izin" in page(permit)


@pytest.mark.parametrize("code", ["K3JXQ9AMTWZR2VHC", "x", "%00", "../../etc/passwd", "a" * 400, "'; DROP TABLE x--"])
def test_unknown_code_is_404_and_says_what_to_check(client: Client, code: str) -> None:
    answer = client.get(f"/v/{code}")
    assert answer.status_code == 404
    if "/" not in code:
        assert "Yang perlu diperiksa" in text_of(answer)


def test_no_other_code_than_the_right_one_finds_a_permit(client: Client, permit: Permit) -> None:
    code = permit.code
    mutants = {code[:i] + ("A" if code[i] != "A" else "B") + code[i + 1 :] for i in range(len(code))}
    mutants |= {code[:-1], code[1:], code + "A", code[::-1] if code[::-1] != code else code + "B"}
    for mutant in mutants:
        assert client.get(f"/v/{mutant}").status_code == 404


def test_one_page_takes_few_queries(client: Client, permit: Permit) -> None:
    client.get(f"/v/{permit.code}")
    with counted() as found:
        client.get(f"/v/{permit.code}")
    assert len(found) == 1, [query["sql"] for query in found]


# --- Comparing a file -------------------------------------------------------------------------------------------------


def compare(permit: Permit, content: bytes) -> tuple[int, str]:
    """Post a file to the page."""
    upload = SimpleUploadedFile("izin.pdf", content, "application/pdf")
    answer = Client().post(f"/v/{permit.code}", {"berkas": upload})
    return answer.status_code, text_of(answer)


def test_anybody_compares_the_issued_file_and_nothing_is_kept(permit: Permit) -> None:
    document = queries.document_of(permit)
    assert document is not None
    before = set(blobs.everything())
    status, said = compare(permit, queries.content_of(document))
    assert (status, "Berkas sama" in said) == (200, True)
    assert set(blobs.everything()) == before


def test_anybody_compares_a_file_with_one_other_bit(permit: Permit) -> None:
    document = queries.document_of(permit)
    assert document is not None
    content = bytearray(queries.content_of(document))
    for place in (0, len(content) // 2, len(content) - 1):
        mutant = bytearray(content)
        mutant[place] ^= 1
        status, said = compare(permit, bytes(mutant))
        assert (status, "Berkas berbeda" in said, "Berkas sama" in said) == (200, True, False)


def test_anybody_compares_nothing_or_too_much_and_is_told(monkeypatch: pytest.MonkeyPatch, permit: Permit) -> None:
    answer = Client().post(f"/v/{permit.code}", {})
    assert answer.status_code == 422
    assert "Pilih berkas PDF yang akan diperiksa." in text_of(answer)
    assert compare(permit, b"")[0] == 422
    monkeypatch.setattr(verification, "MOST_BYTES", 10)
    status, said = compare(permit, b"x" * 11)
    assert (status, "lebih besar dari 10 MB" in said) == (422, True)


def test_comparing_needs_the_form_of_our_own_page(permit: Permit) -> None:
    assert Client(enforce_csrf_checks=True).post(f"/v/{permit.code}", {}).status_code == 403


# --- Typing the code, and asking too often ----------------------------------------------------------------------------


def test_anybody_types_a_code_and_is_led_to_its_page(client: Client, permit: Permit) -> None:
    assert client.get("/v/").status_code == 200
    for typed in (permit.code, f" {permit.code.lower()} ", f"http://testserver/v/{permit.code}/"):
        answer = client.get("/v/", {"kode": typed})
        assert (answer.status_code, answer["Location"]) == (302, f"/v/{permit.code}")


@pytest.mark.parametrize("typed", ["", "   ", "---", "x" * 500])
def test_anybody_types_nothing_and_is_told(client: Client, typed: str) -> None:
    answer = client.get("/v/", {"kode": typed})
    assert answer.status_code == 422
    assert "error" in text_of(answer)


@pytest.mark.usefixtures("still")
def test_one_address_that_asks_too_often_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "PER_MINUTE", 3)
    answers = [client.get("/v/UNKNOWN") for _time in range(5)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert client.get("/v/UNKNOWN", REMOTE_ADDR="10.0.0.9").status_code == 404


def test_without_the_cache_permits_are_still_proved(
    client: Client, monkeypatch: pytest.MonkeyPatch, permit: Permit
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("documents.limits.cache.add", broken)
    assert client.get(f"/v/{permit.code}").status_code == 200
