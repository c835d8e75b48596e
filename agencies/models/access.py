"""Who may log in, and as what."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.choices import Role
from agencies.ids import new_id
from agencies.models.fields import LowerEmailField, one_of
from agencies.models.places import Agency, Site


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the log-in."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """A user who can log in with `password`, or not yet at all without one."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """For `manage.py createsuperuser`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> "User":
        """By e-mail address, in any case of letters."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A log-in and nothing more: who the human is stands in `Person`, what she may do in `Membership`."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = LowerEmailField(_("alamat surel"), unique=True, help_text="The log-in, always in lower case.")
    name = models.CharField(_("nama"), max_length=200, blank=True, help_text="How the pages address the user.")
    is_active = models.BooleanField(default=True, help_text="False: may no longer log in.")
    is_staff = models.BooleanField(
        default=False, help_text="May open the technical administration; says nothing about cases."
    )
    joined_at = models.DateTimeField(default=clock.now, editable=False, help_text="When made.")

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="agencies_user_email_lower")]

    def __str__(self) -> str:
        return self.name or self.email

    def __repr__(self) -> str:
        # An e-mail address is personal data and a repr ends in logs.
        return f"<User {self.pk}>"

    def get_full_name(self) -> str:
        """As Django's own views call it."""
        return str(self)

    get_short_name = get_full_name


_ALONE = """
PERFORM 1 FROM agencies_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
IF EXISTS (
    SELECT 1 FROM agencies_membership held
    WHERE held.user_id = NEW.user_id AND held.active AND held.id <> NEW.id
        AND (held.role = 'complaints') <> (NEW.role = 'complaints')
) THEN
    RAISE EXCEPTION 'who handles complaints holds no other role' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
"""The lock on the account makes two roles that are given at once wait for each other."""


class Membership(models.Model):
    """One role of one user in one agency, for a time. Who handles complaints does nothing else (Perpres 76/2013)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", help_text="Who holds the role.")
    role = models.CharField(max_length=16, choices=Role.choices, help_text="Which role.")
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="memberships",
        help_text="For whom; staff of the mall itself belong to DPMPTSP.",
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        help_text="Where; empty means at every site.",
    )
    active = models.BooleanField(default=True, help_text="False once revoked; the row stays as history.")
    since = models.DateField(default=clock.today, help_text="First day, WIB.")
    until = models.DateField(null=True, blank=True, help_text="Last day, WIB; empty: no end.")

    class Meta:
        constraints = [
            one_of("role", Role, name="agencies_membership_role"),
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                condition=Q(active=True),
                name="agencies_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="agencies_membership_dates",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="membership_complaints_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__active=True),
                func=_ALONE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}@{self.agency_id}"
