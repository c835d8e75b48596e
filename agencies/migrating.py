"""Operations of migrations that change a table's rules and none of its columns.

Django makes a model, and every model that it hangs together with, anew after each operation: hundreds of classes for a
check that none of them reads. These note the rule in the state and leave the classes as they are; the next operation
on a column makes them anew with it. Most of the time of `migrate` from nothing went there (ADR 9).
"""

import pgtrigger.migrations
from django.db import migrations
from django.db.migrations.state import ProjectState


def _note(state: ProjectState, app_label: str, model: str, option: str, rule: object) -> None:
    options = state.models[app_label, model].options
    options[option] = [*options.get(option, []), rule]


class AddTrigger(pgtrigger.migrations.AddTrigger):
    """As pgtrigger's."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note it."""
        _note(state, app_label, self.model_name.lower(), "triggers", self.trigger)


class AddConstraint(migrations.AddConstraint):
    """As Django's."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note it."""
        _note(state, app_label, self.model_name_lower, "constraints", self.constraint)


class AddIndex(migrations.AddIndex):
    """As Django's."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Note it."""
        _note(state, app_label, self.model_name_lower, "indexes", self.index.clone())
