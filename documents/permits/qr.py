"""A QR code as one SVG path, sharp at any size."""


def path(text: str) -> tuple[int, str]:
    """The size in modules, quiet zone included, and the path of the dark modules; one run of them a piece."""
    import segno

    border = 2
    code = segno.make(text, error="m", micro=False)
    pieces = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                pieces.append(f"M{x + border} {y + border}h{length}v1h-{length}z")
            x += length or 1
    return len(code.matrix) + 2 * border, "".join(pieces)
