"""How django-allauth makes and names a `User`: by e-mail only, and without a `Person`."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import BaseSignupForm
from django.http import HttpRequest

from agencies.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Set as `ACCOUNT_ADAPTER`."""

    def save_user(self, request: HttpRequest, user: User, form: BaseSignupForm, commit: bool = True) -> User:
        """Fill a new user from the sign-up form."""
        user.name = " ".join(str(form.cleaned_data.get("name", "")).split())
        saved: User = super().save_user(request, user, form, commit)
        return saved
