"""Nobody holds two duties on one case, whatever door she tries: page, API, command, task. Nothing changes."""

from collections.abc import Callable
from typing import Any

import pytest

from agencies.errors import Refused
from agencies.models import Role, StaffIdentity, User
from agencies.services import grant_membership
from mall.celery import app
from tests.api.calling import Caller
from tests.cases import MALL, browser, staff
from tests.engine import ADVISED, CHECKED, EngineScript, TestCast, person_of, played, script_for
from tests.factories import make_person, make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.decisions import Decision
from workflows.cases.models import Case, Duty
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SERVICE = "DPMPTSP-SIP-DOKTER"
WORDS = {"reason": "Lengkap dan sesuai.", "legal_basis": "UU 17/2023", "remedy": "Keberatan 21 hari kerja."}


def facts(script: EngineScript) -> tuple[Any, ...]:
    """All that a second duty would change."""
    case = Case.objects.filter(pk=script.case_id).values("state", "revision", "chain_hash", "due_at").get()
    duties = sorted(Duty.objects.filter(case_id=script.case_id).values_list("user", "duty"))
    answers = list(Recommendation.objects.filter(case_id=script.case_id).values_list("state", "verdict", "officer"))
    events = Event.objects.filter(subject_kind="case", subject_id=script.case_id).count()
    return case, duties, answers, Decision.objects.filter(case_id=script.case_id).count(), events


def verified(stage: tuple[str, ...]) -> tuple[EngineScript, User]:
    """A case at that stage, and who checked its papers: she holds every other role as well."""
    cast = TestCast()
    script = played(SERVICE, *stage, cast=cast)
    checker = cast.user(Role.VERIFIER, MALL)
    for role, agency in ((Role.APPROVER, MALL), (Role.OFFICER, "DINKES"), (Role.CLERK, MALL)):
        grant_membership(checker, role, agency)
    return script, checker


def second_account(user: User) -> User:
    """Another log-in of the same human, known to be hers, with every role."""
    behind, administrator = make_person(), make_user()
    roles = [(Role.APPROVER, MALL), (Role.OFFICER, "DINKES")]
    other = make_user(roles=[(str(role), agency) for role, agency in roles])
    for account in (user, other):
        StaffIdentity.objects.create(user=account, person=behind, recorded_by=administrator)
    return other


def page(script: EngineScript, user: User, do: str) -> int:
    """Through the desk."""
    revision = str(script.case().revision)
    tab = browser(user)
    if do == "recommend":
        advice = Recommendation.objects.get(case_id=script.case_id)
        said = {**WORDS, "verdict": "favourable"}
        return int(tab.post(f"/meja/rekomendasi/{advice.pk}/", said).status_code)
    path = {"approve": "setujui", "refuse": "tolak"}[do]
    return int(
        tab.post(
            f"/meja/permohonan/{script.case_id}/{path}/",
            {**WORDS, "cites": ["_answers"], "revision": revision, "do": "send"},
        ).status_code
    )


def api(script: EngineScript, user: User, do: str) -> int:
    """Through the API."""
    said: dict[str, Any] = {"reason": WORDS["reason"], "legal_basis": WORDS["legal_basis"]}
    if do == "recommend":
        advice = Recommendation.objects.get(case_id=script.case_id)
        said |= {"name": "give_recommendation", "recommendation": str(advice.pk), "verdict": "favourable"}
    else:
        said |= {"name": do} | ({"remedy": WORDS["remedy"]} if do == "refuse" else {})
    caller = Caller(user)
    tag = caller.get(f"/cases/{script.case_id}/transitions").headers.get("ETag", "*")
    return int(caller.post(f"/cases/{script.case_id}/transitions", said, If_Match=tag).status_code)


DOORS: dict[str, Callable[[EngineScript, User, str], int]] = {"page": page, "api": api}
STAGES = {"recommend": CHECKED, "approve": ADVISED, "refuse": ADVISED}


@pytest.mark.parametrize("other", [False, True], ids=["same-account", "second-account"])
@pytest.mark.parametrize("do", STAGES)
@pytest.mark.parametrize("door", DOORS)
def test_m21_second_duty_is_refused_and_nothing_changes(door: str, do: str, other: bool) -> None:
    script, checker = verified(STAGES[do])
    who = second_account(checker) if other else checker
    before = facts(script)
    assert DOORS[door](script, who, do) in (403, 409)
    assert facts(script) == before


class OneHuman(TestCast):
    """A cast in which one account plays everybody but the applicant, as a command could try."""

    __test__ = False

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """Always the same account, given whatever role is wanted."""
        user = self.user("everything", MALL) if ("everything", MALL, 1) in self.users else make_user()
        self.users["everything", MALL, 1] = user
        grant_membership(user, role, agency)
        return Actor.of(user)


def test_command_that_walks_a_case_with_one_human_is_stopped_at_her_second_duty() -> None:
    script = script_for(SERVICE, OneHuman())
    with pytest.raises(Refused, match="tugas lain"):
        script.whole()
    assert script.steps[-1] == "recommend"
    assert set(Duty.objects.filter(case_id=script.case_id).values_list("duty", flat=True)) == {"verifier"}


def test_tasks_take_no_duty_and_decide_nothing() -> None:
    script, _checker = verified(ADVISED)
    before = facts(script)
    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        if not name.startswith("celery.") and name != "trail.drain":
            task.apply()
    assert facts(script) == before


def test_part_of_the_mall_itself_can_hold_no_duty() -> None:
    script, _checker = verified(ADVISED)
    machine, before = Actor.system("sweeper"), facts(script)
    with pytest.raises(Refused):
        services.approve(case_id=script.case_id, by=machine, reason="Lengkap")
    with pytest.raises(Refused):
        services.refuse(case_id=script.case_id, by=machine, **WORDS)
    assert facts(script) == before


def test_m04_mall_approver_is_refused_where_the_agency_decides_and_the_agency_decides() -> None:
    cast = TestCast()
    script = played("DUKCAPIL-AKTA-LAHIR", *ADVISED, cast=cast)
    before = facts(script)
    assert api(script, staff("approver", MALL), "approve") in (403, 404)
    assert page(script, staff("approver", MALL), "approve") in (403, 404)
    assert facts(script) == before
    assert api(script, staff("approver", "DUKCAPIL"), "approve") == 200


@pytest.mark.parametrize("door", DOORS)
def test_m21_applicant_who_is_the_officer_is_refused(door: str) -> None:
    script, _checker = verified(ADVISED)
    officer = make_user(roles=[("approver", MALL)])
    StaffIdentity.objects.create(user=officer, person=person_of(script.who.actor), recorded_by=make_user())
    before = facts(script)
    assert DOORS[door](script, officer, "approve") == 403
    assert facts(script) == before
