"""Shows what a service function refused, beside the fields, with everything typed kept."""

from collections.abc import Mapping

from django import forms

from agencies.errors import Invalid


def show(form: forms.BaseForm, error: Invalid, *, names: Mapping[str, str] | None = None) -> None:
    """Add every sentence of `error` to a bound form; `names` maps the service's field names to the form's.

    A sentence about a field that the form does not have is shown above the form.
    """
    for field, sentences in error.fields.items():
        name = (names or {}).get(field, field)
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
