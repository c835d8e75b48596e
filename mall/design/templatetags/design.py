"""The tags and filters of `{% load design %}`; `docs/design-system.md` shows one example each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies import identifiers
from mall.design import charts, components, formats, icons, intervals, maps

register = template.Library()

PARTS: list[Callable[..., dict[str, Any]]] = [
    components.button,
    components.error_summary,
    components.post_form,
    components.summary_list,
    components.task_list,
    components.step_bar,
    components.table,
    components.timeline,
    components.empty_state,
    components.breadcrumbs,
    components.back_link,
    components.identity_bar,
    charts.bar_chart,
    charts.line_chart,
    intervals.interval_chart,
    maps.area_map,
]
TAGS: list[Callable[..., dict[str, Any]]] = [components.state_tag, components.slack_tag, components.tag]
FILTERS: dict[str, Callable[..., str]] = {
    "rupiah": formats.rupiah,
    "number": formats.number,
    "day": formats.day,
    "moment": formats.moment,
    "working_days": formats.working_days,
    "calendar_days": formats.calendar_days,
    "masked_nik": identifiers.mask_nik,
}

for part in PARTS:
    register.inclusion_tag(f"design/parts/{part.__name__}.html")(part)
for part in TAGS:
    register.inclusion_tag("design/parts/tag.html")(part)
for name, write in FILTERS.items():
    register.filter(name, write)

register.inclusion_tag("design/forms/field.html")(components.field)
register.inclusion_tag("design/parts/pager.html", takes_context=True)(components.pager)
register.simple_tag(takes_context=True)(components.nav_links)
register.simple_tag(components.version)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our icons, for the eye only: `{% icon "clock" %}`."""
    return icons.svg(name)


@register.simple_block_tag
def panel(content: str, *, title: str) -> SafeString:
    """The confirmation: `{% panel title=_("Permohonan terkirim") %}Nomor …{% endpanel %}`."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation mall-panel">{}'
        '<h1 class="govuk-panel__title">{}</h1><div class="govuk-panel__body">{}</div></div>',
        icons.svg("check"),
        title,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words that stand apart from the rest: `{% inset %}…{% endinset %}`."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """A consequence to know before acting: `{% warning %}…{% endwarning %}`."""
    return format_html(
        '<div class="govuk-warning-text mall-warning">{}<strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">{}</span> {}</strong></div>',
        icons.svg("warning"),
        _("Peringatan:"),
        content,
    )


@register.simple_block_tag
def details(content: str, *, summary: str, open: bool = False) -> SafeString:  # noqa: A002
    """Help that unfolds: `{% details summary=_("Apa itu NIK?") %}…{% enddetails %}`."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        " open" if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def banner(content: str, *, title: str = "", kind: str = "notice") -> SafeString:
    """News on top of a page: `{% banner kind="success" %}…{% endbanner %}`; kinds: notice, success, problem."""
    return format_html(
        '<section class="mall-banner mall-banner--{}" role="{}" aria-label="{}">{}<div>{}{}</div></section>',
        kind,
        "alert" if kind in ("success", "problem") else "region",
        title or _("Pemberitahuan"),
        icons.svg({"success": "check", "problem": "warning"}.get(kind, "message")),
        format_html('<p class="mall-banner__title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag
def scroll_region(content: str, *, label: str) -> SafeString:
    """A wide table of one's own, scrolled by finger or arrow keys: `{% scroll_region label=… %}<table>…`."""
    return format_html('<div class="mall-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)
