"""The ways by which a message leaves the house; one folder each. Delete the folder and its line: it is gone."""

from notifications.channels.base import Outside
from notifications.channels.email import Email
from notifications.models import Channel

OUTSIDE: dict[str, Outside] = {Channel.EMAIL: Email()}
"""Inbox, call list and capture are rows of our own and need no driver."""
