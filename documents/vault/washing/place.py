"""Where a photo says that it was taken. Read by the child, as everything else of a file that is not trusted."""

from io import BytesIO
from math import isfinite
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD


def of(content: bytes) -> str:
    """Latitude and longitude in degrees, as `-8.21920, 114.36910`; nothing where the photo does not rightly say."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as image:
            told = image.getexif().get_ifd(IFD.GPSInfo)
        north = _degrees(told[GPS.GPSLatitude], told[GPS.GPSLatitudeRef] == "S", most=90)
        east = _degrees(told[GPS.GPSLongitude], told[GPS.GPSLongitudeRef] == "W", most=180)
    except Exception:  # noqa: BLE001 - a picture with broken notes is still a picture
        return ""
    return f"{north:.5f}, {east:.5f}"


def _degrees(told: Any, negative: bool, *, most: int) -> float:
    degrees, minutes, seconds = (float(part) for part in told)
    found = degrees + minutes / 60 + seconds / 3600
    if not isfinite(found) or found > most:
        raise ValueError
    return -found if negative else found
