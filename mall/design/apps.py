from django.apps import AppConfig


class DesignConfig(AppConfig):
    """How every page of the mall looks; knows no case and no person."""

    name = "mall.design"
    label = "design"
