"""A draft: beginning it, its papers, a session or a service that ends meanwhile, and whose it is."""

from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from agencies.ids import new_id
from agencies.services import add_member
from tests.web.portal import Citizen, draft_of, errors_in, pdf
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.definition.services import retire_service

pytestmark = pytest.mark.django_db
PRACTICE = "DPMPTSP-SIP-DOKTER"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who applies."""
    return Citizen()


def test_citizen_uploads_a_false_file_and_is_told_what_is_wrong(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    code = draft_of(case_id).papers[0].requirement.code
    false = pdf()
    false.name = "foto.jpg"
    answer = citizen.post("portal:paper", case_id, code, file=false)
    assert answer.status_code == 422
    assert any("Isi berkas ini PDF" in one for one in errors_in(answer))


def test_citizen_uploads_too_large_or_empty_or_no_file_and_is_told(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    code = draft_of(case_id).papers[0].requirement.code
    large, empty = pdf(), pdf()
    large.file.write(b"\0" * (10 * 1024 * 1024 + 1))
    large.size, empty.size = 10 * 1024 * 1024 + 1, 0
    empty.file.truncate(0)
    for upload, sentence in ((large, "lebih besar dari 10 MB"), (empty, "kosong")):
        upload.seek(0)
        answer = citizen.post("portal:paper", case_id, code, file=upload)
        assert any(sentence in one for one in errors_in(answer)), errors_in(answer)
    assert any("Pilih berkas" in one for one in errors_in(citizen.post("portal:paper", case_id, code)))


def test_citizen_uploads_a_paper_sees_it_and_replaces_it(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    code = draft_of(case_id).papers[0].requirement.code
    citizen.post("portal:paper", case_id, code, file=pdf("satu"))
    first = draft_of(case_id).paper(code).file
    seen = citizen.get("portal:paper_file", case_id, code)
    assert seen["Content-Type"] == "application/pdf"
    assert seen.content.startswith(b"%PDF-")
    citizen.post("portal:paper", case_id, code, file=pdf("dua"))
    second = draft_of(case_id).paper(code).file
    assert first is not None
    assert second is not None
    assert first.pk != second.pk


def test_citizen_uses_a_paper_again_that_lies_in_her_vault(citizen: Citizen) -> None:
    first = citizen.begin(PRACTICE)
    code = next(p.requirement.code for p in draft_of(first).papers if p.requirement.reusable)
    citizen.post("portal:paper", first, code, file=pdf())
    file = draft_of(first).paper(code).file
    second = citizen.begin(PRACTICE)
    assert file is not None
    assert str(file.pk) in citizen.get("portal:paper", second, code).content.decode()
    citizen.post("portal:paper", second, code, kept=str(file.pk))
    assert draft_of(second).paper(code).file == file


def test_citizen_who_begins_twice_goes_on_with_the_empty_draft(citizen: Citizen) -> None:
    first = citizen.begin(PRACTICE)
    assert citizen.begin(PRACTICE) == first
    citizen.post("portal:paper", first, draft_of(first).papers[0].requirement.code, file=pdf())
    assert citizen.begin(PRACTICE) != first


def test_citizen_cannot_hand_in_a_foreign_file(citizen: Citizen) -> None:
    other = Citizen()
    theirs, mine = other.begin(PRACTICE), citizen.begin(PRACTICE)
    code = next(p.requirement.code for p in draft_of(mine).papers if p.requirement.reusable)
    other.post("portal:paper", theirs, code, file=pdf())
    file = draft_of(theirs).paper(code).file
    assert file is not None
    citizen.post("portal:paper", mine, code, file=pdf("milik sendiri"))
    citizen.post("portal:paper", mine, code, kept=str(file.pk))
    assert draft_of(mine).paper(code).file != file


def test_citizen_fills_while_the_session_ended_and_finds_everything_after_the_log_in(citizen: Citizen) -> None:
    citizen.user.set_password("kata-sandi-panjang")
    citizen.user.save()
    citizen.client.force_login(citizen.user)
    case_id = citizen.begin(PRACTICE)
    where = reverse("portal:page", args=[case_id, 1])
    citizen.client.cookies.clear()
    answer = citizen.client.post(where, {"q-nomor_str": "STR-LAMA", "q-nama_tempat_praktik": "Klinik Contoh"})
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    logged = citizen.client.post(
        answer["Location"], {"login": citizen.user.email, "password": "kata-sandi-panjang", "next": where}
    )
    assert logged["Location"] == where
    shown = citizen.client.get(where).content.decode()
    assert "Sesi Anda sempat berakhir" in shown
    assert "STR-LAMA" in shown
    assert "Klinik Contoh" in shown
    assert draft_of(case_id).answers == {}
    assert "STR-LAMA" not in citizen.client.get(where).content.decode()


def test_citizen_uploads_while_the_session_ended_and_is_asked_to_choose_again(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    where = reverse("portal:paper", args=[case_id, draft_of(case_id).papers[0].requirement.code])
    citizen.client.cookies.clear()
    assert "login" in citizen.client.post(where, {"file": pdf()})["Location"]
    citizen.client.force_login(citizen.user)
    assert "Pilih sekali lagi" in citizen.client.get(where).content.decode()
    assert "Pilih sekali lagi" not in citizen.client.get(where).content.decode()


def test_typed_text_of_an_ended_session_lies_sealed(citizen: Citizen) -> None:
    case_id = citizen.begin("DUKCAPIL-AKTA-KAWIN")
    citizen.client.cookies.clear()
    citizen.client.post(reverse("portal:page", args=[case_id, 1]), {"q-nik_suami": "3510160505900007"})
    assert "3510160505900007" not in str(dict(citizen.client.session))


def test_stranger_logs_in_after_an_ended_session_and_sees_nothing_of_it(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    where = reverse("portal:page", args=[case_id, 1])
    citizen.client.cookies.clear()
    citizen.client.post(where, {"q-nomor_str": "RAHASIA"})
    citizen.client.force_login(Citizen().user)
    answer = citizen.client.get(where)
    assert answer.status_code == 404
    assert "RAHASIA" not in answer.content.decode()


def test_citizen_fills_while_the_service_is_retired_and_the_draft_is_kept(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    retire_service(PRACTICE)
    citizen.fill(case_id)
    assert draft_of(case_id).faults == {}
    for name in ("portal:tasks", "portal:check"):
        shown = citizen.get(name, case_id).content.decode()
        assert "Layanan ini tidak dibuka lagi" in shown
        assert "Kirim permohonan" not in shown


def test_citizen_opens_a_foreign_or_unknown_draft_and_gets_404(citizen: Citizen) -> None:
    theirs = Citizen().begin(PRACTICE)
    names = (("portal:tasks",), ("portal:page", 1), ("portal:check",), ("portal:case",), ("portal:answers",))
    for case_id in (theirs, new_id()):
        for name, *rest in names:
            assert citizen.get(str(name), case_id, *rest).status_code == 404
        assert citizen.post("portal:page", case_id, 1, **{"q-nomor_str": "X"}).status_code == 404
        assert citizen.post("portal:check", case_id, key=str(new_id())).status_code == 404
        assert citizen.post("portal:withdraw", case_id, key=str(new_id())).status_code == 404


def test_citizen_begins_twice_with_one_key_and_has_one_draft(citizen: Citizen) -> None:
    key = str(new_id())
    first, second = (citizen.post("portal:start", PRACTICE, key=key) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Case.objects.filter(applicant=citizen.person).count() == 1


def test_citizen_without_a_business_is_led_to_add_one(citizen: Citizen) -> None:
    code = "DPMPTSP-SERTSTANDAR"
    assert "Tambah badan usaha" in citizen.get("portal:start", code).content.decode()
    assert citizen.post("portal:start", code, key=str(new_id())).status_code == 422
    citizen.organisation()
    assert citizen.begin(code)


def test_citizen_finds_her_drafts_when_she_begins_again(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    assert reverse("portal:tasks", args=[case_id]) in citizen.get("portal:start", PRACTICE).content.decode()


def test_member_of_the_same_business_opens_its_draft(citizen: Citizen) -> None:
    body = citizen.organisation()
    case_id = citizen.begin("DPMPTSP-SERTSTANDAR")
    colleague = Citizen(body=body)
    add_member(organisation_id=body.pk, person_id=colleague.person.pk)
    assert colleague.get("portal:tasks", case_id).status_code == 200


def answered(case_id: UUID, citizen: Citizen) -> HttpResponse:
    """The check page after the engine itself took the case."""
    services.submit(case_id=case_id, by=Actor.of(citizen.user), key=new_id())
    return citizen.get("portal:check", case_id)


def test_citizen_returns_to_the_check_page_of_a_sent_application_and_is_led_to_it(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    citizen.fill(case_id)
    citizen.upload(case_id)
    assert answered(case_id, citizen)["Location"] == reverse("portal:case", args=[case_id])


def test_list_of_applications_asks_the_same_questions_for_one_and_for_twenty(
    citizen: Citizen, django_assert_max_num_queries: object
) -> None:
    """Session, user, person, memberships, unread messages; the cases with their services."""
    assert "Belum ada permohonan" in citizen.get("portal:cases").content.decode()
    actor = Actor.of(citizen.user)
    for _number in range(30):
        services.open_draft(by=actor, service_code=PRACTICE, applicant_id=citizen.person.pk)
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            answer = citizen.get("portal:cases")
    assert 'rel="next"' in answer.content.decode()
