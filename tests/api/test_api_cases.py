"""An applicant goes from the first question to the receipt through the API; staff go on from there."""

from uuid import UUID

import pytest

from agencies.ids import new_id
from agencies.models import Person, User
from mall.canary.answers import sample_answers
from mall.canary.cast import checker
from tests.api.calling import Caller, kind
from tests.cases import DOCTOR, MALL, at, case_of, counted, looks_of, staff
from tests.engine import EngineScript, TestCast
from tests.factories import make_organisation, make_person, make_user
from tests.uploads import picture
from workflows.cases import services
from workflows.cases.models import Attachment, Case
from workflows.cases.verification import to_check
from workflows.definition.queries import version_for_new_case
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def owner_of(script: EngineScript) -> Caller:
    """The applicant of a script."""
    return Caller(User.objects.get(pk=script.who.actor.user_id))


@pytest.fixture
def citizen() -> Caller:
    """A citizen with an account and her data filled in."""
    user = make_user()
    make_person(user=user)
    return Caller(user)


def send_back(script: EngineScript) -> None:
    """Whoever took the case finds one paper wanting."""
    marks = dict.fromkeys(to_check(script.case()), ("ok", ""))
    marks[next(reversed(marks))] = ("deficient", "Tidak terbaca.")
    services.return_to_applicant(case_id=script.case_id, by=checker(script.cast, script.definition), marks=marks)


def opened(citizen: Caller, code: str = DOCTOR) -> str:
    """A fresh draft."""
    return str(citizen.post("/cases", {"service": code}).json()["id"])


def fill(citizen: Caller, case_id: str) -> None:
    """Answer everything and hand every paper in."""
    definition = Case.objects.get(pk=case_id).definition
    answers = sample_answers(definition)
    assert citizen.send("PATCH", f"/cases/{case_id}/answers", answers, If_Match=citizen.tag(case_id)).status_code == 200
    for paper in citizen.get(f"/cases/{case_id}").json()["requirements"]:
        content, name = (None, "berkas.pdf") if "pdf" in paper["formats"] else (picture("JPEG"), "foto.jpg")
        answer = citizen.upload(
            f"/cases/{case_id}/attachments",
            content,
            name,
            requirement=paper["code"],
            If_Match=citizen.tag(case_id),
        )
        assert answer.status_code == 201, answer.content


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


def test_staff_name_their_purpose_and_the_person_can_read_of_the_look() -> None:
    script = at("submitted")
    caller, path = Caller(staff("verifier", MALL)), f"/cases/{script.case_id}"
    answer = caller.get(path)
    assert kind(answer) == (422, "invalid")
    assert [error["parameter"] for error in answer.json()["errors"]] == ["X-Purpose"]
    assert caller.get(path, X_Purpose="curiosity").status_code == 422
    assert looks_of(script.who.person_id) == []
    found = caller.get(path, X_Purpose="verification")
    assert found.json()["applicant"]["name"] == script.case().applicant.name
    (look,) = looks_of(script.who.person_id)
    assert look.data["purpose"] == "verification"
    assert caller.get(path, X_Purpose="verification", If_None_Match=found["ETag"]).status_code == 304
    assert len(looks_of(script.who.person_id)) == 1


def test_an_applicant_reads_her_own_case_without_a_purpose_and_without_a_look() -> None:
    script = at("submitted")
    assert owner_of(script).get(f"/cases/{script.case_id}").status_code == 200
    assert looks_of(script.who.person_id) == []


def test_an_applicant_learns_the_decision_but_not_the_words_of_an_agency() -> None:
    script = at("advised")
    script.refuse()
    mine = owner_of(script).get(f"/cases/{script.case_id}").json()
    theirs = Caller(staff("approver")).get(f"/cases/{script.case_id}", X_Purpose="decision").json()
    assert mine["decision"]["remedy"]
    assert "reason" not in mine["recommendations"][0]
    assert theirs["recommendations"][0]["reason"]
    assert theirs["tracking_code"] is None


@pytest.mark.parametrize("stage", ["drafted", "submitted", "advised"])
def test_reading_a_case_is_a_constant_number_of_queries(stage: str) -> None:
    """Session, user, person, roles, case (5); papers, advice, visits, repairs, decision, charge, permit (7).

    Of a draft the tag (1), of what was handed in the time: intervals and the calendar (2).
    """
    script = at(stage)
    caller = owner_of(script)
    with counted() as found:
        caller.get(f"/cases/{script.case_id}")
    assert len(found) == (13 if stage == "drafted" else 14)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_of_cases_is_a_constant_number_of_queries(rows: int) -> None:
    """Session, user, person, roles, cases."""
    cast = TestCast()
    scripts = [at("submitted", cast=cast) for _row in range(1)]
    first = case_of(scripts[0])
    for _row in range(rows - 1):
        played = EngineScript(first.definition, cast)
        played.open()
    caller = owner_of(scripts[0])
    with counted() as found:
        items = caller.get("/cases?limit=200").json()["items"]
    assert len(items) == rows
    assert len(found) == 5


def test_pages_of_a_list_hold_every_case_once() -> None:
    cast = TestCast()
    scripts = [at("drafted", cast=cast) for _row in range(5)]
    caller, seen, following = owner_of(scripts[0]), list[str](), "/cases?limit=2"
    while following:
        body = caller.get(following).json()
        seen += [item["id"] for item in body["items"]]
        following = (body["next"] or "").removeprefix("/api/v1")
    assert sorted(seen) == sorted(str(script.case_id) for script in scripts)
    assert len(set(seen)) == 5


@pytest.mark.parametrize(
    "cursor",
    [
        "WyJhIiwiYiJd",
        "WzEsMl0",
        "e30",
        "\u00e9",
        "WyIyMDI2LTEzLTAxVDAwOjAwOjAwKzAwOjAwIiwgIngiXQ",
        "WyJcdTAwMDAiLCJ4Il0",
    ],
)
def test_a_page_mark_that_is_not_ours_is_told(citizen: Caller, cursor: str) -> None:
    assert kind(citizen.get(f"/cases?cursor={cursor}")) == (422, "invalid")


def test_a_retired_service_can_no_longer_be_asked_for(citizen: Caller) -> None:
    from workflows.definition.models import ServiceType

    case_id = opened(citizen)
    fill(citizen, case_id)
    ServiceType.objects.filter(pk=DOCTOR).update(active=False)
    assert kind(citizen.post("/cases", {"service": DOCTOR})) == (409, "conflict")
    late = citizen.post(f"/cases/{case_id}/submission", If_Match=citizen.tag(case_id))
    assert kind(late) == (409, "conflict")
    assert Case.objects.get(pk=UUID(case_id)).answers


def test_no_answer_names_the_applicants_number() -> None:
    script = at("submitted")
    nik = Person.objects.get(pk=script.who.person_id).nik
    assert nik not in owner_of(script).get(f"/cases/{script.case_id}").content.decode()
