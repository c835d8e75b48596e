"""`{% load portal %}`: the names of services and the texts of a definition in the language of the page."""

from django import template

from mall.forms.words import in_language
from workflows.definition.model import Text
from workflows.definition.models import ServiceType

register = template.Library()


@register.filter
def service_name(service: ServiceType) -> str:
    """The name of a service: `{{ case.service|service_name }}`."""
    return in_language(Text(service.name_id, service.name_en))


@register.filter
def told(text: Text) -> str:
    """A text of a definition: `{{ line.label|told }}`."""
    return in_language(text)
