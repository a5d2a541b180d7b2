"""What six answers lead to: which make sense, and what the two files say then."""

import re
from pathlib import Path

import pytest

from bot.content_files import ContentFiles
from bot.content_schema import ClinicFile
from bot.settings import CHECKOUT, load_settings
from bot.setup import (
    ADDRESS,
    DATABASE,
    HOURS,
    NAME,
    PHONE,
    QUESTIONS,
    TOKEN,
    Answers,
    Question,
    WrongAnswer,
    answers_of,
    card_with,
    check,
    env_with,
    is_demonstration,
    write,
)

COUNTRIES = frozenset({"US", "ES", "NO"})
A_TOKEN = "123456789:AAEabcdefghijklmnopqrstuvwxyz0123456"
GIVEN = {
    "token": A_TOKEN,
    "name": 'St. John\'s "Back" & Spine',
    "phone": "+34 911 23-45-67",
    "address": "Calle Ejemplo 1, 28001 Madrid, ES",
    "hours": "Lunes a viernes: 8:00 a 18:00 # o así",
    "database": "",
}
DEMONSTRATION = (CHECKOUT / "content" / "clinic.yaml").read_text(encoding="utf-8")


def test_every_question_shows_an_answer_that_it_takes() -> None:
    """The example is one, but for the token's, which is cut short so that nobody pastes it."""
    for question in QUESTIONS:
        if question is not TOKEN:
            assert check(question, question.example, countries=COUNTRIES) == question.example
    assert check(TOKEN, f" {A_TOKEN}\n", countries=COUNTRIES) == A_TOKEN


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (TOKEN, ""),
        (TOKEN, "123456789"),
        (NAME, "   "),
        (NAME, "two\nlines"),
        (NAME, "long" * 60),
        (PHONE, "911 23 45 67"),
        (PHONE, "+34 call us"),
        (ADDRESS, "Calle Ejemplo 1, Madrid"),
        (ADDRESS, "Calle Ejemplo 1, Madrid, es"),
        (ADDRESS, ", ES"),
        (ADDRESS, "Somewhere, ZZ"),
        (HOURS, ""),
        (DATABASE, "mysql://somewhere/lumbar"),
        (DATABASE, "/no/such/folder/lumbar.db"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_with_an_example(question: Question, answer: str) -> None:
    """Whoever mistypes sees what was expected."""
    with pytest.raises(WrongAnswer, match=re.escape(question.example)):
        check(question, answer, countries=COUNTRIES)


def test_a_path_becomes_the_address_of_a_file(tmp_path: Path) -> None:
    """An operator need not know how SQLAlchemy writes one."""
    answers = answers_of({**GIVEN, "database": str(tmp_path / "lumbar.db")})
    assert answers.database_url == f"sqlite:///{tmp_path / 'lumbar.db'}"


@pytest.mark.parametrize("name", [GIVEN["name"], "No", "Praxis: Rücken #1", "- Back -", "Plain Name"])
def test_the_card_says_what_was_answered_and_keeps_its_comments(tmp_path: Path, name: str) -> None:
    """Whatever a name holds, the card is read as it was meant; filling it in twice is as good as once."""
    card = answers_of({**GIVEN, "name": name, "address": "Calle Ejemplo 1, 28001 Madrid, NO"}).card()
    filled = card_with(DEMONSTRATION, card)
    assert filled == card_with(filled, card)
    assert not is_demonstration(filled)
    assert is_demonstration(DEMONSTRATION)
    assert "# as dialled from abroad" in filled
    assert "# Mobile telephones know 112" in filled
    (tmp_path / "clinic.yaml").write_text(filled, encoding="utf-8")
    files = ContentFiles(tmp_path)
    clinic = files.read_yaml(tmp_path / "clinic.yaml", ClinicFile)
    assert clinic is not None, files.problems
    assert (clinic.name, clinic.phone, clinic.country) == (name, "+34911234567", "NO")
    assert (clinic.phone_display, clinic.hours) == (GIVEN["phone"], GIVEN["hours"])
    assert clinic.address == "Calle Ejemplo 1, 28001 Madrid"


def test_a_clinic_gets_neither_colour_nor_logo_of_the_demonstration() -> None:
    """They are nobody's; what a clinic has chosen since is its own, and stays."""
    filled = card_with(DEMONSTRATION, answers_of(GIVEN).card())
    assert yaml_lines(filled) == ["colour: null", "logo: null"]
    chosen = filled.replace("colour: null", 'colour: "#9a3412"')
    assert yaml_lines(card_with(chosen, answers_of(GIVEN).card())) == ['colour: "#9a3412"', "logo: null"]


def yaml_lines(card: str) -> list[str]:
    """Return the lines about the clinic's looks, without comments."""
    return [line.partition("  ")[0] for line in card.splitlines() if line.startswith(("colour:", "logo:"))]


def test_a_map_is_found_for_the_longest_address() -> None:
    """Letters that a link writes as six each do not make it too long for a button."""
    answers = Answers(A_TOKEN, "n", "+1", "+1", "ю" * 190, "US", "h", "")
    assert len(answers.card()["map_url"]) <= 500


def test_other_settings_stay(tmp_path: Path) -> None:
    """Of `.env` only the two lines change, and what they say is read back, whatever a password holds."""
    before = "# mine\nLOG_LEVEL=DEBUG\nTELEGRAM_BOT_TOKEN=old\n"
    url = "postgresql://lumbar:pa'ss\"w rd@localhost/lumbar"
    text = env_with(before, {"TELEGRAM_BOT_TOKEN": A_TOKEN, "DATABASE_URL": url})
    assert text.startswith(f"# mine\nLOG_LEVEL=DEBUG\nTELEGRAM_BOT_TOKEN={A_TOKEN}\n")
    file = tmp_path / ".env"
    file.write_text(text, encoding="utf-8")
    settings = load_settings(env_file=file)
    assert settings.bot_token == A_TOKEN
    assert settings.database_url == url.replace("postgresql:", "postgresql+psycopg:")
    assert settings.log_level == "DEBUG"


def test_nothing_is_half_written(tmp_path: Path) -> None:
    """Where one of two files cannot be written, the other is as it was, and nothing lies about."""
    there = tmp_path / "there"
    there.write_text("before", encoding="utf-8")
    with pytest.raises(OSError, match="nowhere"):
        write({there: ("after", 0o600), tmp_path / "nowhere" / "file": ("text", 0o600)})
    assert there.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [there]


def test_the_secret_is_the_owners_alone(tmp_path: Path) -> None:
    """Others on the machine cannot read the token, also where the file was open to all before."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=\n", encoding="utf-8")
    file.chmod(0o604)
    write({file: ("secret", 0o600)})
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text(encoding="utf-8") == "secret"


def test_a_group_that_may_read_it_still_may(tmp_path: Path) -> None:
    """The bot's own user reads what root set up, also after root has set it up anew."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=\n", encoding="utf-8")
    file.chmod(0o640)
    write({file: ("secret", 0o600)})
    assert file.stat().st_mode & 0o777 == 0o640
