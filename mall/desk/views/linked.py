"""For an officer of an agency without a computer: answer by a one-time link, without a log-in.

Mail scanners open every link: a GET shows nothing of the case and changes nothing. The case is opened by a button,
and that is recorded as her look. The token stands in the path only, which no log of ours keeps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Role
from documents import limits
from documents.vault.queries import file_for
from mall import doors
from mall.design.parts import Row
from mall.desk import page, turns
from mall.desk.conditions import grown
from mall.desk.facts import Facts
from mall.desk.posts import CHANGED, FAULTY, kept
from mall.desk.views.advising import RecommendationForm, material
from mall.forms import faults
from mall.forms.files import download
from workflows import looks, permissions
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation, Verdict
from workflows.cases.links import AdviceLink
from workflows.cases.models import Attachment, Case, Duty
from workflows.cases.queries import link_by_token
from workflows.cases.recommending import Answer
from workflows.duties import queries as duties
from workflows.duties.order import OutOfTurn

HOUR = 60 * 60
MOST = 120
TOO_OFTEN = 429
SECRET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}
"""No page, not even ours, is told the address of this one."""
View = Callable[..., HttpResponse]


def kept_secret(view: View) -> View:
    """Answers of this view are kept by nobody, listed nowhere, and their address is passed on to nobody."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        response = view(request, *args, **more)
        for name, value in SECRET.items():
            response[name] = value
        return response

    return never_cache(shown)


@dataclass(frozen=True, slots=True)
class Opened:
    """A link with what it is about, and why it opens nothing, if so."""

    token: str
    link: AdviceLink
    case: Case
    actor: Actor
    why: Any

    @classmethod
    def of(cls, token: str) -> "Opened":
        """Read it; `Missing` for a text that is no link. Four queries."""
        link = link_by_token(token)
        advice = link.recommendation
        case, actor = advice.case, Actor.of(link.to)
        why = link.dead(advice, case, clock.now()) or _may_not(actor, advice, case)
        return cls(token, link, case, actor, why)


def _may_not(actor: Actor, advice: Recommendation, case: Case) -> Any:
    """Why the named person may not answer any more, told to her; the service asks again. One query at most."""
    if not actor.has(Role.OFFICER, advice.agency_id):
        return _("Petugas yang ditunjuk tidak lagi tercatat sebagai petugas instansi ini.")
    if reply := permissions.may_recommend(actor, advice, case):
        held = duties.held_by(actor, case)
        return "" if held in ("", Duty.Kind.RECOMMENDER) else _("Anda sudah menangani permohonan ini dalam tugas lain.")
    return reply.why


@kept_secret
@doors.public
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is asked; on a button show the case; take the answer, show it once more, and send it."""
    opened = Opened.of(token)
    if request.method != "POST" or opened.why:
        return _welcome(request, opened, status=CHANGED if request.method == "POST" else 200)
    if not limits.within(request, purpose="advice.link", most=MOST, seconds=HOUR):
        opened = Opened(token, opened.link, opened.case, opened.actor, _("Terlalu banyak permintaan. Coba lagi nanti."))
        return _welcome(request, opened, status=TOO_OFTEN)
    return _STEPS.get(request.POST.get("do", ""), _open)(request, opened)


def _welcome(request: HttpRequest, opened: Opened, *, status: int) -> HttpResponse:
    """Who is asked for what, without a word about the applicant."""
    return render(request, "desk/linked_welcome.html", {"opened": opened, "link": opened.link}, status=status)


def _open(request: HttpRequest, opened: Opened) -> HttpResponse:
    looks.look(by=opened.actor, case=opened.case, purpose="recommendation")
    return _form(request, opened, RecommendationForm())


def _more(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = RecommendationForm(grown(request.POST), initial={})
    form.errors.clear()
    return _form(request, opened, form)


def _edit(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = RecommendationForm(request.POST)
    form.errors.clear()
    return _form(request, opened, form)


def _check(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What will be sent, to be read once more."""
    form = RecommendationForm(request.POST)
    if not form.is_valid():
        return _form(request, opened, form, status=FAULTY)
    said = Answer(**form.said())
    rows = [
        Row(_("Menjawab"), f"{opened.link.to}\n{opened.link.recommendation.agency.name}"),
        Row(_("Isi rekomendasi"), str(Verdict(said.verdict).label)),
        Row(_("Alasan"), said.reason),
        Row(_("Dasar hukum"), said.legal_basis),
    ]
    context = {"case": opened.case, "form": form, "rows": rows, "said": said, "kept": kept(request)}
    return render(request, "desk/linked_check.html", context)


def _send(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = RecommendationForm(request.POST)
    if not form.is_valid():
        return _form(request, opened, form, status=FAULTY)
    try:
        services.answer_by_link(token=opened.token, said=Answer(**form.said()), jump=turns.jump_of(request))
    except OutOfTurn as late:
        turns.ask(request, form, late)
        return _form(request, opened, form, status=CHANGED)
    except Invalid as fault:
        faults.show(form, fault, names={"conditions": "clause_1"})
        return _form(request, opened, form, status=FAULTY)
    except Conflict:
        return _welcome(request, Opened.of(opened.token), status=CHANGED)
    return redirect("desk:answer", token=opened.token)


_STEPS: dict[str, Callable[[HttpRequest, Opened], HttpResponse]] = {
    "more": _more,
    "edit": _edit,
    "check": _check,
    "send": _send,
}


def _form(request: HttpRequest, opened: Opened, form: RecommendationForm, *, status: int = 200) -> HttpResponse:
    """The case as an officer of the agency sees it at the desk, and the form."""
    facts = Facts.of(opened.actor, opened.case)
    context = {
        "opened": opened,
        "case": opened.case,
        "identity": page.identity(opened.case),
        "form": form,
        "turn": turns.form_of(request),
        **material(facts),
    }
    return render(request, "desk/linked_form.html", context, status=status)


@kept_secret
@doors.public
@require_POST
def linked_paper(request: HttpRequest, token: str, attachment_id: UUID) -> HttpResponse:
    """A paper of the case, while the link opens; reading it is a look of hers."""
    opened = Opened.of(token)
    if opened.why:
        return _welcome(request, opened, status=CHANGED)
    if not limits.within(request, purpose="advice.link", most=MOST, seconds=HOUR):
        return _welcome(request, opened, status=TOO_OFTEN)
    paper = Attachment.objects.filter(pk=attachment_id, case=opened.case).first()
    if paper is None:
        raise Missing
    looks.look(by=opened.actor, case=opened.case, purpose="recommendation")
    stored, _case = file_for(opened.actor, paper.file_id)
    return download(stored, name=f"berkas-{paper.requirement}")
