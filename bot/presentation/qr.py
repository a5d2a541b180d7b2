"""The QR picture of an invitation: a link in, the bytes of a PNG out. The easel imports it, and nobody else."""

from io import BytesIO

import segno

PIXELS_A_MODULE = 16
QUIET_MODULES = 4  # the white edge that readers need (ISO/IEC 18004)


def draw_qr(url: str) -> bytes:
    """Draw a link as a QR code, black on white, that is read even where a sixth of it is covered."""
    stream = BytesIO()
    segno.make_qr(url, error="q").save(stream, kind="png", scale=PIXELS_A_MODULE, border=QUIET_MODULES)
    return stream.getvalue()
