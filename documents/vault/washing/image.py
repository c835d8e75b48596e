"""Pictures: decoded, turned upright, and encoded anew, without EXIF, comments or anything behind the end."""

from io import BytesIO

from PIL import Image, ImageOps

from documents.vault.kinds import JPG, MOST_PIXELS, Kind
from documents.vault.washing.limits import Fault, Unfit

QUALITY = 88
PLAIN_MODES = ("L", "RGB")


def wash(content: bytes, kind: Kind) -> tuple[bytes, int]:
    """The picture as new bytes, and 1 page."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked before a pixel is decoded
    with Image.open(BytesIO(content), formats=["JPEG" if kind is JPG else "PNG"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise Unfit(Fault.PIXELS)
        upright = ImageOps.exif_transpose(image)
        clean = _plain(upright, transparent=kind is not JPG)
    out = BytesIO()
    if kind is JPG:
        clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        clean.save(out, "PNG", compress_level=6)
    return out.getvalue(), 1


def _plain(image: Image.Image, *, transparent: bool) -> Image.Image:
    """Grey, colour, or colour with transparency; the palette, profile and notes are left behind."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    if transparent and has_alpha:
        plain = image.convert("RGBA")
    elif image.mode.startswith("I;16"):
        plain = image.point(lambda value: value / 256).convert("L")
    else:
        plain = image if image.mode in PLAIN_MODES else image.convert("RGB")
    plain.info = {}
    return plain
