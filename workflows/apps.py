from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"
    label = "workflows"
    verbose_name = "Alur layanan"

    def ready(self) -> None:
        """Hear of holidays and opening hours that become known later."""
        from agencies.hooks import on_holiday_changed, on_hours_changed
        from workflows.clock.holidays import recount, reopen

        on_holiday_changed(recount)
        on_hours_changed(reopen)
