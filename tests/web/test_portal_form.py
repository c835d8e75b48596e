"""The form made from a definition: every one of the 203 renders and takes right answers; wrong ones lose nothing."""

from copy import deepcopy
from pathlib import Path
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse

from agencies.ids import new_id
from mall.portal.form.draft import Draft
from mall.portal.form.pages import MOST, pages_of
from tests.answers import posted, valid_answers
from tests.factories import make_nik, make_user
from tests.web.portal import Citizen, definition_of, errors_in, pdf
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.definition.queries import version_for_new_case
from workflows.definition.services import publish_version, retire_service

pytestmark = pytest.mark.django_db
CODES = sorted(path.stem for path in Path("workflows/catalogue").glob("*.toml"))
PRACTICE = "DPMPTSP-SIP-DOKTER"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who applies."""
    return Citizen()


def draft_of(case_id: UUID) -> Draft:
    """The draft as it stands in the database."""
    return Draft(Case.objects.select_related("service_version", "service").get(pk=case_id))


@pytest.mark.parametrize("code", CODES)
def test_citizen_fills_the_whole_form_of_every_service(citizen: Citizen, code: str) -> None:
    case_id = citizen.begin(code)
    answers = citizen.fill(case_id)
    draft = draft_of(case_id)
    assert draft.faults == {}
    for page, fields in draft.pages:
        shown = citizen.get("portal:page", case_id, page.number)
        assert shown.status_code == 200
        assert all(f'name="q-{field.name}' in shown.content.decode() for field in fields)
    asked = {field.name for _page, fields in draft.pages for field in fields}
    assert asked
    assert asked == draft.answers.keys() & set(answers)
    shown = citizen.get("portal:check", case_id)
    assert [hole.url for hole in shown.context["holes"] if "/isi/" in hole.url] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", CODES)
def test_pages_are_short_and_ask_no_question_beside_its_condition(code: str) -> None:
    pages = pages_of(version_for_new_case(code).definition)
    for page in pages:
        names = {field.name for field in page.fields}
        assert 1 <= len(page.fields) <= MOST
        assert not any(field.when and field.when.names & names for field in page.fields)


def test_citizen_is_asked_a_conditional_question_only_when_it_applies(citizen: Citizen) -> None:
    case_id = citizen.begin("DUKCAPIL-KTP-GANTI")
    definition = definition_of(case_id)
    for reason, asked in (("hilang", True), ("rusak", False)):
        fill = posted(
            definition,
            valid_answers(definition) | {"alasan": reason},
            {f.name for f in definition.fields if not f.when},
        )
        for page, _fields in draft_of(case_id).pages:
            citizen.post("portal:page", case_id, page.number, **fill)
        names = {field.name for _page, fields in draft_of(case_id).pages for field in fields}
        assert ("nomor_surat_kehilangan" in names) is asked


def test_citizen_posts_a_hidden_answer_and_it_is_dropped(citizen: Citizen) -> None:
    case_id = citizen.begin("DUKCAPIL-KTP-GANTI")
    definition = definition_of(case_id)
    answers = valid_answers(definition) | {"alasan": "rusak"}
    for page, _fields in draft_of(case_id).pages:
        citizen.post("portal:page", case_id, page.number, **posted(definition, answers))
    assert "nomor_surat_kehilangan" not in draft_of(case_id).answers


def test_citizen_leaves_questions_open_and_is_told_beside_each(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    answer = citizen.post("portal:page", case_id, 1)
    assert answer.status_code == 422
    assert any("Isi nomor STR" in sentence for sentence in errors_in(answer))


def test_citizen_saves_an_unfinished_page_and_goes_on_later(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    answer = citizen.post("portal:page", case_id, 1, later="1", **{"q-nomor_str": "STR-1"})
    assert answer["Location"] == reverse("portal:tasks", args=[case_id])
    assert draft_of(case_id).answers == {"nomor_str": "STR-1"}
    assert "Sedang diisi" in citizen.get("portal:tasks", case_id).content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "31", "month": "2", "year": "2020"}, "tidak ada di kalender"),
        ({"day": "1", "month": "1", "year": "2199"}, "belum tiba"),
        ({"day": "satu", "month": "1", "year": "2020"}, "Isi dengan tanggal"),
    ],
)
def test_citizen_types_an_impossible_date_and_keeps_everything_typed(
    citizen: Citizen, typed: dict[str, str], sentence: str
) -> None:
    case_id = citizen.begin(PRACTICE)
    boxes = {f"q-tanggal_terbit_str_{part}": text for part, text in typed.items()}
    answer = citizen.post("portal:page", case_id, 1, **{"q-nomor_str": "STR-7", **boxes})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert any(sentence in one for one in errors_in(answer))
    assert 'value="STR-7"' in shown
    assert all(f'value="{text}"' in shown for text in typed.values())
    assert draft_of(case_id).answers.get("nomor_str") == "STR-7"


@pytest.mark.parametrize(
    ("nik", "sentence"),
    [
        ("3510", "16 angka"),
        ("3510163205900001", "tidak mungkin"),
        ("3510163002900001", "tidak ada di kalender"),
        ("3510160505900000", "0000"),
    ],
)
def test_citizen_types_a_wrong_nik_in_a_form_and_is_told_why(citizen: Citizen, nik: str, sentence: str) -> None:
    case_id = citizen.begin("DUKCAPIL-AKTA-KAWIN")
    answer = citizen.post("portal:page", case_id, 1, **{"q-nik_suami": nik, "q-nik_istri": make_nik()})
    assert answer.status_code == 422
    assert any(sentence in one for one in errors_in(answer))
    assert nik in answer.content.decode()


def test_citizen_changes_an_answer_from_the_check_page_and_comes_back(citizen: Citizen) -> None:
    case_id = citizen.begin(PRACTICE)
    answers = citizen.fill(case_id)
    definition = definition_of(case_id)
    changed = posted(definition, answers | {"nomor_str": "STR-BARU"})
    answer = citizen.post("portal:page", case_id, 1, **changed, **{"from": "check"})
    assert answer["Location"] == reverse("portal:check", args=[case_id])
    assert "STR-BARU" in citizen.get("portal:check", case_id).content.decode()


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
    first, second = citizen.begin(PRACTICE), citizen.begin(PRACTICE)
    code = next(p.requirement.code for p in draft_of(first).papers if p.requirement.reusable)
    citizen.post("portal:paper", first, code, file=pdf())
    file = draft_of(first).paper(code).file
    assert file is not None
    assert str(file.pk) in citizen.get("portal:paper", second, code).content.decode()
    citizen.post("portal:paper", second, code, kept=str(file.pk))
    assert draft_of(second).paper(code).file == file


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


def test_pages_of_a_form_ask_few_questions_of_the_database(
    citizen: Citizen, django_assert_max_num_queries: object
) -> None:
    """Session, user, person with organisations, memberships, unread messages; the case; papers and their files."""
    case_id = citizen.begin(PRACTICE)
    citizen.fill(case_id)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        citizen.get("portal:page", case_id, 1)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        citizen.get("portal:tasks", case_id)


def test_member_of_the_same_business_opens_its_draft(citizen: Citizen) -> None:
    body = citizen.organisation()
    case_id = citizen.begin("DPMPTSP-SERTSTANDAR")
    colleague = Citizen(body=body)
    from agencies.services import add_member

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


EVERY_TYPE = [
    {"name": "uraian", "type": "longtext", "label": "Uraian", "max_length": 200},
    {"name": "anggota", "type": "integer", "label": "Jumlah anggota", "minimum": "1", "maximum": "20000"},
    {"name": "luas", "type": "decimal", "label": "Luas (m²)"},
    {"name": "modal", "type": "money", "label": "Modal (Rp)"},
    {"name": "mulai", "type": "date", "label": "Tanggal mulai", "minimum": "today"},
    {"name": "selesai", "type": "date", "label": "Tanggal selesai", "minimum": "mulai", "required": False},
    {"name": "tahun", "type": "year", "label": "Tahun berdiri", "maximum": "2026"},
    {"name": "cabang", "type": "boolean", "label": "Apakah punya cabang?"},
    {"name": "nama_cabang", "type": "text", "label": "Nama cabang", "when": "cabang"},
    {
        "name": "warna",
        "type": "choice",
        "label": "Warna",
        "options": [{"value": f"w{n}", "label": f"W {n}"} for n in range(9)],
    },
    {"name": "titik", "type": "geopoint", "label": "Titik lokasi"},
    {"name": "nik_saksi", "type": "nik", "label": "NIK saksi"},
    {"name": "telepon", "type": "phone", "label": "Telepon", "required": False},
    {"name": "kecamatan", "type": "kecamatan", "label": "Kecamatan"},
    {"name": "desa", "type": "village", "label": "Desa"},
    {"name": "denah", "type": "file", "label": "Denah"},
]


def test_citizen_fills_a_definition_that_nobody_has_seen_with_every_type_of_question(citizen: Citizen) -> None:
    body = deepcopy(version_for_new_case(PRACTICE).body)
    body["fields"] = [{"required": True} | field for field in EVERY_TYPE]
    for requirement in body["requirements"]:
        requirement.pop("when", None)
    publish_version(PRACTICE, body, by=Actor.of(make_user(roles=[("administrator", "DPMPTSP")])))
    case_id = citizen.begin(PRACTICE)
    definition = definition_of(case_id)
    answers = valid_answers(definition) | {"anggota": "1.200", "luas": "1.234,5", "modal": "Rp 25.000.000"}
    for page in pages_of(definition):
        files = {"q-denah": pdf()} if any(field.name == "denah" for field in page.fields) else {}
        names = {field.name for field in page.fields}
        answer = citizen.post("portal:page", case_id, page.number, **posted(definition, answers, names), **files)
        assert answer.status_code == 302, errors_in(answer)
    draft = draft_of(case_id)
    assert draft.faults == {}
    assert (draft.answers["anggota"], draft.answers["luas"], draft.answers["modal"]) == (1200, "1234.5", 25_000_000)
    assert UUID(str(draft.answers["denah"]))
    for page in pages_of(definition):
        names = {field.name for field in page.fields}
        again = citizen.post("portal:page", case_id, page.number, **posted(definition, answers, names))
        assert again.status_code == 302, errors_in(again)
    assert draft_of(case_id).answers["denah"] == draft.answers["denah"]
    text = citizen.get("portal:check", case_id).content.decode()
    assert "Rp\u00a025.000.000" in text
    assert answers["nik_saksi"] not in text
