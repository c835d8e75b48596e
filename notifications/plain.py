"""A mail that is no message: it keeps no row, for it is about something that is no case. Its reader has a page."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage


def send(*, to: str, subject: str, words: str, path: str, key: str) -> None:
    """Some words and the address of the page; the same key is the same mail, so that readers show it once.

    An address that will never take it is left alone; any other fault asks for another attempt.
    """
    host = urlsplit(settings.MALL_BASE_URL).hostname
    headers = {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, f"{words}\n\n{settings.MALL_BASE_URL}{path}\n", to=[to], headers=headers).send()
    except smtplib.SMTPRecipientsRefused:
        return
