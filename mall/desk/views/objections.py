"""The head answers an objection or an appeal; where nobody does in time, the law does."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Role
from documents.vault.queries import paper_of
from mall import doors
from mall.desk import page
from mall.desk.facts import Facts
from mall.desk.posts import CHANGED, FAULTY
from mall.desk.queues import OBJECTIONS
from mall.doors import actor_of
from mall.forms import faults, stash, words
from mall.forms.files import download
from workflows import looks
from workflows.cases import sealing
from workflows.objections import queries, services
from workflows.objections.models import Objection, ObjectionState

UPHOLD = "uphold"


class AnswerForm(forms.Form):
    """Who is right, why, and by what law."""

    outcome = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[
            (UPHOLD, _("Kabulkan: permohonan dibuka kembali dan instansi wajib memutus sesuai keberatan ini")),
            ("reject", _("Tolak: penolakan tetap berlaku, dan pemohon diberi tahu upaya berikutnya")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Alasan jawaban"),
        help_text=_("Jawab setiap hal yang diajukan, dalam kalimat yang dipahami pemohon."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


@doors.staff(Role.HEAD, Role.DEPUTY)
@doors.keeping(stash.keep)
def objection(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """What was refused, why the applicant does not agree, the file, and the answer. Opening it is a look."""
    found = queries.for_head(actor_of(request), objection_id)
    form, status = AnswerForm(stash.typed(request)), 200
    if request.method == "POST":
        status = _answered(request, found, form)
        if not status:
            return redirect("desk:queue", OBJECTIONS)
    else:
        looks.look(by=actor_of(request), case=found.case, purpose="objection")
    return render(request, "desk/objection.html", {"form": form, **_material(request, found, form)}, status=status)


@doors.staff(Role.HEAD, Role.DEPUTY)
@require_safe
def paper(request: HttpRequest, objection_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A paper of the contested case, while the objection waits for her answer; opening it is a look at the case."""
    found = queries.for_head(actor_of(request), objection_id)
    if found.state != ObjectionState.FILED:
        raise Missing
    stored, attachment = paper_of(found.case, attachment_id)
    looks.look(by=actor_of(request), case=found.case, purpose="objection")
    return download(stored, name=f"berkas-{attachment.requirement}")


def _answered(request: HttpRequest, found: Objection, form: AnswerForm) -> int:
    """Answer it: 0 when that is done, else the status of the page that says what is wrong, with everything typed."""
    if not form.is_valid():
        return FAULTY
    said = form.cleaned_data
    upheld = said.pop("outcome") == UPHOLD
    try:
        services.answer_objection(objection_id=found.pk, by=actor_of(request), upheld=upheld, **said)
    except Invalid as fault:
        faults.show(form, fault)
        return FAULTY
    except Conflict as late:
        form.add_error(None, late.sentence)
        return CHANGED
    messages.success(request, _now("Jawaban tersimpan; pemohon diberi tahu."))
    return 0


def _material(request: HttpRequest, found: Objection, form: AnswerForm) -> dict[str, object]:
    """What the answer is taken on. Five queries of the facts, two of the papers, one of the earlier remedy, regions."""
    case, filed = found.case, found.state == ObjectionState.FILED
    late = filed and found.due_at < clock.now()
    return {
        "objection": found,
        "case": case,
        "identity": page.identity(case),
        "facts": Facts.of(actor_of(request), case),
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "papers": page.papers(case, lambda pk: reverse("desk:objection_paper", args=[found.pk, pk])) if filed else [],
        "earlier": [one for one in queries.of_case(case) if one.filed_at < found.filed_at],
        "late": late,
        "may_answer": form.is_bound or (filed and not late),
    }
