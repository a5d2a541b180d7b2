"""The clinic's letterhead: who gets it, where it may not stand, what makes it another, and how it is drawn."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from matplotlib.image import imread
from matplotlib.text import Text
from PIL import Image

from bot.domain import effects as do
from bot.domain.chat import Hold
from bot.domain.safety import Finding
from bot.presentation import messages
from bot.presentation.content import Clinic, Logo
from bot.presentation.i18n import Html
from bot.presentation.letterhead import CARD, NAME, headed, letterheads_of
from bot.presentation.letterhead_chart import LetterheadChart, draw_letterhead, letterhead_figure
from tests.unit.presentation.rendered import KINDS, NOW, TEXTS, VIEW
from tests.unit.test_letterhead import png

CLINIC = TEXTS.clinic
PLAIN = replace(CLINIC, colour=None, logo=None)
LONG_NAME = (
    "The Saint Bartholomew Interdisciplinary Centre for Physiotherapy and Sports Medicine of the Northern Counties"
)
KEYBOARD = (({"text": "Yes", "callback_data": "yes"},),)


def pictures_after(finding: str, *, held: str | None = None, clinic: Clinic = CLINIC, text_only: bool = False) -> int:
    """Count the pictures that go with the referral for a kind of finding, while another kind holds the programme."""
    hold = None if held is None else Hold(*KINDS[held], rule_id="E1", since=NOW)
    view = replace(VIEW, chat=replace(VIEW.chat, hold=hold, text_only=text_only), texts=replace(TEXTS, clinic=clinic))
    rendered = messages.render(do.Refer(Finding(*KINDS[finding], "E1", ()), holds=hold is not None), view)
    assert rendered[0].method == "sendMessage"
    return sum(outgoing.method == "sendPhoto" for outgoing in rendered)


@pytest.mark.parametrize(
    ("finding", "held", "pictures"),
    [
        ("referral", None, 1),
        ("urgent", None, 1),
        ("urgent", "urgent", 1),
        ("emergency", None, 0),
        ("emergency", "emergency", 0),
        ("suicide", "suicide", 0),
        ("referral", "emergency", 0),
        ("urgent", "suicide", 0),
    ],
)
def test_a_card_follows_a_referral_but_nothing_grave(finding: str, held: str | None, pictures: int) -> None:
    """The words come first in any case."""
    assert pictures_after(finding, held=held) == pictures


@pytest.mark.parametrize(
    ("clinic", "pictures"),
    [
        (PLAIN, 0),
        (replace(PLAIN, colour="#9a3412"), 1),
        (replace(PLAIN, logo=Logo(b"", "image/png")), 1),
        (replace(PLAIN, logo=Logo(b"", "image/svg+xml")), 0),
    ],
)
def test_a_clinic_without_looks_has_no_letterhead(clinic: Clinic, pictures: int) -> None:
    """A colour will do, or a logo that can be drawn."""
    assert pictures_after("urgent", clinic=clinic) == pictures
    assert bool(letterheads_of(clinic)) is bool(pictures)


def test_who_wants_text_only_gets_no_picture() -> None:
    """Neither with the greeting nor after a referral."""
    assert pictures_after("urgent", text_only=True) == 0
    (greeting,) = messages.render(do.Greet("Ada"), replace(VIEW, chat=replace(VIEW.chat, text_only=True)))
    assert greeting.method == "sendMessage"


def test_what_is_too_long_for_a_caption_has_the_picture_in_front() -> None:
    """Counted as Telegram counts: without tags, a face as two; the buttons stay with the words."""
    (short,) = headed(Html("<b>" + "😀" * 512 + "</b>"), KEYBOARD, VIEW, live=True)
    assert (short.method, short.live) == ("sendPhoto", True)
    picture, words = headed(Html("😀" * 512 + "."), KEYBOARD, VIEW, live=True)
    assert (picture.payload["photo"], picture.payload["caption"]) == ({"$media": NAME}, CLINIC.name)
    assert (words.method, words.live) == ("sendMessage", True)
    assert "reply_markup" in words.payload
    assert "reply_markup" not in picture.payload


@pytest.mark.parametrize(
    ("changed", "others"),
    [
        ({}, set()),
        ({"address": "elsewhere"}, set()),
        ({"name": "Another"}, {NAME, CARD}),
        ({"colour": "#9a3412"}, {NAME, CARD}),
        ({"logo": Logo(png(64, 64), "image/png")}, {NAME, CARD}),
        ({"logo": None}, {NAME, CARD}),
        ({"phone_display": "1"}, {CARD}),
        ({"hours": "never"}, {CARD}),
    ],
)
def test_another_look_is_another_picture(changed: dict[str, object], others: set[str]) -> None:
    """Whatever stands on it; what does not is no reason to upload it again."""
    before, after = letterheads_of(CLINIC), letterheads_of(replace(CLINIC, **changed))  # type: ignore[arg-type]
    assert {name for name in before if before[name].digest != after[name].digest} == others
    assert len({one.digest for one in before.values()}) == 2


def test_it_is_a_wide_png_and_the_card_twice_as_high() -> None:
    """1280 by 320 and 640 pixels, light enough to be uploaded at once."""
    for phone, height in ((None, 320), ("(212) 555-0123", 640)):
        content = draw_letterhead(LetterheadChart("Back Center", "#1f5f8b", phone, "always"), png(64, 200))
        assert content.startswith(b"\x89PNG")
        assert [int.from_bytes(content[at:end]) for at, end in pairwise((16, 20, 24))] == [1280, height]
        assert len(content) < 200_000


def test_the_band_has_the_clinics_colour_from_edge_to_edge() -> None:
    """Without one it is white, and the name black."""
    content = draw_letterhead(LetterheadChart("B", "#1f5f8b", "1", "always"))
    pixels = imread(BytesIO(content), format="png")
    corners = [[round(255 * float(part)) for part in pixels[row, column][:3]] for row in (0, 319) for column in (0, -1)]
    assert corners == [[0x1F, 0x5F, 0x8B]] * 4
    assert written(LetterheadChart("B", None))["B"].get_color() != "white"


@pytest.mark.parametrize(
    ("name", "logo"),
    [
        ("Physio", b""),
        (LONG_NAME, png(1000, 100)),
        ("Donaudampfschifffahrtsgesellschaftsrückenpraxis", png(100, 100)),
        ("Clínica Peñalolén", png(64, 1000)),
    ],
)
def test_a_name_of_any_length_stands_whole_beside_the_logo(name: str, logo: bytes) -> None:
    """On as many lines as it takes, none beyond the margin."""
    texts = written(LetterheadChart(name, "#1f5f8b"), logo)
    assert " ".join(texts) == name
    for text in texts.values():
        assert text.get_window_extent().x1 <= 1280 - 48


def test_a_logo_without_colours_stays_without() -> None:
    """Half grey is half grey."""
    stream = BytesIO()
    Image.new("L", (64, 64), 128).save(stream, format="png")
    pixels = imread(BytesIO(draw_letterhead(LetterheadChart("B", "#1f5f8b"), stream.getvalue())), format="png")
    assert {round(255 * float(part)) for part in pixels[160, 160][:3]} <= {127, 128, 129}


def test_letters_that_the_font_lacks_are_not_drawn_as_boxes() -> None:
    """Words are better, and whoever asked for the drawing is told."""
    with pytest.raises(UserWarning, match="missing from font"):
        draw_letterhead(LetterheadChart("脊椎クリニック", "#1f5f8b"))


def written(chart: LetterheadChart, logo: bytes = b"") -> dict[str, Text]:
    """Return the lines of a picture, by what they say."""
    return {text.get_text(): text for text in letterhead_figure(chart, logo).axes[0].texts}
