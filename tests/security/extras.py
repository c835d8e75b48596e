"""Things of the world that are no cases: outages, differences, reports, letters."""

from datetime import date
from uuid import UUID

from agencies import clock
from agencies.ids import new_id
from mall.counter.tickets import services as tickets
from mall.voice.complaints import keys as complaint_keys
from mall.voice.levies import keys
from mall.voice.levies.services import handling
from notifications.models import CallTask, Message
from notifications.services import open_call, tell_staff
from tests import complaints, levies, signals
from tests.factories import make_user
from tests.security.things import Thing, World
from workflows.actors import Actor
from workflows.charges.bank.models import Difference
from workflows.clock.services import enter_outage
from workflows.trail.models import Event


def outage(world: World) -> Thing:
    """A national system that no case here depends on does not work."""
    by = world.people.actor("administrator@mall")
    row = enter_outage(by=by, system="OSS", title="OSS terganggu", begins_at=clock.now())
    return Thing({"outage_id": row.pk})


def difference(world: World, state: str) -> Thing:
    """A payment that only the bank knows; explained by the administrator of the mall, or by nobody yet."""
    owner = world.people["administrator@mall"].user
    assert owner
    one = Difference.objects.create(
        day=date(2026, 1, 5),
        kind="bank_only",
        reference=f"UJI-{state}",
        bank_amount=1000,
        owner=owner,
        found_at=clock.now(),
    )
    if state == "explained":
        one.explain()
        one.explanation = "Uji"
        one.save()
    return Thing({"difference_id": one.pk})


def memo(world: World, thing: Thing) -> Thing:
    """What the head of the mall was told of a case."""
    head = world.people["mallhead"].user
    event = Event.objects.filter(subject_id=thing.case_id).order_by("seq").first()
    assert head
    assert event
    [told] = tell_staff(case=thing.case, event=event, readers=[(head, "staff/deemed_granted")], outbox_id=new_id())
    return Thing({"message_id": told.pk}, (str(thing.case.reference),), thing.case_id)


def reports(world: World) -> None:
    """Reports about the agency that is asked first: new, taken, and one that the inspector has a tie to."""
    inspector = world.people.actor("inspector")
    proof = levies.evidence()
    found = {name: levies.file(files=[proof]) for name in ("levy", "levy_taken", "levy_tied")}
    handling.take(report_id=found["levy_taken"].pk, by=inspector)
    handling.step_aside(report_id=found["levy_tied"].pk, by=inspector)
    for name, report in found.items():
        ids = {"report_id": report.pk, "link": keys.link_of(report.pk), "word": keys.word_of(report.pk)}
        file = report.evidence.get().file_id
        world.things[name] = Thing(ids | {"code": report.code, "file_id": file}, (levies.ASKED, report.code))


def signs(world: World) -> None:
    """A signal about the one who checks at the mall, and one about the inspector herself, each with a case."""
    case = world.things["issued"]
    for name, officer in (("signal", "verifier@mall"), ("signal_tied", "inspector")):
        user = world.people[officer].user
        assert user
        assert case.case_id
        found = signals.one(user, case.case_id)
        world.things[name] = Thing({"signal_id": found.pk, "case_id": case.case_id}, ("12 dari 40",), case.case_id)


def heard(world: World) -> None:
    """Complaints about the agency that is asked first, as far as each has come, and one about the mall."""
    centre, field = world.people.actor("listener"), world.people.actor("fieldlistener")
    proof = [levies.evidence()]
    names = ("complaint", "complaint_sent", "complaint_followed", "complaint_answered", "complaint_twice")
    found = {name: complaints.file(files=proof) for name in names}
    for name in names[1:]:
        complaints.forwarded(found[name], centre)
    complaints.followed(found["complaint_followed"], field)
    complaints.answered(found["complaint_answered"], field)
    complaints.twice_answered(found["complaint_twice"], field)
    found["complaint_mall"] = complaints.file(agency="DPMPTSP")
    for name, one in found.items():
        ids = {"complaint_id": one.pk, "link": one.link, "word": complaint_keys.word_of(one.pk), "code": one.code}
        file = one.evidence.values_list("file_id", flat=True).first()
        world.things[name] = Thing(ids | {"file_id": file}, (complaints.SAID, one.code))


def lined_up(world: World) -> None:
    """One who waits, one who is called and one who is served at the mall; one who waits at the agency asked first."""
    for name, agency in (
        ("ticket_serving", "DPMPTSP"),
        ("ticket_called", "DPMPTSP"),
        ("ticket", "DPMPTSP"),
        ("ticket_field", "DPUCKPP"),
    ):
        by = Actor.of(make_user(roles=[("clerk", agency)]))
        one = tickets.issue(site="MPP", agency=agency, by=by)
        if name in ("ticket_serving", "ticket_called"):
            tickets.call(ticket_id=one.pk, by=by)
        if name == "ticket_serving":
            tickets.begin(ticket_id=one.pk, by=by)
        world.things[name] = Thing({"ticket_id": one.pk, "line_id": one.line_id})


def call(case_id: UUID | None, told: tuple[str, ...]) -> Thing:
    """Somebody must be told by telephone."""
    task = open_call(Message.objects.get(case_id=case_id), CallTask.Why.GAVE_UP)
    return Thing({"task_id": task.pk}, told, case_id)
