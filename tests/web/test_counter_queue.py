"""The line at the counter as clerks see it: a number for each visitor, the next called, each closed with an outcome."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from agencies.ids import new_id
from agencies.models import User
from mall.counter.tickets import services
from mall.counter.tickets.models import Ticket
from tests import tickets
from tests.cases import at, browser, case_of, clerk, counted, staff, text_of

pytestmark = pytest.mark.django_db
QUEUE = "/loket/antrean/"


def page_of(ticket: Ticket) -> str:
    """Where a ticket is worked on."""
    return reverse("counter:ticket", args=[ticket.pk])


def at_counter(*, held: bool = False) -> tuple[Client, User]:
    """A clerk of the mall with her browser; `held`: she has called one."""
    user = clerk()
    tab = browser(user)
    if held:
        [ticket] = tickets.taken(1)
        tab.post(QUEUE, {"antrean": str(ticket.line_id)})
    return tab, user


def form(**more: str) -> dict[str, str]:
    """A number of the mall's own line."""
    return {"key": str(new_id()), "site": "MPP", "agency": "DPMPTSP", "priority": "none"} | more


def test_clerk_takes_a_number_for_a_visitor_and_prints_a_slip_without_a_name() -> None:
    tab, _user = at_counter()
    said = form(priority="pregnant")
    answer = tab.post(f"{QUEUE}baru/", said)
    slip = text_of(tab.get(answer["Location"]))
    assert "A-001" in slip
    assert "Prioritas: Ibu hamil" in slip
    assert "bukan nama Anda" in slip
    assert tab.post(f"{QUEUE}baru/", said)["Location"] == answer["Location"]
    assert Ticket.objects.count() == 1, "sent twice, taken once"


def test_clerk_who_chooses_nothing_is_told_beside_the_fields() -> None:
    tab, _user = at_counter()
    answer = tab.post(f"{QUEUE}baru/", {"key": str(new_id())})
    assert answer.status_code == 422
    for label in ("Lokasi", "Antrean", "Golongan pengunjung"):
        assert f"“{label}” belum dipilih" in text_of(answer).replace("&quot;", '"')


def test_clerk_calls_the_next_begins_and_closes_with_the_application() -> None:
    tab, _user = at_counter()
    case = case_of(at("submitted"))
    first, second = tickets.taken(2)
    listed = text_of(tab.get(QUEUE))
    assert listed.index(first.number) < listed.index(second.number)
    assert tab.post(QUEUE, {"antrean": str(first.line_id)})["Location"] == page_of(first)
    assert "ada pada Anda" in text_of(tab.get(QUEUE))
    assert "Panggil nomor ini" not in text_of(tab.get(page_of(second))), "one in hand at a time"
    tab.post(page_of(first), {"do": "begin"})
    nothing = tab.post(page_of(first), {"do": "finish"})
    assert nothing.status_code == 422
    assert "“Hasil layanan” belum dipilih" in text_of(nothing)
    unknown = tab.post(page_of(first), {"do": "finish", "outcome": "case", "case": "MPP-1999-000001"})
    assert unknown.status_code == 422
    assert "MPP-1999-000001" in text_of(unknown), "nothing typed is lost"
    done = tab.post(page_of(first), {"do": "finish", "outcome": "case", "case": str(case.reference).lower()})
    assert done.status_code == 302
    assert Ticket.objects.get(pk=first.pk).case == case
    assert case.reference in text_of(tab.get(page_of(first)))


def test_idea_22_clerk_who_calls_another_than_the_next_is_asked_why() -> None:
    tab, _user = at_counter()
    _first, second = tickets.taken(2)
    asked = text_of(tab.get(page_of(second)))
    assert "1 nomor gilirannya lebih dahulu" in asked
    refused = tab.post(page_of(second), {"do": "call"})
    assert refused.status_code == 409
    assert "Pilih alasan memanggil nomor ini sebelum yang lain." in text_of(refused)
    assert tab.post(page_of(second), {"do": "call", "reason": "teman"}).status_code == 422
    assert tab.post(page_of(second), {"do": "call", "reason": "returned"}).status_code == 302
    [event] = tickets.events("ticket.called")
    assert (event.data["passed"], event.data["code"]) == (1, "returned")


def test_clerk_sets_aside_who_is_not_there_and_notes_who_has_gone() -> None:
    tab, _user = at_counter(held=True)
    ticket = Ticket.objects.get()
    assert "Belum hadir" in text_of(tab.get(page_of(ticket)))
    tab.post(page_of(ticket), {"do": "hold"})
    assert "1 kali" in text_of(tab.get(QUEUE))
    tab.post(page_of(ticket), {"do": "call"})
    tab.post(page_of(ticket), {"do": "leave"})
    assert Ticket.objects.get().state == "left"
    assert "Tidak hadir atau pergi" in text_of(tab.get(page_of(ticket)))
    assert tab.post(page_of(ticket), {"do": "begin"}).status_code == 409


def test_empty_line_says_so_and_unknown_words_are_not_found() -> None:
    tab, _user = at_counter()
    assert "Tidak ada yang menunggu" in text_of(tab.get(QUEUE))
    ticket = tickets.take()
    services.leave(ticket_id=ticket.pk, by=tickets.clerk())
    back = tab.post(QUEUE, {"antrean": str(ticket.line_id)}, follow=True)
    assert "Tidak ada yang menunggu di antrean ini." in text_of(back)
    assert tab.post(QUEUE, {"antrean": "x"}).status_code == 404
    assert tab.get(f"{QUEUE}?antrean={new_id()}").status_code == 404
    assert tab.post(page_of(ticket), {"do": "apa"}).status_code == 404
    assert tab.get(f"{QUEUE}{new_id()}/").status_code == 404


def test_officer_works_in_the_line_of_her_agency_and_sees_no_other() -> None:
    mine, other = tickets.take(agency="DUKCAPIL"), tickets.take()
    tab = browser(staff("officer", "DUKCAPIL"))
    listed = text_of(tab.get(QUEUE))
    assert mine.number in listed
    assert other.number not in listed
    assert tab.get(page_of(other)).status_code == 403
    assert tab.post(QUEUE, {"antrean": str(other.line_id)}).status_code == 403
    choices = re.findall(r'<option value="(\w+)"', text_of(tab.get(f"{QUEUE}baru/")))
    assert choices == ["DUKCAPIL"]


@pytest.mark.parametrize("role", ["verifier", "approver", "manager", "administrator"])
def test_nobody_but_clerks_and_officers_comes_to_the_line(role: str) -> None:
    assert browser(staff(role)).get(QUEUE).status_code == 403
    assert browser(None).get(QUEUE).status_code == 302


def test_line_costs_the_same_for_one_and_fifty_and_is_shown_in_pages() -> None:
    tab, _user = at_counter()
    tickets.taken(1)
    with counted() as one:
        tab.get(QUEUE)
    tickets.taken(49)
    with counted() as many:
        page = text_of(tab.get(QUEUE))
    assert len(one) == len(many) <= 8
    after = re.search(r'href="\?after=([^"&]+)"', page)
    assert after
    assert "A-026" in text_of(tab.get(f"{QUEUE}?after={after[1]}"))
