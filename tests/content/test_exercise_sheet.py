"""docs/exercises.md shows every exercise as it is now, and its links lead somewhere."""

import re
from pathlib import Path

from bot.catalog import Catalog
from bot.exercise_sheet import contact_sheet

SHEET = Path(__file__).parents[2] / "docs" / "exercises.md"


def test_the_sheet_is_up_to_date(catalog: Catalog, content: Path) -> None:
    """Whoever changes an exercise writes it anew."""
    written = SHEET.read_text(encoding="utf-8")
    assert written == contact_sheet(catalog, content, SHEET.parent), "run: lumbar content sheet docs/exercises.md"


def test_every_exercise_is_on_the_sheet_with_picture_levels_and_sources(catalog: Catalog, content: Path) -> None:
    """Each still once, told in words; what every level asks for, and what none does."""
    sheet = contact_sheet(catalog, content, SHEET.parent)
    assert sheet.count("<img ") == len(catalog.exercises)
    for name, by_language in catalog.exercises.items():
        text = by_language["en"]
        assert f'/{name}/still.png" width="250" alt="{text.picture}"' in sheet
        assert f"{text.name}</a></b><br>\n{text.purpose}<br>\n<i>" in sheet
        assert re.search(rf"\*\*{re.escape(text.name)}\*\*[^\n]*\n\n- \w", sheet), "no source"
    assert "<i>Settle, Base, Build, Keep</i>" in sheet
    assert "In no level: a clinician chooses it for one person" in sheet
    assert "**Cat-camel** (easier: Bottom to heels stretch; harder: Bird-dog)" in sheet


def test_every_link_of_the_sheet_leads_to_a_file(catalog: Catalog, content: Path) -> None:
    """Stills, films and words, from the folder that the sheet lies in."""
    links = re.findall(r'(?:src|href)="([^"]+)"', contact_sheet(catalog, content, SHEET.parent))
    assert len(links) == 3 * len(catalog.exercises)
    assert not [link for link in links if not (SHEET.parent / link).is_file()]
