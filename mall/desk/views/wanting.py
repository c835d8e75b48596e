"""Asking the applicant of a complete application to put something right."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.errors import Refused
from mall import doors
from mall.desk.actions import office_of
from mall.desk.facts import STAFF
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.views.advising import facts_of, material
from mall.desk.wanting import WantingForm, grown
from mall.forms import stash
from workflows.cases import services

ASKED = _("Permintaan perbaikan terkirim ke pemohon.")
STEP = Step("ask_repair", "desk/ask_repair.html", ASKED, "recommendation")


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def ask_repair(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What a recommender or the deciding office found wanting, each with the paper that shows it."""
    facts = facts_of(request, case_id)
    office = office_of(facts)
    if not office:
        raise Refused(_("Hanya instansi yang memutus atau memberi rekomendasi yang dapat meminta perbaikan."))
    if away := moved_on(request, facts, STEP):
        return away
    definition = facts.case.definition
    if request.method == "POST" and request.POST.get("do") == "more":
        more = WantingForm(definition, grown(request.POST))
        more.errors.clear()
        return show(request, facts, STEP, more, material(facts))
    form = WantingForm(definition, stash.typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.said()
        done = carry_out(
            request,
            facts,
            STEP,
            form,
            lambda: services.ask_repair(
                case_id=case_id, by=facts.actor, agency=office, what=said["what"], about=said["about"]
            ),
            {"what": "what_1", "about": "about_1"},
        )
        if done:
            return done
    return show(request, facts, STEP, form, material(facts), status=status_of(request, form))
