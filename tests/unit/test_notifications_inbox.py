"""Who reads which messages, and how the counter makes its calls."""

from typing import Any

import pytest

from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.ids import new_id
from notifications import queries, services
from notifications.models import CallTask, Delivery
from tests.engine import INTAKE, TestCast
from tests.factories import make_person, make_user
from tests.messages import counter_script, play, script_of, tell
from workflows import looks
from workflows.actors import Actor
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return play(script_of(make_person(user=make_user())), *INTAKE)


@pytest.fixture
def owner(case: Case) -> Actor:
    assert case.applicant.user
    return Actor.of(case.applicant.user)


def test_person_reads_her_own_inbox_newest_first_page_by_page(case: Case, owner: Actor) -> None:
    made = [tell(case) for _more in range(4)]
    first = queries.inbox(owner.person_id, limit=3)
    second = queries.inbox(owner.person_id, first.next, limit=3)
    seen = [message.pk for message in (*first.items, *second.items)]
    assert len(first.items) == 3
    assert seen[:4] == [message.pk for message in reversed(made)]
    assert len(set(seen)) == 5
    assert second.next == ""


def test_other_person_sees_nothing_of_it(case: Case) -> None:
    other = make_person(user=make_user())
    assert other.user
    by, message = Actor.of(other.user), tell(case)
    assert queries.inbox(other.pk).items == []
    assert queries.inbox(None).items == []
    with pytest.raises(Missing):
        queries.own_message(by, message.pk)
    with pytest.raises(Missing):
        services.mark_read(message_id=message.pk, by=by)
    with pytest.raises(Missing):
        services.mark_read(message_id=message.pk, by=TestCast().player("clerk", "DPMPTSP"))


def test_person_opens_a_message_and_it_is_read_once(case: Case, owner: Actor) -> None:
    message = queries.inbox(owner.person_id).items[0]
    assert queries.unread_count(owner.person_id) == 1
    first = services.mark_read(message_id=message.pk, by=owner).read_at
    assert services.mark_read(message_id=message.pk, by=owner).read_at == first
    assert queries.unread_count(owner.person_id) == 0
    assert queries.own_message(owner, message.pk).read_at == first


def test_unread_count_stops_at_99(case: Case, owner: Actor) -> None:
    for _more in range(100):
        tell(case)
    assert queries.unread_count(owner.person_id) == 99


@pytest.mark.parametrize("rows", [1, 10])
def test_lists_need_one_query_however_long(rows: int, django_assert_num_queries: Any) -> None:
    """inbox: messages with their cases. call list: tasks with message, case and service."""
    script = counter_script()
    counted = play(script, *INTAKE)
    for _more in range(rows - 1):
        tell(counted)
        play(counter_script(), *INTAKE)
    with django_assert_num_queries(1):
        assert [m.case.reference for m in queries.inbox(counted.applicant_id, limit=50).items] == [
            counted.reference
        ] * rows
    with django_assert_num_queries(1):
        found = queries.call_list(script.who.actor, limit=50).items
        assert [task.message.case.service.pk for task in found] == [counted.service_id] * rows


def test_clerk_opens_a_call_and_the_person_can_see_that_she_looked() -> None:
    case = play(counter_script(make_person(phone="081234567891")), *INTAKE)
    clerk = TestCast().player("clerk", "DPMPTSP")
    [task] = queries.call_list(clerk).items
    assert looks.looks_at(case.applicant_id) == []
    opened = services.begin_call(task_id=task.pk, by=clerk)
    assert opened.person.phone.endswith("81234567891")
    [look] = looks.looks_at(case.applicant_id)
    assert (look.actor_id, look.data["purpose"]) == (clerk.user_id, "call")


def test_clerk_closes_a_call_and_the_older_ones_of_the_case_with_it() -> None:
    script = counter_script()
    case = play(script, *INTAKE)
    newer, newest = tell(case), tell(case)
    clerk = TestCast().player("clerk", "DPMPTSP")
    services.done_call(task_id=newer.call.pk, by=clerk, note=" Sudah diberi tahu. ")
    assert [task.message_id for task in queries.call_list(clerk).items] == [newest.pk]
    done = CallTask.objects.get(message=newer)
    assert (done.done_by_id, done.note) == (clerk.user_id, "Sudah diberi tahu.")
    assert set(
        Delivery.objects.filter(channel="call", state="sent").values_list("message__call__done_by", flat=True)
    ) == {clerk.user_id}
    with pytest.raises(Conflict):
        services.done_call(task_id=newer.call.pk, by=clerk, note="Lagi.")


def test_clerk_finds_one_call_a_case_the_newest() -> None:
    case = play(counter_script(), *INTAKE)
    newest, other = tell(case), play(counter_script(), *INTAKE)
    clerk = TestCast().player("clerk", "DPMPTSP")
    found = queries.call_list(clerk).items
    assert [task.message.case_id for task in found] == [case.pk, other.pk]
    assert found[0].message_id == newest.pk


def test_clerk_must_say_how_the_call_ended() -> None:
    case = play(counter_script(), *INTAKE)
    task = CallTask.objects.get(message__case=case)
    with pytest.raises(Invalid):
        services.done_call(task_id=task.pk, by=TestCast().player("clerk", "DPMPTSP"), note="  ")
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize("role", ["verifier", "approver", "officer", "manager", "administrator"])
def test_other_staff_have_no_call_list(role: str) -> None:
    case = play(counter_script(), *INTAKE)
    task, by = CallTask.objects.get(message__case=case), TestCast().player(role, "DPMPTSP")
    with pytest.raises(Refused):
        queries.call_list(by)
    with pytest.raises(Refused):
        services.begin_call(task_id=task.pk, by=by)
    with pytest.raises(Refused):
        services.done_call(task_id=task.pk, by=by, note="Sudah.")
    assert looks.looks_at(case.applicant_id) == []


def test_clerk_finds_no_task_that_is_not_there_or_about_herself() -> None:
    cast = TestCast()
    clerk_user = cast.user("clerk", "DPMPTSP")
    person = make_person()
    case = play(counter_script(person), *INTAKE)
    task = CallTask.objects.get(message__case=case)
    person.user = clerk_user
    person.save(update_fields=["user"])
    with pytest.raises(Missing):
        services.done_call(task_id=task.pk, by=Actor.of(clerk_user), note="Sudah.")
    with pytest.raises(Missing):
        services.begin_call(task_id=new_id(), by=Actor.of(clerk_user))
