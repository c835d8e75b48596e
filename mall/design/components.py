"""What each component's template gets; `templatetags/design.py` gives them their tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.utils.translation import gettext as _

from mall.design import navigation, states
from mall.design.parts import Column, Crumb, Moment, Problem, Row, Step, Table, Task, Text

BUTTONS = {
    "primary": "",
    "secondary": "govuk-button--secondary",
    "warning": "govuk-button--warning",
    "start": "govuk-button--start",
}


def button(
    text: Text, *, url: str = "", kind: str = "primary", name: str = "", value: str = "", icon: str = ""
) -> dict[str, Any]:
    """A button, or a link that looks like one when `url` is given.

    `{% button "Lanjutkan" %}`, `{% button _("Mulai") url=start kind="start" %}`,
    `{% button _("Tolak") kind="warning" name="verdict" value="refuse" %}`.
    Kinds: primary (one a page), secondary, warning, start.
    """
    return {
        "text": text,
        "url": url,
        "class": BUTTONS[kind],
        "name": name,
        "value": value,
        "icon": "next" if kind == "start" else icon,
        "icon_last": kind == "start",
    }


def error_summary(errors: forms.BaseForm | Iterable[Problem | str] | None, *, focus: bool = True) -> dict[str, Any]:
    """The box on top that names every error and leads to its field; nothing when there is none.

    `{% error_summary form %}`, or a list of `Problem(text, target="id_name")`, or of plain sentences.
    The box takes the focus when the page opens, unless `focus=False`.
    """
    if isinstance(errors, forms.BaseForm):
        return {"problems": _problems_of(errors), "focus": focus}
    return {"problems": [one if isinstance(one, Problem) else Problem(one) for one in errors or []], "focus": focus}


def _problems_of(form: forms.BaseForm) -> list[Problem]:
    whole = [Problem(str(text)) for text in form.non_field_errors()]
    fields = [
        Problem(str(text), getattr(bound, "target", bound.id_for_label)) for bound in form for text in bound.errors
    ]
    return whole + fields


def field(bound: forms.BoundField, *, heading: bool = False) -> dict[str, Any]:
    """One field of a form: label, hint, error, control.

    `{% field form.name %}`; with `heading=True` the label is the page's only `h1`.
    """
    return {"field": bound, "heading": heading}


def post_form(form: forms.BaseForm, send: Text, **look: str) -> dict[str, Any]:
    """A whole form with its one button, sent once: `{% post_form form _("Simpan") icon="check" %}`.

    What follows the words is the look of the button, as of `button`.
    """
    return {"form": form, **button(send, **look)}


def summary_list(rows: Sequence[Row], *, title: Text = "") -> dict[str, Any]:
    """Answers to check, each with its change link: `{% summary_list rows title=_("Pemohon") %}`."""
    return {"rows": rows, "title": title, "changes": any(row.change_url for row in rows)}


def task_list(tasks: Sequence[Task], *, id: str = "tugas") -> dict[str, Any]:  # noqa: A002
    """Parts to do in any order, each with its status in words: `{% task_list tasks %}`."""
    return {"tasks": [(task, states.TASK_LOOKS[task.status]) for task in tasks], "id": id}


def step_bar(steps: Sequence[Step], *, label: Text = "") -> dict[str, Any]:
    """The way of a case, each step marked done, current or to do in words: `{% step_bar steps %}`."""
    return {"steps": steps, "label": label or _("Perjalanan permohonan")}


def state_tag(state: str) -> dict[str, Any]:
    """The status of a case in words and shape: `{% state_tag case.state %}`."""
    return {"look": states.of_case(state)}


def slack_tag(days: int, used: float = 0.0) -> dict[str, Any]:
    """A deadline: working days left (negative when late) and share of the term used (0 to 1)."""
    return {"look": states.of_slack(days, used)}


def tag(words: Text, *, tone: str = "quiet") -> dict[str, Any]:
    """Any other status word; tones: quiet, moving, yours, good, bad, ended."""
    return {"look": states.Look(words, tone)}


def table(
    caption: Text | Table, columns: Sequence[Column] = (), rows: Sequence[Sequence[object]] = (), *, hide: bool = False
) -> dict[str, Any]:
    """A table that becomes cards on a narrow screen.

    `{% table caption columns rows %}` or `{% table a_table %}`. Columns are `Column(label, numeric)`;
    cells are text, safe HTML or `Cell(text, url)`; the first cell names its row.
    `hide=True` shows the caption only to screen readers.
    """
    whole = caption if isinstance(caption, Table) else Table(caption, columns, rows)
    return {
        "caption": whole.caption,
        "hide": hide,
        "columns": whole.columns,
        "rows": [list(zip(whole.columns, row, strict=True)) for row in whole.rows],
    }


def timeline(moments: Sequence[Moment], *, officer: bool = False) -> dict[str, Any]:
    """What happened, newest first or last as given: `{% timeline moments %}`; `officer=True` adds who and detail."""
    return {"moments": moments, "officer": officer}


def empty_state(
    title: Text, text: Text = "", *, url: str = "", label: Text = "", icon: str = "document"
) -> dict[str, Any]:
    """What to say when a list is empty, and the way on: `{% empty_state _("Belum ada permohonan") %}`."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


def breadcrumbs(crumbs: Sequence[Crumb]) -> dict[str, Any]:
    """Where this page lies: `{% breadcrumbs crumbs %}`; the last crumb has no address."""
    return {"crumbs": crumbs}


def back_link(url: str, text: Text = "") -> dict[str, Any]:
    """The link to the page before: `{% back_link url %}`."""
    return {"url": url, "text": text or _("Kembali")}


def pager(context: Context, *, previous: str = "", next: str = "") -> dict[str, Any]:  # noqa: A002
    """`Sebelumnya` and `Berikutnya` of a list paged by cursor: `{% pager previous=p next=n %}`.

    The cursors become `?before=` and `?after=`; the other parameters of the address stay.
    """
    request = context.get("request")
    return {"previous": previous, "next": next, "query": request.GET if request else QueryDict()}


def nav_links(context: Context, area: navigation.Area) -> list[navigation.Shown]:
    """The links the faces hung up for an area: `{% nav_links "public" as links %}`."""
    request = context.get("request")
    return navigation.shown(area, request if isinstance(request, HttpRequest) else None)


def version() -> str:
    """The version of the software, from `settings.VERSION`: `{% version %}`."""
    return str(getattr(settings, "VERSION", ""))


def identity_bar(facts: Sequence[Row]) -> dict[str, Any]:
    """What this page is about, always in sight of staff: `{% identity_bar facts %}` in block `identity`."""
    return {"facts": facts}
