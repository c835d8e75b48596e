"""What was typed when the session had ended: kept sealed in the new session until its owner has logged in.

The path says which page it belongs to. Whoever logs in must still be allowed to open that page, and what
is kept fills the form only; nothing is saved until she presses the button again.
"""

from django.http import HttpRequest, QueryDict

from agencies import clock
from agencies.sealing import SealBrokenError, seal, unseal

KEY = "kept_form"
MOST_LETTERS = 40_000
SECONDS = 60 * 60
UNTYPED = ("csrfmiddlewaretoken",)


def keep(request: HttpRequest) -> None:
    """Keep what was posted here for an hour; files are not kept, but that the page was sent is."""
    typed = request.POST.copy()
    for name in UNTYPED:
        typed.pop(name, None)
    text = typed.urlencode()
    if len(text) <= MOST_LETTERS:
        request.session[KEY] = {"path": request.path, "text": seal(text), "at": clock.now().timestamp()}


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once; None when nothing was sent here."""
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or kept.get("path") != request.path:
        return None
    del request.session[KEY]
    if clock.now().timestamp() - float(kept.get("at", 0)) > SECONDS:
        return None
    try:
        return QueryDict(unseal(str(kept.get("text", ""))))
    except SealBrokenError:
        return None


def typed(request: HttpRequest) -> QueryDict | None:
    """What to fill a form with: what is posted now, or what was kept for this page; None on a fresh page."""
    return request.POST if request.method == "POST" else take(request)
