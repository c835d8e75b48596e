"""What the forms of this face share: keys, statuses, and finding the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from agencies.errors import Missing
from agencies.models import Person
from mall.doors import actor_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def status_of(form: forms.BaseForm) -> int:
    """422 for a form that is shown again with its errors, else 200."""
    return 422 if form.errors else 200


def safe_next(request: HttpRequest, default: str) -> str:
    """Where `?next=` leads when it is an address of ours, else `default`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return asked
    return default


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files for a form: nothing unless it was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def from_check(request: HttpRequest) -> bool:
    """Did she come from checking her answers, and so goes back there?"""
    return (request.POST.get("from") or request.GET.get("from")) == "check"


def posted_key(request: HttpRequest) -> UUID:
    """The idempotency key of the form; a form without one is not ours."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Missing from error


def person_of(request: HttpRequest) -> Person:
    """The person behind the log-in; `Missing` when there is none yet. One query."""
    person_id = actor_of(request).person_id
    if person_id is None:
        raise Missing
    return Person.objects.select_related("village__parent").get(pk=person_id)


def needs_person(view: View) -> View:
    """Lead somebody who has not said who she is to her profile first, then back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).person_id is None:
            back = request.get_full_path() if request.method == "GET" else request.path
            return to_profile(back)
        return view(request, *args, **kwargs)

    return asked  # type: ignore[return-value]


def to_profile(back: str) -> HttpResponse:
    """The profile form, which leads back afterwards."""
    return redirect(f"{reverse('portal:profile_edit')}?{urlencode({'next': back})}")
