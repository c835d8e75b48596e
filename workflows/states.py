"""The field of every machine's state, and the database's own word on where it may go."""

from collections.abc import Callable
from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django_fsm import FSMField

Machine = TypeVar("Machine", bound=type[models.Model])


class StateField(FSMField):
    """Where something stands; only transitions move it.

    A migration knows it as the plain column that it is. An `FSMField` listens for every model class that is made, and
    a migration makes thousands of them with a field each: that was most of the time of `migrate`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As `CharField`."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


def keeps_its_edges(name: str, *, field: str = "state") -> Callable[[Machine], Machine]:
    """PostgreSQL lets the state of this model go along its declared transitions only; `name` is the trigger's."""

    def keep(model: Machine) -> Machine:
        machine: Any = model._meta.get_field(field)
        edges = {(str(one.source), str(one.target)) for one in machine.get_all_transitions(model)}
        pgtrigger.register(pgtrigger.FSM(name=name, field=field, transitions=sorted(edges)))(model)
        return model

    return keep
