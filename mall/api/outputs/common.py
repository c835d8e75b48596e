"""What the described answers are made of."""

from typing import Any

from rest_framework import serializers

Char, Int, Bool, Moment, Day = (
    serializers.CharField,
    serializers.IntegerField,
    serializers.BooleanField,
    serializers.DateTimeField,
    serializers.DateField,
)


class Out(serializers.Serializer[Any]):
    """An object of an answer."""


def choice(values: Any) -> serializers.ChoiceField:
    """One of a closed list."""
    return serializers.ChoiceField(choices=[str(value) for value in values])


class Words(Out):
    """A text people read: Indonesian always, English when there is one."""

    id = Char(allow_blank=True)
    en = Char(required=False)


def page_of(item: type[Out]) -> type[Out]:
    """A page of a list."""
    following = Char(allow_null=True, help_text="Address of the next page; null on the last.")
    return type(f"{item.__name__}Page", (Out,), {"items": item(many=True), "next": following, "__doc__": "A page."})
