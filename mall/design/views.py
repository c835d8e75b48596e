"""The living style guide: every component, rendered by the same tags as the pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mall.design import samples
from mall.doors import public


@public
def guide(request: HttpRequest) -> HttpResponse:
    """Show every component on one page."""
    return render(request, "design/guide.html", samples.everything())


@public
def guide_staff(request: HttpRequest) -> HttpResponse:
    """Show the frame of staff pages."""
    return render(request, "design/guide_staff.html", samples.everything())


@public
def guide_question(request: HttpRequest) -> HttpResponse:
    """Show one question on its own page, with its error after an empty answer."""
    form = samples.NameForm(request.POST if request.method == "POST" else None)
    return render(request, "design/question.html", {"form": form, "title": "", "single": True, "back_url": "../"})


@public
def guide_paper(request: HttpRequest) -> HttpResponse:
    """Show a page meant for paper."""
    return render(request, "design/guide_paper.html", samples.everything())
