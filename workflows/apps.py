from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "workflows"
    verbose_name = "Alur layanan"

    def ready(self) -> None:
        """Hear of holidays that become known later."""
        from agencies.hooks import on_holiday_changed
        from workflows.clock.holidays import recount

        on_holiday_changed(recount)
