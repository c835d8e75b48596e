"""Django's extraction of texts, which also knows the short names under which this project imports gettext."""

from django.core.management.commands import makemessages

NAMES = ("lazy", "_now", "_t")
"""What follows `gettext as …` and `gettext_lazy as …` in a module that needs both; `_` is known already."""


class Command(makemessages.Command):
    """`makemessages` without guesses: a new sentence stays empty until somebody has translated it."""

    xgettext_options = [*makemessages.Command.xgettext_options, *(f"--keyword={name}" for name in NAMES)]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
