"""Where regions lie: outlines from an official file, or nothing, and then maps are schematic."""

from django.db import models

from agencies import clock
from agencies.models.places import Region


class RegionOutline(models.Model):
    """The outline of one region as it was imported. Replaced whole, never edited."""

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, related_name="outline")
    rings = models.JSONField(help_text="Rings of [longitude, latitude] in degrees, WGS 84.")
    source = models.CharField(max_length=200, help_text="Who published the file and when, in Indonesian.")
    licence = models.CharField(max_length=60, help_text="Its licence, e.g. CC-BY-4.0.")
    loaded_at = models.DateTimeField(default=clock.now, help_text="When it was imported.")

    def __str__(self) -> str:
        return self.region_id
