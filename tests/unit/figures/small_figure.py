"""A small figure for tests: somebody on hands and knees who sits back and comes forward again."""

from typing import Any

from bot.figures.figure import Figure, unfold
from bot.figures.schema import FigureFile


def small_file(**changes: Any) -> dict[str, Any]:
    """Return the keys of a figure.yaml, with some of them changed."""
    table = {
        "seconds": 4,
        "camera": {"around": -90, "height": 12},
        "anchor": "knees",
        "props": {"mat": {}},
        "poses": {
            "table": {
                "at": [0, 0, 0],
                "joints": {
                    "pelvis": {"lean": 81},
                    "hips": {"flex": 81},
                    "knees": {"flex": 90},
                    "ankles": {"flex": -66},
                },
                "reach": {"hands": {"at": [0.46, 0.17, 0], "bend": [-1, 0.5, -0.2]}},
                "contacts": ["hands", "knees"],
            },
            "back": {
                "from": "table",
                "joints": {"hips": {"flex": 120}, "knees": {"flex": 129}},
                "glow": {"lower-back": 1},
            },
        },
        "moves": [{"at": 0, "pose": "table"}, {"at": 2, "pose": "back"}],
        "breath": [{"at": 0, "air": "out"}, {"at": 2, "air": "in"}],
        "arrows": [{"points": [[0, 0, 0.7], [-0.3, 0, 0.6]], "show": [0, 2]}],
        "still": [0, 2],
    }
    return {**table, **changes}


def small_figure(**changes: Any) -> Figure:
    """Return the small figure, with some of its keys changed."""
    return unfold(FigureFile.model_validate(small_file(**changes)))
