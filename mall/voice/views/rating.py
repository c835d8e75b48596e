"""For whoever holds the code of a closed case: rate the service, once and without a name. No log-in, no session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from agencies.errors import Conflict
from documents import limits
from mall import doors
from mall.voice.rating_form import RatingForm
from mall.voice.satisfaction import services
from workflows.definition.models import ServiceType

HOUR = 60 * 60
MOST_TRIES = 60
FAULTY, TOO_OFTEN, GONE = 422, 429, 409


@never_cache
@doors.public
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """The nine questions; afterwards thanks. Two queries, and three more to answer."""
    if not limits.within(request, purpose="rating", most=MOST_TRIES, seconds=HOUR):
        return render(request, "voice/rated.html", {"sentence": _("Coba lagi satu jam lagi.")}, status=TOO_OFTEN)
    try:
        invited = services.invitation(code)
        form = RatingForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            comment = form.cleaned_data["comment"]
            services.answer(code=code, scores=form.scores, profile=form.profile, comment=comment)
            return render(request, "voice/rated.html", {"thanks": True})
    except Conflict as conflict:
        return render(request, "voice/rated.html", {"sentence": conflict.sentence}, status=GONE)
    name = ServiceType.objects.filter(code=invited.service).values_list("name_id", flat=True).first()
    return render(request, "voice/rate.html", {"form": form, "name": name}, status=FAULTY if form.errors else 200)
