"""An applicant goes from the first question to the receipt through the API; staff go on from there."""

import pytest

from agencies.ids import new_id
from mall.canary.answers import sample_answers
from tests.api.calling import Caller, kind
from tests.api.cases import fill, opened, owner_of, send_back
from tests.cases import DOCTOR, at
from tests.factories import make_organisation, make_person, make_user
from workflows.cases.models import Attachment, Case
from workflows.definition.queries import version_for_new_case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def test_a_citizen_applies_from_draft_to_receipt(citizen: Caller) -> None:
    answer = citizen.post("/cases", {"service": DOCTOR})
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/cases/{answer.json()['id']}"
    case_id = answer.json()["id"]
    fill(citizen, case_id)
    sent = citizen.post(f"/cases/{case_id}/submission", If_Match=citizen.tag(case_id))
    body = sent.json()
    assert (sent.status_code, body["state"]) == (200, "submitted")
    assert body["reference"].startswith("MPP-")
    assert len(body["tracking_code"]) == 8
    assert body["due_at"].endswith("+07:00")
    assert {one["requirement"] for one in body["attachments"]} == {one["code"] for one in body["requirements"]}
    assert case_id in [item["id"] for item in citizen.get("/cases").json()["items"]]


def test_an_application_with_holes_names_every_one_of_them(citizen: Caller) -> None:
    case_id = opened(citizen)
    answer = citizen.post(f"/cases/{case_id}/submission", If_Match=citizen.tag(case_id))
    assert kind(answer) == (422, "invalid")
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    definition = version_for_new_case(DOCTOR).definition
    assert {f"/{field.name}" for field in definition.fields if not field.when} <= pointers
    assert {f"/attachments/{one.code}" for one in definition.requirements if not one.when} <= pointers


def test_a_wrong_answer_is_told_with_its_place_and_nothing_is_kept(citizen: Caller) -> None:
    case_id = opened(citizen)
    body = {"nama_tempat_praktik": "Klinik", "tanggal_terbit_str": "31-02-2026", "nomor_str": ["x"]}
    answer = citizen.send("PATCH", f"/cases/{case_id}/answers", body, If_Match=citizen.tag(case_id))
    assert kind(answer) == (422, "invalid")
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/tanggal_terbit_str", "/nomor_str"}
    assert Case.objects.get(pk=case_id).answers == {}


def test_a_name_that_the_form_does_not_have_is_told(citizen: Caller) -> None:
    case_id = opened(citizen)
    answer = citizen.send("PATCH", f"/cases/{case_id}/answers", {"state": "issued"}, If_Match=citizen.tag(case_id))
    assert kind(answer) == (422, "invalid")
    assert citizen.post("/cases", {"service": DOCTOR, "state": "issued"}).status_code == 422


def test_answers_are_kept_one_by_one_and_emptied_by_null(citizen: Caller) -> None:
    case_id = opened(citizen)
    for body in ({"nama_tempat_praktik": "Klinik"}, {"nomor_str": "12/STR"}, {"nama_tempat_praktik": None}):
        answer = citizen.send("PATCH", f"/cases/{case_id}/answers", body, If_Match=citizen.tag(case_id))
    assert answer.json()["answers"] == {"nomor_str": "12/STR"}


def test_a_nik_among_the_answers_comes_back_masked(citizen: Caller) -> None:
    code = "DUKCAPIL-AKTA-LAHIR"
    definition = version_for_new_case(code).definition
    field = next(one for one in definition.fields if str(one.type) == "nik")
    case_id = opened(citizen, code)
    nik = sample_answers(definition)[field.name]
    answer = citizen.send("PATCH", f"/cases/{case_id}/answers", {field.name: nik}, If_Match=citizen.tag(case_id))
    assert nik not in answer.content.decode()
    assert answer.json()["answers"][field.name].endswith(nik[-4:])


def test_the_same_key_opens_one_draft(citizen: Caller) -> None:
    key = str(new_id())
    first, second = (citizen.post("/cases", {"service": DOCTOR}, Idempotency_Key=key) for _time in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert Case.objects.count() == 1
    other = citizen.post("/cases", {"service": "DUKCAPIL-AKTA-LAHIR"}, Idempotency_Key=key)
    assert kind(other) == (422, "invalid")
    assert [error["parameter"] for error in other.json()["errors"]] == ["Idempotency-Key"]


def test_a_key_of_somebody_else_opens_nothing(citizen: Caller) -> None:
    key = str(new_id())
    citizen.post("/cases", {"service": DOCTOR}, Idempotency_Key=key)
    user = make_user()
    make_person(user=user)
    assert kind(Caller(user).post("/cases", {"service": DOCTOR}, Idempotency_Key=key)) == (404, "missing")


@pytest.mark.parametrize("key", ["", "1", "not-a-uuid"])
def test_without_a_key_nothing_is_opened(citizen: Caller, key: str) -> None:
    assert kind(citizen.post("/cases", {"service": DOCTOR}, Idempotency_Key=key)) == (400, "bad-request")
    assert not Case.objects.exists()


def test_one_without_personal_data_is_told_to_fill_them_in() -> None:
    answer = Caller(make_user()).post("/cases", {"service": DOCTOR})
    assert kind(answer) == (403, "refused")
    assert "Lengkapi data diri" in answer.json()["detail"]


def test_nobody_applies_for_a_business_that_is_not_hers(citizen: Caller) -> None:
    body = {"service": "DPMPTSP-ANDALALIN", "organisation": str(make_organisation().pk)}
    answer = citizen.post("/cases", body)
    assert kind(answer) == (422, "invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/organisation"]


def test_the_same_submission_twice_is_one(citizen: Caller) -> None:
    case_id = opened(citizen)
    fill(citizen, case_id)
    key, tag = str(new_id()), citizen.tag(case_id)
    first, second = (
        citizen.post(f"/cases/{case_id}/submission", Idempotency_Key=key, If_Match=tag) for _time in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Event.objects.filter(subject_id=case_id, kind="case.submitted").count() == 1
    other = citizen.post(f"/cases/{case_id}/submission", If_Match=citizen.tag(case_id))
    assert kind(other) == (409, "conflict")
    assert other.json()["possible"] == ["withdraw"]


def test_a_late_repetition_of_the_first_submission_does_not_answer_a_return(citizen: Caller) -> None:
    script = at("taken")
    first = str(script.case().submission_key)
    send_back(script)
    owner = owner_of(script)
    answer = owner.post(f"/cases/{script.case_id}/submission", Idempotency_Key=first, If_Match="*")
    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    key = str(new_id())
    for _time in range(2):
        answer = owner.post(f"/cases/{script.case_id}/submission", Idempotency_Key=key, If_Match="*")
        assert (answer.status_code, answer.json()["state"], answer.json()["round"]) == (200, "submitted", 2)


def test_a_returned_case_names_what_is_to_be_put_right() -> None:
    script = at("taken")
    send_back(script)
    body = owner_of(script).get(f"/cases/{script.case_id}").json()
    (one,) = body["deficiencies"]
    assert one["note"]
    assert body["applicant_due_at"]


def test_two_who_change_the_same_draft_do_not_overwrite_each_other(citizen: Caller) -> None:
    case_id = opened(citizen)
    tag = citizen.tag(case_id)
    first = citizen.send("PATCH", f"/cases/{case_id}/answers", {"nomor_str": "1"}, If_Match=tag)
    second = citizen.send("PATCH", f"/cases/{case_id}/answers", {"nomor_str": "2"}, If_Match=tag)
    assert first.status_code == 200
    assert kind(second) == (412, "stale")
    assert citizen.get(f"/cases/{case_id}").json()["answers"]["nomor_str"] == "1"
    assert first["ETag"] == citizen.get(f"/cases/{case_id}")["ETag"]


@pytest.mark.parametrize("path", ["answers", "attachments", "submission", "transitions"])
def test_a_change_without_the_version_that_was_read_is_refused(citizen: Caller, path: str) -> None:
    case_id = opened(citizen)
    body = {"name": "withdraw"} if path == "transitions" else {}
    answer = citizen.send(
        "PATCH" if path == "answers" else "POST", f"/cases/{case_id}/{path}", body, Idempotency_Key=str(new_id())
    )
    assert kind(answer) == (428, "no-precondition")


def test_a_reader_who_has_the_case_gets_only_word_that_it_is_unchanged(citizen: Caller) -> None:
    case_id = opened(citizen)
    tag = citizen.get(f"/cases/{case_id}")["ETag"]
    assert not tag.startswith("W/")
    assert citizen.get(f"/cases/{case_id}", If_None_Match=tag).status_code == 304
    citizen.send("PATCH", f"/cases/{case_id}/answers", {"nomor_str": "1"}, If_Match=tag)
    assert citizen.get(f"/cases/{case_id}", If_None_Match=tag).status_code == 200


def test_a_paper_from_the_vault_is_handed_in_again(citizen: Caller) -> None:
    first = opened(citizen)
    path = f"/cases/{first}/attachments"
    up = citizen.upload(path, requirement="str-yang-masih-berlaku", If_Match=citizen.tag(first))
    file_id = up.json()["attachments"][0]["file_id"]
    second = opened(citizen)
    body = {"requirement": "str-yang-masih-berlaku", "file_id": file_id}
    again = citizen.post(f"/cases/{second}/attachments", body, If_Match=citizen.tag(second))
    assert (again.status_code, again.json()["attachments"][0]["file_id"]) == (201, file_id)


def test_a_file_of_somebody_else_cannot_be_handed_in(citizen: Caller) -> None:
    case_id = opened(citizen)
    up = citizen.upload(f"/cases/{case_id}/attachments", requirement="ktp-el", If_Match=citizen.tag(case_id))
    file_id = up.json()["attachments"][0]["file_id"]
    user = make_user()
    make_person(user=user)
    thief = Caller(user)
    body = {"requirement": "ktp-el", "file_id": file_id}
    own = opened(thief)
    assert kind(thief.post(f"/cases/{own}/attachments", body, If_Match=thief.tag(own))) == (404, "missing")
    assert not Attachment.objects.filter(case_id=own).exists()


@pytest.mark.parametrize(
    ("content", "name", "pointer"),
    [(b"<html>", "berkas.pdf", "/file"), (b"", "berkas.pdf", "/file"), (None, "berkas.exe", "/file")],
)
def test_a_file_that_will_not_do_is_told(citizen: Caller, content: bytes | None, name: str, pointer: str) -> None:
    case_id = opened(citizen)
    answer = citizen.upload(
        f"/cases/{case_id}/attachments", content, name, requirement="ktp-el", If_Match=citizen.tag(case_id)
    )
    assert kind(answer) == (422, "invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


def test_a_paper_that_nobody_asks_for_is_told(citizen: Caller) -> None:
    case_id = opened(citizen)
    for place in ({"requirement": "surat-cinta"}, {"field": "nomor_str"}, {}):
        answer = citizen.upload(f"/cases/{case_id}/attachments", If_Match=citizen.tag(case_id), **place)
        assert kind(answer) == (422, "invalid")
