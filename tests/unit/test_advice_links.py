"""One-time links of agencies without a computer (issue 3, Recommendations): what they open, and what they do not."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Agency, Membership, Role
from tests import advice
from tests.engine import EngineScript, fresh
from tests.linked import AGENCY, SAID, another, answer, asked, officer, request_of, sender, sent
from workflows.cases import services
from workflows.cases.links import DEAD, LIVES, AdviceLink, token_of
from workflows.cases.models import Duty
from workflows.cases.recommending import Answer
from workflows.duties.lines import Assignment, Overtaking
from workflows.duties.order import Jump, OutOfTurn
from workflows.duties.services import declare_relation
from workflows.invariants.check import offenders
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def last(script: EngineScript, kind: str) -> Event:
    found = Event.objects.filter(subject_id=script.case_id, kind=kind).order_by("-seq").first()
    assert found
    return found


def test_officer_answers_by_link_and_the_case_goes_on_in_her_name() -> None:
    script = asked()
    link = sent(script)
    own = answer(link)
    assert (own.state, own.verdict, own.officer_id) == ("given", "favourable", officer(script).pk)
    assert fresh(script.case_id).state == "awaiting_decision"
    assert Duty.objects.get(case_id=script.case_id, user=officer(script)).duty == "recommender"
    link.refresh_from_db()
    assert link.used_at == own.given_at
    assert list(offenders()) == []


def test_event_of_the_answer_says_by_which_link_it_came_and_who_sent_it() -> None:
    script = asked()
    link = sent(script)
    answer(link)
    event = last(script, "recommendation.given")
    assert event.actor_id == officer(script).pk
    assert event.data["by_link"] == str(link.pk)
    assert event.data["sent_by"] == str(sender(script).user_id)


def test_table_and_events_hold_no_token() -> None:
    script = asked()
    link = sent(script)
    services.print_link(link_id=link.pk, by=sender(script))
    answer(link)
    token = token_of(link.pk)
    kept = [str(vars(one)) for one in (*AdviceLink.objects.all(), *Event.objects.filter(subject_id=script.case_id))]
    assert kept
    assert not [one for one in kept if token in one]


@pytest.mark.parametrize("forged", ["", "x", "A" * 43, "A" * 42, "A" * 44, "tidak ada", "é" * 43])
def test_forged_token_opens_nothing(forged: str) -> None:
    sent(asked())
    with pytest.raises(Missing):
        services.answer_by_link(token=forged, said=SAID)


def test_digest_of_a_stolen_table_is_no_token() -> None:
    link = sent(asked())
    for stolen in (link.digest, link.digest[:43], str(link.pk)):
        with pytest.raises(Missing):
            services.answer_by_link(token=stolen, said=SAID)


def test_second_answer_by_the_same_link_is_refused() -> None:
    link = sent(asked())
    answer(link)
    with pytest.raises(Conflict, match="sudah dipakai"):
        answer(link, Answer("unfavourable", "Tidak jadi.", "UU 22/2009"))
    link.recommendation.refresh_from_db()
    assert link.recommendation.verdict == "favourable"


@pytest.mark.parametrize(("before", "opens"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_link_opens_until_its_last_second_and_not_at_its_end(before: timedelta, opens: bool) -> None:
    script = asked(service={"term": {"working_days": 90, "deemed": "none"}})
    link = sent(script)
    assert link.expires_at == link.created_at + LIVES
    with clock.pretend(link.expires_at - before):
        if opens:
            assert answer(link).state == "given"
        else:
            with pytest.raises(Conflict, match="sudah lewat"):
                answer(link)


def test_revoked_link_opens_nothing_and_the_case_returns_to_the_line() -> None:
    script = asked()
    link = sent(script)
    assert Assignment.objects.filter(case_id=script.case_id, user=officer(script)).exists()
    services.revoke_link(link_id=link.pk, by=sender(script))
    assert not Assignment.objects.filter(case_id=script.case_id, line="advising").exists()
    with pytest.raises(Conflict, match="dicabut"):
        answer(link)
    with pytest.raises(Conflict, match="dicabut"):
        services.revoke_link(link_id=link.pk, by=sender(script))


def test_new_link_revokes_the_old_one() -> None:
    script = asked()
    old = sent(script)
    new = sent(script, to=officer(script, 3))
    with pytest.raises(Conflict, match="diganti"):
        answer(old)
    assert answer(new).officer_id == officer(script, 3).pk
    assert last(script, "recommendation.link_revoked").data["link"] == str(old.pk)


def test_second_live_link_is_refused_by_the_database() -> None:
    script = asked()
    link = sent(script)
    made = AdviceLink.made(
        link.recommendation, to=link.to_id, by=link.created_by_id, way="mail", at=clock.now() + timedelta(hours=1)
    )
    with pytest.raises(IntegrityError, match="advice_link_one_live"), transaction.atomic():
        made.save()


def test_link_of_one_case_answers_no_other() -> None:
    script = asked()
    other = another(script)
    answer(sent(script))
    assert request_of(other).state == "asked"
    assert fresh(other.case_id).state == "awaiting_recommendations"


def test_answer_at_the_desk_closes_the_link() -> None:
    script = asked()
    link = sent(script)
    advice.give(script, AGENCY)
    with pytest.raises(Conflict, match="tidak lagi menunggu"):
        answer(link)


def test_link_of_an_answer_that_was_recalled_stays_dead() -> None:
    script = asked()
    first = sent(script)
    answer(first)
    services.recall_recommendation(
        recommendation_id=request_of(script).pk, by=script.cast.player(Role.OFFICER, AGENCY, 3), reason="Keliru"
    )
    with pytest.raises(Conflict, match="sudah dipakai"):
        answer(first)
    assert answer(sent(script)).round == 2
    assert list(offenders()) == []


def test_unused_link_of_an_earlier_round_is_dead() -> None:
    script = asked()
    link = sent(script)
    advice.give(script, AGENCY)
    services.recall_recommendation(
        recommendation_id=request_of(script).pk, by=advice.officer(script, AGENCY), reason="Keliru"
    )
    with pytest.raises(Conflict, match=str(DEAD["closed"])[:30]):
        answer(link)


def test_withdrawn_case_closes_the_link() -> None:
    script = asked()
    link = sent(script)
    services.withdraw(case_id=script.case_id, by=script.who.actor)
    with pytest.raises(Conflict, match="tidak lagi menunggu"):
        answer(link)


def test_officer_who_left_the_agency_cannot_answer() -> None:
    script = asked()
    link = sent(script)
    Membership.objects.filter(user=officer(script)).update(active=False)
    with pytest.raises(Refused):
        answer(link)
    link.refresh_from_db()
    assert link.used_at is None


def test_officer_whose_account_was_closed_cannot_answer() -> None:
    script = asked()
    link = sent(script)
    named = officer(script)
    named.is_active = False
    named.save()
    with pytest.raises(Refused):
        answer(link)


def test_officer_with_another_duty_in_the_case_cannot_answer() -> None:
    script = asked()
    link = sent(script)
    named = officer(script)
    Duty.objects.create(case_id=script.case_id, user=named, human=named.pk, duty=Duty.Kind.INTAKE)
    with pytest.raises(Refused, match="tugas lain"):
        answer(link)
    assert request_of(script).state == "asked"


def test_officer_with_a_conflict_of_interest_cannot_answer() -> None:
    script = asked()
    link = sent(script)
    nik = str(fresh(script.case_id).applicant.nik)
    declare_relation(by=script.cast.player(Role.OFFICER, AGENCY, 2), kind="sibling", nik=nik)
    with pytest.raises(Refused, match="hubungan kepentingan"):
        answer(link)


def test_link_goes_to_an_officer_of_the_agency_only() -> None:
    script = asked()
    for stranger in (script.cast.user(Role.OFFICER, "DLH"), script.cast.user(Role.HEAD, AGENCY)):
        with pytest.raises(Invalid) as told:
            sent(script, to=stranger)
        assert list(told.value.fields) == ["to"]


def test_agency_with_a_screen_gets_no_link() -> None:
    script = asked()
    Agency.objects.filter(pk=AGENCY).update(answers_by="screen")
    with pytest.raises(Conflict, match="meja kerjanya sendiri"):
        sent(script)


def test_letter_is_printed_once_and_a_mail_never() -> None:
    script = asked()
    link = sent(script)
    services.print_link(link_id=link.pk, by=sender(script))
    with pytest.raises(Conflict, match="sudah dicetak"):
        services.print_link(link_id=link.pk, by=sender(script))
    mail = sent(script, way="mail")
    with pytest.raises(Conflict, match="lewat surel"):
        services.print_link(link_id=mail.pk, by=sender(script))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Answer("maybe", "Sesuai.", "UU"), "verdict"),
        (Answer("favourable", " ", "UU"), "reason"),
        (Answer("favourable", "Sesuai.", ""), "legal_basis"),
        (Answer("conditional", "Sesuai.", "UU"), "conditions"),
    ],
)
def test_answer_by_link_must_say_what_one_at_the_desk_must(said: Answer, field: str) -> None:
    link = sent(asked())
    with pytest.raises(Invalid) as told:
        answer(link, said)
    assert field in told.value.fields
    link.refresh_from_db()
    assert link.used_at is None


def test_sending_out_of_turn_asks_why_and_counts() -> None:
    first = asked()
    with clock.pretend(clock.now() + timedelta(days=7)):
        second = another(first)
        with pytest.raises(OutOfTurn):
            sent(second)
        link = sent(second, jump=Jump("vulnerable"))
        assert answer(link).state == "given"
    assert Overtaking.objects.get(case_id=second.case_id).by_id == sender(second).user_id
