"""E-mail by SMTP, or whatever Django's `EMAIL_BACKEND` is; the demo writes files."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from notifications import links
from notifications.channels.base import Rejected, Unreachable
from notifications.models import Delivery, Message
from notifications.services import address_of

NO_SUCH_ADDRESS = frozenset({550, 551, 553})
"""Answers to RCPT that speak of the address and not of us or of the moment (RFC 5321 §4.2.3)."""


class Email:
    """Sends plain text, one person a mail."""

    def deliver(self, delivery: Delivery) -> str:
        """Send the mail; the Message-ID is the same in every attempt, so that readers show it once."""
        message = delivery.message
        address = address_of(message)
        if not address:
            raise Rejected
        if message.link_id and not links.opens(message.link_id):
            raise Rejected
        key = f"<{delivery.pk}@{urlsplit(settings.MALL_BASE_URL).hostname}>"
        mail = EmailMessage(
            message.subject,
            "\n\n".join(filter(None, (message.title, _secret(message), f"{message.body}\n"))),
            to=[address],
            headers={"Message-ID": key, "Auto-Submitted": "auto-generated", "Content-Language": message.language},
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = {code for code, _text in error.recipients.values()}
            if codes <= NO_SUCH_ADDRESS:
                raise Rejected from error
            raise
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError) as error:
            raise Unreachable from error
        except smtplib.SMTPException:
            raise
        except OSError as error:
            raise Unreachable from error
        return key


def _secret(message: Message) -> str:
    """The address that must not lie in the database, put into the mail as it leaves."""
    return f"Tautan untuk menjawab:\n{links.advice_url(message.link_id)}" if message.link_id else ""
