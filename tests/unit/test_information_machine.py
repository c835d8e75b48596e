"""Every edge of a request for information and no other, and nothing withheld without a test."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.ids import new_id
from mall.voice.information import sweep
from mall.voice.information.exemptions import ExemptionTest, Withheld
from mall.voice.information.machine import InformationState as S
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import Told, file_request, handling, objecting
from tests import information
from tests.factories import make_person, make_signatory, make_user
from workflows.actors import Actor
from workflows.trail.chain import first_break
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
ANSWERS = (S.GRANTED, S.PARTIAL, S.REFUSED, S.NOT_HELD)
EDGES = (
    {(S.REGISTERED, S.IN_PROCESS), (S.IN_PROCESS, S.EXTENDED), (S.OBJECTION, S.OBJECTION_ANSWERED)}
    | {(S.OBJECTION_ANSWERED, S.DISPUTE), (S.OBJECTION, S.DISPUTE)}
    | set(product((S.IN_PROCESS, S.EXTENDED), ANSWERS))
    | {(one, S.OBJECTION) for one in (*ANSWERS, S.REGISTERED, S.IN_PROCESS, S.EXTENDED)}
    | {(one, S.WITHDRAWN) for one in (S.REGISTERED, S.IN_PROCESS, S.EXTENDED)}
)


def test_machine_has_these_edges_and_no_other() -> None:
    field = InformationRequest._meta.get_field("state")
    found = {(one.source, one.target) for one in field.get_all_transitions(InformationRequest)}  # type: ignore[union-attr]
    assert found == EDGES


def test_postgresql_knows_the_same_edges() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger "
            "WHERE tgrelid = 'voice_informationrequest'::regclass AND tgname LIKE '%%information_state_edges%%'"
        )
        text = cursor.fetchone()[0]
    listed = text[text.index("'{") + 2 : text.index("}'")].split(",")
    assert set(listed) == {f"{one}:{other}" for one, other in EDGES}


@pytest.mark.parametrize("decision", ANSWERS)
@pytest.mark.parametrize("extended", [False, True])
def test_ppid_answers_and_nothing_but_an_objection_follows(decision: str, extended: bool) -> None:
    by = information.ppid()
    request = information.taken(by)
    if extended:
        handling.extend(request_id=request.pk, by=by, reason="not_documented")
    parts = [("Riwayat kesehatan", information.weighed(by).pk)] if decision in (S.PARTIAL, S.REFUSED) else []
    found = handling.answer(request_id=request.pk, by=by, told=information.reply(decision, withheld=parts))
    assert (found.state, found.decision) == (decision, decision)
    for again in (
        lambda: handling.take(request_id=request.pk, by=by),
        lambda: handling.extend(request_id=request.pk, by=by, reason="undecided"),
        lambda: handling.answer(request_id=request.pk, by=by, told=information.reply()),
        lambda: objecting.withdraw(request_id=request.pk),
        lambda: objecting.record_dispute(request_id=request.pk, by=by, number="1", on=clock.today()),
    ):
        with pytest.raises(Conflict):
            again()
    information.objected(found)
    events = list(Event.objects.filter(subject_kind="information", subject_id=request.pk).order_by("seq"))
    assert events[-2].kind == f"information.{decision}"
    assert first_break(events) is None


def test_requester_withdraws_what_is_not_answered() -> None:
    request = information.file()
    assert objecting.withdraw(request_id=request.pk).state == S.WITHDRAWN
    for move in (lambda: objecting.withdraw(request_id=request.pk), lambda: information.objected(request)):
        with pytest.raises(Conflict):
            move()


def test_head_answers_once_and_the_requester_responds_once() -> None:
    by, head = information.ppid(), information.head()
    request = information.answered(by)
    objection = information.objected(request)
    with pytest.raises(Conflict):
        objecting.respond(request_id=request.pk, text="Terlalu dini")
    objecting.answer_objection(objection_id=objection.pk, by=head, verdict="upheld", text="Beri salinannya.")
    with pytest.raises(Conflict):
        objecting.answer_objection(objection_id=objection.pk, by=head, verdict="rejected", text="Tidak.")
    objecting.respond(request_id=request.pk, text="Zxterima kasih")
    with pytest.raises(Conflict):
        objecting.respond(request_id=request.pk, text="Lagi")
    request.refresh_from_db()
    assert request.state == S.OBJECTION_ANSWERED


@pytest.mark.parametrize("decision", [S.PARTIAL, S.REFUSED])
def test_ppid_cannot_withhold_without_a_standing_test_of_her_agency(decision: str) -> None:
    by, other = information.ppid(), information.ppid("DINKES")
    request = information.taken(by)
    good, foreign = information.weighed(by), information.weighed(other, agency="DINKES")
    old = information.weighed(by, expires_on=clock.today())
    with clock.pretend(clock.now() + timedelta(days=2)):
        for parts in (
            [],
            [("Bagian", new_id())],
            [("Bagian", foreign.pk)],
            [("Bagian", old.pk)],
            [("", good.pk)],
            [("Bagian", good.pk), ("Bagian lain", old.pk)],
        ):
            said = information.reply(decision, withheld=parts)
            with pytest.raises(Invalid) as told:
                handling.answer(request_id=request.pk, by=by, told=said)
            assert list(told.value.fields) == ["withheld"]
        found = handling.answer(
            request_id=request.pk, by=by, told=information.reply(decision, withheld=[("Bagian", good.pk)])
        )
    assert found.state == decision
    event = Event.objects.get(subject_id=request.pk, kind=f"information.{decision}")
    assert event.data["withheld"] == [good.number]


@pytest.mark.parametrize("decision", [S.PARTIAL, S.REFUSED])
def test_postgresql_refuses_to_withhold_without_a_standing_test(decision: str) -> None:
    by = information.ppid()
    request = information.taken(by)
    request.decision, request.answer = decision, "Tidak."
    request.answered_at, request.answered_by_id = clock.now(), by.signing()
    (request.refuse if decision == S.REFUSED else request.grant_partly)()
    fields = ["state", "decision", "answer", "answered_at", "answered_by"]
    with pytest.raises(DatabaseError, match="consequence test"), transaction.atomic():
        request.save(update_fields=fields)
    old = information.weighed(by, expires_on=clock.today())
    later = clock.now() + timedelta(days=2)
    with pytest.raises(DatabaseError, match="expired"), transaction.atomic():
        Withheld.objects.create(request=request, part="Bagian", test=old, at=later)
    Withheld.objects.create(request=request, part="Bagian", test=old, at=clock.now())
    request.answered_at = later
    with pytest.raises(DatabaseError, match="consequence test"), transaction.atomic():
        request.save(update_fields=fields)


def test_nobody_changes_a_test_an_answer_or_what_was_told() -> None:
    by = information.ppid()
    request, test = information.answered(by, "partial"), ExemptionTest.objects.get()
    for statement, pk in (
        ("UPDATE voice_exemptiontest SET expires_on = expires_on + 1 WHERE id = %s", test.pk),
        ("DELETE FROM voice_exemptiontest WHERE id = %s", test.pk),
        ("UPDATE voice_withheld SET part = 'x' WHERE request_id = %s", request.pk),
        ("UPDATE voice_informationrequest SET wanted = 'x' WHERE id = %s", request.pk),
        ("UPDATE voice_informationrequest SET answer = 'x' WHERE id = %s", request.pk),
        ("DELETE FROM voice_informationrequest WHERE id = %s", request.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [pk])


def test_test_needs_law_consequence_interest_and_an_end() -> None:
    by = information.ppid()
    for missing in ("subject", "law", "if_opened", "if_closed", "ground"):
        with pytest.raises(Invalid) as told:
            information.weighed(by, **{missing: " "})
        assert list(told.value.fields) == [missing]
    with pytest.raises(Invalid):
        information.weighed(by, expires_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused):
        information.weighed(by, agency="DINKES")
    assert ExemptionTest.objects.count() == 0


def test_paper_may_cost_and_nothing_else_does() -> None:
    by = information.ppid()
    for receive in ("see", "electronic"):
        request = information.taken(by, receive=receive)
        with pytest.raises(Invalid) as told:
            handling.answer(request_id=request.pk, by=by, told=information.reply(cost=5000, payment="Bank"))
        assert list(told.value.fields) == ["cost"]
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE voice_informationrequest SET cost = 1 WHERE id = %s", [request.pk])
    paper = information.taken(by, receive="paper")
    found = handling.answer(request_id=paper.pk, by=by, told=information.reply(cost=5000, payment="Bank"))
    assert found.given_on is None
    assert handling.hand_over(request_id=paper.pk, by=by, on=clock.today()).given_on == clock.today()


def test_ppid_does_not_see_requests_of_other_agencies_or_her_own() -> None:
    user = make_user(roles=[("information", "DPMPTSP")])
    make_person(user=user)
    own, other = Actor.of(user), information.ppid("DINKES")
    hers, plain = information.file(by=own), information.file()
    for by, request in ((own, hers), (other, plain)):
        with pytest.raises(Missing):
            handling.take(request_id=request.pk, by=by)
    with pytest.raises(Refused):
        handling.take(request_id=plain.pk, by=information.head())
    with pytest.raises(Refused, match="Ambil"):
        handling.extend(request_id=plain.pk, by=own, reason="undecided")


def deputy(agency: str) -> None:
    user = make_user(roles=[("deputy", agency)])
    make_signatory(user, agency)


@pytest.mark.parametrize(
    ("fill", "post"),
    [
        (information.head, ("head", "DPMPTSP")),
        (lambda: deputy("DPMPTSP"), ("deputy", "DPMPTSP")),
        (lambda: make_user(roles=[("deputy", "DPMPTSP")]) and information.head("SETDA"), ("head", "SETDA")),
    ],
)
def test_objection_at_a_vacant_post_passes_upward(fill: Callable[[], object], post: tuple[str, str]) -> None:
    fill()
    objection = information.objected(information.answered(information.ppid()))
    assert (objection.post, objection.agency_id, objection.vacant_since) == (*post, None)


def test_objection_that_nobody_can_answer_is_noted_and_goes_to_whoever_comes() -> None:
    objection = information.objected(information.answered(information.ppid()))
    assert (objection.post, objection.agency_id) == ("head", "DPMPTSP")
    assert objection.vacant_since
    by = information.head()
    assert sweep.pass_on(objection.pk)
    assert not sweep.pass_on(objection.pk)
    objecting.answer_objection(objection_id=objection.pk, by=by, verdict="partly", text="Sebagian.")


def test_head_who_is_also_ppid_does_not_judge_her_own_answer() -> None:
    both = Actor.of(make_user(roles=[("head", "DPMPTSP"), ("information", "DPMPTSP")]))
    objection = information.objected(information.answered(both))
    with pytest.raises(Refused):
        objecting.answer_objection(objection_id=objection.pk, by=both, verdict="rejected", text="Tetap.")


def test_complaints_desk_files_a_request_for_somebody_without_a_nik() -> None:
    told = Told(name="Zxpelapor", contact="0812", wanted="Data", purpose="Tahu", source="complaint")
    key = new_id()
    first, second = (file_request(by=Actor.system("voice"), key=key, told=told, agency="DINKES") for _turn in range(2))
    assert (first.pk, first.agency_id, first.state) == (second.pk, "DINKES", S.REGISTERED)


def test_columns_of_persons_are_unreadable_in_a_dump() -> None:
    by = information.ppid()
    request = information.answered(by, nik="3510165005900007")
    information.objected(request)
    with connection.cursor() as cursor:
        text = ""
        for table in ("voice_informationrequest", "voice_informationobjection", "workflows_event"):
            cursor.execute(f"SELECT string_agg(t::text, E'\\n') FROM {table} t")  # noqa: S608 - a test's own
            text += cursor.fetchone()[0]
    spoken = (*information.PERSONAL, "3510165005900007", information.WANTED, "Zxtujuan", "Zxjawaban", "Zxkeberatan")
    assert [word for word in spoken if word in text] == []
    request.refresh_from_db()
    assert (request.name, request.nik) == (information.NAME, "3510165005900007")
