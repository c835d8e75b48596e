"""The person behind the account, the organisations she speaks for, and who looked at her data."""

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Conflict, Invalid
from agencies.identifiers import parse_nik
from agencies.models import Organisation, OrganisationMember, Person, User
from agencies.services import add_member, register_organisation, register_person, update_profile
from documents.limits import within
from mall import doors
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.portal import looking
from mall.portal.people_forms import OrganisationForm, ProfileForm, known_of
from mall.portal.posts import needs_person, person_of, posted, safe_next, status_of
from workflows.looks import seen

MOST_NIKS: Final = 20
"""NIKs an hour from one address: the answer tells whether one is registered, so nobody may go on asking."""
HOUR: Final = 60 * 60


@doors.signed_in
@require_safe
@needs_person
def profile(request: HttpRequest) -> HttpResponse:
    """What we know of her. Three queries."""
    person = person_of(request)
    bodies = person.organisation_links.select_related("organisation").order_by("organisation__name", "pk")
    return render(request, "portal/profile.html", {"person": person, "links": list(bodies)})


@doors.signed_in
@doors.keeping(stash.keep)
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Say who one is, once, or put it right."""
    person = person_of(request) if actor_of(request).person_id else None
    known = known_of(person) if person else {"name": _user(request).name, "email": _user(request).email}
    kept = stash.take(request) if request.method == "GET" else None
    form = ProfileForm(posted(request)[0] or kept, person=person, initial=known)
    back = safe_next(request, "")
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, person)):
        _tell_warnings(request, saved)
        return redirect(back or "portal:profile")
    context = {"form": form, "person": person, "next": back, "kept": kept}
    return render(request, "portal/profile_edit.html", context, status=status_of(form))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _save(request: HttpRequest, form: ProfileForm, person: Person | None) -> Person | None:
    """The saved person, or None with the faults in the form."""
    if form.said()["nik"] and not within(request, purpose="portal.nik", most=MOST_NIKS, seconds=HOUR):
        form.add_error("nik", _("Terlalu banyak percobaan. Tunggu satu jam, atau tanyakan di loket."))
        return None
    try:
        if person is not None:
            return update_profile(person_id=person.pk, **form.said())
        said = form.said()
        return register_person(user=_user(request), **(said | {"nik": said["nik"] or "", "kk": said["kk"] or ""}))
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as fault:
        form.add_error("nik", fault.sentence)
    return None


def _tell_warnings(request: HttpRequest, person: Person) -> None:
    """Say that it is saved, and what looks odd in the NIK; none of that is a reason to refuse."""
    messages.success(request, _("Data diri Anda tersimpan."))
    if not person.nik:
        return
    for sentence in parse_nik(person.nik, stated_birth=person.birth_date, stated_sex=person.sex).warnings:
        messages.info(request, _("%(sentence)s Tidak apa-apa jika memang demikian.") % {"sentence": sentence})


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def organisation_new(request: HttpRequest) -> HttpResponse:
    """Register a business or body that the person speaks for."""
    kept = stash.take(request) if request.method == "GET" else None
    form = OrganisationForm(posted(request)[0] or kept)
    if request.method == "POST" and form.is_valid():
        try:
            body = _register(person_of(request), form)
        except Invalid as fault:
            faults.show(form, fault)
        except Conflict as fault:
            form.add_error("nib", fault.sentence)
        else:
            messages.success(request, _("%(name)s tersimpan.") % {"name": body.name})
            return redirect(safe_next(request, "") or "portal:profile")
    context = {"form": form, "next": safe_next(request, ""), "kept": kept}
    return render(request, "portal/organisation_new.html", context, status=status_of(form))


@transaction.atomic
def _register(person: Person, form: OrganisationForm) -> Organisation:
    """The organisation with the person as its member; the same form again finds the one that is there."""
    said = dict(form.cleaned_data)
    title = said.pop("title")
    Person.objects.select_for_update().get(pk=person.pk)
    own = OrganisationMember.objects.select_related("organisation").filter(person=person)
    same = own.filter(organisation__name=" ".join(said["name"].split()), organisation__kind=said["kind"]).first()
    body = same.organisation if same else register_organisation(**said)
    add_member(organisation_id=body.pk, person_id=person.pk, title=title)
    return body


@doors.signed_in
@require_safe
@needs_person
def looks(request: HttpRequest) -> HttpResponse:
    """Who of the staff looked at her data, when and why. Three queries, and those of the other sources of looks."""
    person = person_of(request)
    return render(request, "portal/looks.html", {"moments": looking.moments(seen(person))})
