"""The form made from a definition: each of the 203 renders and takes right answers (half of them in an ordinary run);
wrong ones lose nothing."""

from copy import deepcopy
from pathlib import Path
from uuid import UUID

import pytest
from django.urls import reverse

from mall.portal.form.pages import MOST, pages_of
from tests.answers import posted, valid_answers
from tests.factories import make_nik, make_user
from tests.long import partly
from tests.web.portal import Citizen, definition_of, draft_of, errors_in, pdf
from workflows.actors import Actor
from workflows.definition.queries import version_for_new_case
from workflows.definition.services import publish_version

pytestmark = pytest.mark.django_db
CODES = sorted(path.stem for path in Path("workflows/catalogue").glob("*.toml"))
PRACTICE = "DPMPTSP-SIP-DOKTER"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who applies."""
    return Citizen()


@pytest.mark.parametrize("code", partly(CODES))
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
        ({"day": "satu", "month": "1", "year": "2020"}, "Tulis tanggal dengan angka"),
        ({"day": "1", "month": "", "year": "2020"}, "isi bulan"),
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
    assert all(f'value="{text}"' in shown for text in typed.values() if text)
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
