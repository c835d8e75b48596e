"""The sign-up form. It asks for a name only: who somebody is, is asked when it matters."""

from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.services.intake import NAME_LENGTH


class SignupForm(BaseSignupForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail, password, and how the pages should address the user."""

    name = forms.CharField(
        label=_("Nama"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1", "password2")
