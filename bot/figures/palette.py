"""The colours: calm, told apart by lightness as well as by hue, the same in light and in dark chats.

The pictures bring their own background, so nothing depends on the colour of the chat around them.
"""

from __future__ import annotations

Colour = tuple[int, int, int]

BACKGROUND: Colour = (236, 240, 236)
FLOOR: Colour = (221, 229, 223)
MAT: Colour = (150, 184, 186)
CUSHION: Colour = (247, 226, 178)
FURNITURE: Colour = (201, 172, 140)
WALL: Colour = (214, 221, 217)

BODY: dict[str, Colour] = {
    "skin": (226, 168, 132),
    "hair": (84, 58, 50),
    "shirt": (232, 124, 96),
    "leggings": (58, 84, 124),
    "eye": (52, 40, 40),
    "shoe": (246, 244, 238),
}
GLOW: dict[str, Colour] = {"shirt": (255, 204, 72), "leggings": (142, 186, 240)}  # a glow keeps its cloth's warmth
ARROW: Colour = (30, 112, 104)
ARROW_EDGE: Colour = (255, 255, 255)
BREATH: Colour = (74, 144, 186)
BREATH_RING: Colour = (190, 212, 222)
PANEL_EDGE: Colour = (214, 222, 216)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(one + (two - one) * share) for one, two in zip(colour, other, strict=True))
    return red, green, blue


# What covers few pixels and must not be lost where a picture is kept in few colours.
RARE = (
    ARROW,
    ARROW_EDGE,
    BODY["eye"],
    *(_mixed(BODY[cloth], glow, share) for cloth, glow in GLOW.items() for share in (0.25, 0.5, 0.75)),
)
