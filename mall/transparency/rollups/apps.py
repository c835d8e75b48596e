"""Registration of the package with Django."""

from django.apps import AppConfig


class RollupsConfig(AppConfig):
    """The `mall.transparency.rollups` package."""

    name = "mall.transparency.rollups"
    label = "rollups"

    def ready(self) -> None:
        """Listen to the log."""
        from mall.transparency.rollups import folding
        from workflows.trail import registry

        registry.register_batch(folding.CONSUMER)
