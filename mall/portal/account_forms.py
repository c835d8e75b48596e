"""The forms of the log-in library in the words of the mall: its own labels, no grey text inside the boxes."""

from typing import Any

from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _

from agencies.forms import SignupForm as BaseSignupForm

PASSWORD = _("Paling sedikit 10 huruf atau angka. Jangan memakai nama Anda atau kata yang mudah ditebak.")
LABELS = {
    "login": _("Alamat surel"),
    "email": _("Alamat surel"),
    "password": _("Kata sandi"),
    "oldpassword": _("Kata sandi sekarang"),
    "password1": _("Kata sandi baru"),
    "password2": _("Tulis sekali lagi kata sandinya"),
    "remember": _("Tetap masuk di perangkat ini"),
}


class OurWords:
    """Relabels whatever fields the library gave a form."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = PASSWORD if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, library.LoginForm):  # type: ignore[misc]  # allauth carries no types
    """E-mail and password; the link to a new password stands below the button."""


class SignupForm(OurWords, BaseSignupForm):
    """Name, e-mail and a password."""


class ResetPasswordForm(OurWords, library.ResetPasswordForm):  # type: ignore[misc]  # as above
    """Where to send the link to."""


class ResetPasswordKeyForm(OurWords, library.ResetPasswordKeyForm):  # type: ignore[misc]  # as above
    """A new password by that link."""


class ChangePasswordForm(OurWords, library.ChangePasswordForm):  # type: ignore[misc]  # as above
    """A new password for the old one."""


class ReauthenticateForm(OurWords, library.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password once more, before something that matters."""
