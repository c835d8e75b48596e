"""How Django forms become pages: `FORM_RENDERER = "mall.design.forms.DesignRenderer"`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.translation import gettext as _

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, ""),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
]


class DesignBoundField(forms.BoundField):
    """A field that dresses its own widget: class, error class, description."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
            field.error_messages["required"] = missing(self)

    @property
    def aria_describedby(self) -> str | None:
        """Hint, error and count of letters, so that they are read with the field."""
        ids = super().aria_describedby
        return f"{ids or ''} {self.auto_id}-info".strip() if self.limit else ids

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Return the attributes of the widget; `required` is left to our own errors."""
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        dress = css_class(widget or self.field.widget, wrong=bool(self.errors))
        own = f"{dress} {(widget or self.field.widget).attrs.get('class', '')}".strip()
        return {**built, "class": own} if own else built

    @property
    def kind(self) -> str:
        """Which markup the field wants: `choices`, `checkbox`, `textarea` (counted), `file` or `input`."""
        widget = self.field.widget
        if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "checkbox"
        if self.limit:
            return "textarea"
        return "file" if isinstance(widget, forms.FileInput) else "input"

    @property
    def control(self) -> str:
        """The template of the control itself, between error and end of group."""
        return f"design/forms/{self.kind}.html"

    @property
    def style(self) -> str:
        """`radios` or `checkboxes`: the family of classes of a choice field."""
        return "checkboxes" if isinstance(self.field.widget, forms.CheckboxSelectMultiple) else "radios"

    @property
    def options(self) -> list[tuple[BoundWidget, str]]:
        """Each choice with its hint; hints come from `widget.hints`, a dict by value."""
        hints = getattr(self.field.widget, "hints", {})
        return [(one, hints.get(str(one.data["value"]), "")) for one in self.subwidgets]

    @property
    def target(self) -> str:
        """The id an error summary links to: the first control of the field."""
        if self.kind == "choices":
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def limit(self) -> int | None:
        """How many letters a long text may have; None where nothing is counted."""
        attrs = self.field.widget.attrs
        return attrs.get("maxlength") if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def prefix(self) -> str:
        """Text before the input, such as `Rp`, asked for by the widget."""
        return getattr(self.field.widget, "prefix", "")

    @property
    def suffix(self) -> str:
        """Text after the input, such as `m²`, asked for by the widget."""
        return getattr(self.field.widget, "suffix", "")


class DesignRenderer(TemplatesSetting):
    """Renders `{{ form }}` and each field with the components of the design system."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = DesignBoundField


def missing(bound: DesignBoundField) -> str:
    """Return what to say when a required field is empty, with the field's own name in it."""
    says = {
        "choices": _("“%(label)s” belum dipilih."),
        "checkbox": _("“%(label)s” belum dicentang."),
        "file": _("“%(label)s” belum diunggah."),
    }
    if isinstance(bound.field.widget, forms.Select):
        return says["choices"] % {"label": bound.label}
    return says.get(bound.kind, _("“%(label)s” belum diisi.")) % {"label": bound.label}


def css_class(widget: forms.Widget, *, wrong: bool) -> str:
    """Return the class of a widget, with its error form when the field is wrong."""
    for kind, name in CLASSES:
        if isinstance(widget, kind):
            plain = not name or name.endswith("__input")
            count = " govuk-js-character-count" if kind is forms.Textarea and "maxlength" in widget.attrs else ""
            return name + count if plain or not wrong else f"{name} {name}--error{count}"
    return ""
