"""Pages of requests for information: for anybody, for the PPID, for the head; and what the registers show of whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.ids import new_id
from agencies.models import User
from documents import sweeping
from mall.runtime.masking import masked
from mall.voice.information import keys, queries
from mall.voice.information.models import InformationRequest
from mall.voice.information.register import OBJECTIONS, REQUESTS
from mall.voice.information.services import handling, objecting
from tests import information
from tests.factories import make_nik, make_user
from tests.uploads import pdf
from tests.web.portal import Citizen, errors_in
from workflows.actors import Actor
from workflows.trail import relay
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
ASK = "information:ask"


def form(**said: Any) -> dict[str, Any]:
    """The form of a request, filled in."""
    known = {"key": str(new_id()), "identity": "person", "name": information.NAME, "contact": information.CONTACT}
    known["address"] = information.ADDRESS
    known |= {"nik": make_nik(), "wanted": information.WANTED, "purpose": "Penelitian", "receive": "electronic"}
    return known | said


def desk(role: str = "information") -> tuple[Client, Actor]:
    """Somebody of the mall at her browser."""
    user = make_user(roles=[(role, "DPMPTSP")])
    client = Client()
    client.force_login(user)
    return client, Actor.of(user)


def followed(request: InformationRequest) -> str:
    return reverse("information:follow", args=[keys.link_of(request.pk)])


def test_anybody_asks_without_an_account_and_gets_a_number_at_once(client: Client) -> None:
    answer = client.post(reverse(ASK), form())
    request = InformationRequest.objects.get()
    assert answer["Location"] == followed(request)
    page = client.get(answer["Location"]).content.decode()
    assert request.number in page
    assert information.WANTED in page
    assert information.NAME not in page, "whoever holds the link need not learn who asked"
    assert not [word for word in (request.nik, information.NAME) if word in answer["Location"]]


@pytest.mark.parametrize("field", ["name", "nik", "address", "contact", "wanted", "purpose", "receive", "identity"])
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(client: Client, field: str) -> None:
    answer = client.post(reverse(ASK), form(**{field: ""}, occupation="Zxtetap"))
    assert answer.status_code == 422
    assert errors_in(answer)
    assert "Zxtetap" in answer.content.decode()
    assert not InformationRequest.objects.exists()


def test_legal_body_gives_its_number_instead_of_a_nik(client: Client) -> None:
    assert client.post(reverse(ASK), form(identity="body", nik="")).status_code == 422
    client.post(reverse(ASK), form(identity="body", nik="", legal_no="AHU-1"))
    request = InformationRequest.objects.get()
    assert (request.legal_no, request.nik_index) == ("AHU-1", "")


def test_the_same_form_twice_is_one_request(client: Client) -> None:
    said = form()
    assert client.post(reverse(ASK), said)["Location"] == client.post(reverse(ASK), said)["Location"]
    assert InformationRequest.objects.count() == 1


def test_key_of_somebody_elses_request_opens_nothing(client: Client) -> None:
    said = form()
    first = client.post(reverse(ASK), said)
    answer = client.post(reverse(ASK), said | {"name": "Orang Lain"})
    assert answer.status_code == 422
    assert said["key"] not in answer.content.decode(), "sent again, it is a new request"
    assert first["Location"] not in answer.content.decode() + str(answer.headers)


@pytest.mark.usefixtures("still")
def test_too_many_requests_of_one_connection_are_refused_for_an_hour(client: Client) -> None:
    answers = [client.post(reverse(ASK), form()).status_code for _turn in range(11)]
    assert answers == [302] * 10 + [429]


def test_requester_with_an_account_gives_no_nik_and_finds_it_again() -> None:
    citizen = Citizen()
    page = citizen.get(ASK).content.decode()
    assert 'name="nik"' not in page
    said = form()
    del said["nik"]
    citizen.client.post(reverse(ASK), said)
    request = InformationRequest.objects.get()
    assert (request.person_id, request.nik) == (citizen.person.pk, "")
    mine = citizen.get("information:mine").content.decode()
    assert followed(request) in mine
    assert followed(request) not in Citizen().get("information:mine").content.decode()


def test_ppid_takes_extends_answers_with_a_file_and_the_requester_reads_it(client: Client) -> None:
    request = information.file()
    staff, _by = desk()
    assert request.number in staff.get(reverse("information:desk")).content.decode()
    staff.post(reverse("information:take", args=[request.pk]))
    staff.post(reverse("information:extend", args=[request.pk]), {"reason": "undecided"})
    again = staff.get(reverse("information:request", args=[request.pk])).content.decode()
    assert reverse("information:extend", args=[request.pk]) not in again, "once is all the law gives"
    address = reverse("information:answer", args=[request.pk])
    said = {"decision": "granted", "text": "Zxjawaban lengkap", "under_control": "yes", "documented": "yes"}
    wrong = staff.post(address, said | {"cost": "5.000"})
    assert wrong.status_code == 422
    assert "Zxjawaban lengkap" in wrong.content.decode()
    file = SimpleUploadedFile("data.pdf", pdf(), "application/pdf")
    assert staff.post(address, said | {"attached": file, "form_held": "soft"}).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.given_on) == ("granted", clock.today())
    page = client.get(reverse("information:letter", args=[keys.link_of(request.pk)])).content.decode()
    assert "Zxjawaban lengkap" in page
    kept = queries.files_of(request)[0]
    assert sweeping._named({kept.sha256}) == {kept.sha256}
    given = client.get(reverse("information:file", args=[keys.link_of(request.pk), kept.pk]))
    assert given.content.startswith(b"%PDF")
    assert given["Content-Disposition"].startswith("attachment")


def test_ppid_withholds_only_with_a_test_that_she_writes_down_first(client: Client) -> None:
    staff, by = desk()
    request = information.taken(by)
    address = reverse("information:answer", args=[request.pk])
    said = {"decision": "partial", "text": "Zxsebagian", "under_control": "yes", "documented": "yes"}
    assert "uji konsekuensi" in " ".join(errors_in(staff.post(address, said))).lower()
    until = clock.today() + timedelta(days=30)
    test = {"subject": "Zxkesehatan", "ground": "h", "law": "UU 27/2022", "if_opened": "a", "if_closed": "b"}
    test |= {"expires_on_day": str(until.day), "expires_on_month": str(until.month), "expires_on_year": str(until.year)}
    staff.post(reverse("information:exempt"), test)
    [standing] = queries.standing_tests("DPMPTSP", clock.today())
    staff.post(address, said | {"part_1": "Zxriwayat", "test_1": str(standing.pk)})
    request.refresh_from_db()
    assert request.state == "partial"
    page = client.get(reverse("information:letter", args=[keys.link_of(request.pk)])).content.decode()
    for word in ("Zxriwayat", "huruf h", standing.number):
        assert word in page
    register = client.get(reverse("information:exemptions")).content.decode()
    assert "Zxkesehatan" in register
    assert str(standing.decided_by) not in register


def test_requester_objects_the_head_answers_and_the_ppid_notes_the_dispute(client: Client) -> None:
    staff, by = desk()
    head, _head = desk("head")
    request = information.answered(by)
    link = keys.link_of(request.pk)
    client.post(reverse("information:object", args=[link]), {"reason": "d", "text": "Zxkurang"})
    objection = queries.by_link(link).objection
    assert objection.number in head.get(reverse("information:objections")).content.decode()
    address = reverse("information:judge", args=[objection.pk])
    assert "Zxkurang" in head.get(address).content.decode()
    assert head.post(address, {"verdict": "rejected", "text": " "}).status_code == 422
    assert head.post(address, {"verdict": "rejected", "text": "Zxtetap"}).status_code == 302
    page = client.get(followed(request)).content.decode()
    assert "Zxtetap" in page
    client.post(reverse("information:respond", args=[link]), {"text": "Zxtidak puas"})
    day = clock.today()
    on = {"on_day": str(day.day), "on_month": str(day.month), "on_year": str(day.year)}
    staff.post(reverse("information:dispute", args=[request.pk]), {"number": "009/KI", **on})
    assert "009/KI" in client.get(followed(request)).content.decode()


def test_requester_is_told_when_silence_opens_the_right_to_object(client: Client) -> None:
    request = information.file()
    address = reverse("information:object", args=[keys.link_of(request.pk)])
    assert address not in client.get(followed(request)).content.decode()
    assert client.post(address, {"reason": "c", "text": "Diam"}).status_code == 409
    assert request.due_at
    with clock.pretend(request.due_at + timedelta(minutes=1)):
        assert address in client.get(followed(request)).content.decode()
        assert client.post(address, {"reason": "c", "text": "Diam"}).status_code == 302


def test_registers_have_the_fields_of_the_regulation() -> None:
    told = ["nomor", "tanggal", "nama", "alamat", "kontak", "pekerjaan", "informasi", "tujuan", "dikuasai"]
    told += ["didokumentasikan", "bentuk", "jenis", "keputusan", "alasan", "pemberitahuan", "pemberian", "biaya"]
    assert [one.code for one in REQUESTS] == told
    eleven = ["nomor", "tanggal", "nama", "alamat", "kontak", "pekerjaan", "permintaan", "informasi", "alasan"]
    assert [one.code for one in OBJECTIONS] == [*eleven, "keputusan", "tanggapan"]
    for fields in (REQUESTS, OBJECTIONS):
        closed = {one.code for one in fields if one.shown is None}
        assert closed >= {"nama", "alamat", "kontak", "pekerjaan"}


def test_public_registers_show_no_person_and_only_released_words(client: Client) -> None:
    staff, by = desk()
    _head, head = desk("head")
    request = information.answered(by, "refused")
    objection = information.objected(request)
    objecting.answer_objection(objection_id=objection.pk, by=head, verdict="upheld", text="Zxputusan")
    objecting.respond(request_id=request.pk, text="Zxtanggapan")
    addresses = [reverse(f"information:{name}") for name in ("register", "objection_register", "classes", "exemptions")]
    secret = (*information.PERSONAL, str(request.nik), information.WANTED, "Zxtujuan", "Zxkeberatan", "Zxputusan")
    before = [client.get(address).content.decode() for address in addresses]
    assert [word for page in before for word in (*secret, "Zxtanggapan", "Zxringkas") if word in page] == []
    assert request.number in before[0]
    assert objection.number in before[1]
    handling.release_summary(request_id=request.pk, by=by, summary="Zxringkas: daftar loket")
    after = [client.get(address).content.decode() for address in addresses[:2]]
    assert all("Zxringkas" in page for page in after)
    own = staff.get(reverse("information:own_register")).content.decode()
    assert [word for word in (*information.PERSONAL, "Zxtujuan", "Zxputusan", "Zxtanggapan") if word not in own] == []


@pytest.mark.parametrize("kind", ["permintaan", "keberatan"])
def test_ppid_takes_a_register_home_and_no_cell_is_a_formula(kind: str) -> None:
    staff, by = desk()
    request = information.answered(by, name="=HYPERLINK(1)", occupation="@SUM(A1)", wanted="-1+1")
    information.objected(request)
    text = staff.get(reverse("information:register_csv", args=[kind])).content.decode()
    assert "'=HYPERLINK(1)" in text
    assert "'@SUM(A1)" in text
    assert ",=" not in text
    sheet = staff.get(reverse("information:register_xlsx", args=[kind]))
    assert sheet.content.startswith(b"PK")
    assert information.NAME not in str(sheet.headers)
    events = Event.objects.filter(kind="information.exported")
    assert [event.data for event in events] == [{"register": kind, "lines": 1}] * 2


def test_lists_stay_at_their_queries(django_assert_num_queries: Any) -> None:
    by = information.ppid()
    for _turn in range(3):
        information.answered(by, "partial")
    with django_assert_num_queries(2):
        queries.register()
    with django_assert_num_queries(1):
        queries.exemption_register()


def test_secret_link_does_not_stand_in_the_log() -> None:
    link = keys.link_of(information.file().pk)
    assert link not in masked(f"GET /permintaan-informasi/l/{link}/jawaban/")


def test_requester_ppid_and_head_are_told_by_mail_with_nothing_of_what_was_asked(mailoutbox: list[Any]) -> None:
    by, head = information.ppid(), information.head()
    request = information.taken(by)
    handling.answer(request_id=request.pk, by=by, told=information.reply())
    objection = information.objected(request)
    relay.drain("default")
    told = {(one.to[0], one.body.splitlines()[0]) for one in mailoutbox}
    emails = {actor: User.objects.get(pk=actor.user_id).email for actor in (by, head)}
    assert (emails[by], f"Permintaan {request.number} menunggu jawaban PPID.") in told
    assert (emails[head], f"Keberatan {objection.number} menunggu tanggapan Anda.") in told
    hers = [one for one in mailoutbox if one.to == [information.CONTACT]]
    assert len(hers) == 3
    assert all(keys.link_of(request.pk) in one.body for one in hers)
    text = " ".join(one.subject + one.body for one in mailoutbox)
    assert [word for word in (information.NAME, information.WANTED, "Zxjawaban", "Zxkeberatan") if word in text] == []


def test_requester_without_an_address_is_sent_nothing(mailoutbox: list[Any]) -> None:
    information.file(contact="0812 3456 7890")
    relay.drain("default")
    assert mailoutbox == []
