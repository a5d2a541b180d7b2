"""Settings: where they come from, what they refuse, and what they keep to themselves."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import CHECKOUT, Settings, SettingsError, load_settings

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFa"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every setting out of the environment the tests run in."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def load(**overrides: Any) -> Settings:
    """Load settings without anybody's own .env."""
    return load_settings(env_file=None, **overrides)


def refusal(**overrides: Any) -> str:
    """Load settings that must be refused and return the line that says so."""
    with pytest.raises(SettingsError) as caught:
        load(**overrides)
    assert caught.value.__context__ is None
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_nothing_needs_to_be_set() -> None:
    """Without any setting there is a database file beside the checkout, the real API and no token."""
    settings = load()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == f"sqlite:///{CHECKOUT}/lumbar.db"
    assert settings.content_dir == CHECKOUT / "content"
    assert (settings.port, settings.reminder_grace_seconds, settings.messages_per_second) == (None, 7200, 30.0)


def test_the_environment_outranks_the_file_and_options_outrank_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each source overrules the one before; an option that was not given overrules nothing."""
    file = tmp_path / ".env"
    file.write_text("PORT=1111\nLOG_LEVEL=WARNING\nREMINDER_GRACE_SECONDS=60\nSOMEBODY_ELSES=1\n")
    monkeypatch.setenv("PORT", "2222")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    settings = load_settings(env_file=file, port=3333, log_level=None)

    assert (settings.port, settings.log_level, settings.reminder_grace_seconds) == (3333, "ERROR", 60)


def test_an_empty_value_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of .env.example left empty keeps the default, in the file and in the environment."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_BOT_TOKEN=\nDATABASE_URL=\n")
    monkeypatch.setenv("PORT", "")

    assert load_settings(env_file=file) == load()


def test_a_missing_token_says_how_to_get_one() -> None:
    """Only who needs the token asks for it, and then learns where tokens come from."""
    with pytest.raises(SettingsError, match=r"TELEGRAM_BOT_TOKEN is not set: open @BotFather.*/newbot"):
        _ = load().bot_token
    assert load(telegram_bot_token=TOKEN).bot_token == TOKEN


@pytest.mark.parametrize(
    "token", ["nonsense", "123456789", "123456789:short", f"bot{TOKEN}", f"{TOKEN} ", f"{TOKEN}\n", TOKEN[:-8] + "é"]
)
def test_a_malformed_token_is_refused_without_being_shown(token: str) -> None:
    """What was given may be most of a real token, so the line does not repeat it."""
    line = refusal(telegram_bot_token=token)
    assert line.startswith("TELEGRAM_BOT_TOKEN is not a bot token")
    assert "@BotFather" in line
    assert token not in line.replace("nonsense", "")


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgres://u:p@host:5432/lumbar", "postgresql+psycopg://u:p@host:5432/lumbar"),
        ("postgresql://u:p@host/lumbar?sslmode=require", "postgresql+psycopg://u:p@host/lumbar?sslmode=require"),
        ("postgresql+psycopg://host/lumbar", "postgresql+psycopg://host/lumbar"),
        ("postgresql:///lumbar?host=/run/postgresql", "postgresql+psycopg:///lumbar?host=/run/postgresql"),
        ("sqlite:///lumbar.db", "sqlite:///lumbar.db"),
        ("sqlite:////tmp/lumbar.db", "sqlite:////tmp/lumbar.db"),
    ],
)
def test_a_database_url_is_understood_in_every_usual_spelling(given: str, understood: str) -> None:
    """Heroku's spelling and PostgreSQL's own name the driver we have; SQLite stays."""
    assert load(database_url=given).database_url == understood


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:s3cret@host/db",
        "s3cret",
        "postgres://",
        "postgres://u:s3cret@host:port/db",
        "postgres://u:s3cret@[host/db",
        "postgresql+asyncpg://u:s3cret@host/db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:////no/such/folder/lumbar.db",
    ],
)
def test_a_bad_database_url_is_refused_without_its_password(url: str) -> None:
    """The line says what a good one looks like."""
    line = refusal(database_url=url)
    assert line.startswith("DATABASE_URL ")
    assert "give sqlite:///lumbar.db, or postgresql://" in line
    assert "s3cret" not in line


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("default_time_zone", "Mars/Base", 'DEFAULT_TIME_ZONE "Mars/Base" is not a known time zone'),
        ("default_time_zone", "America", 'DEFAULT_TIME_ZONE "America" is not a known time zone'),
        ("default_time_zone", "../../etc/passwd", "DEFAULT_TIME_ZONE"),
        ("log_level", "loud", 'LOG_LEVEL "LOUD" is not a choice: choose DEBUG, INFO, WARNING or ERROR'),
        ("log_format", "xml", 'LOG_FORMAT "xml" is not a choice'),
        ("port", "abc", 'PORT "abc" is not a whole number: give a free port'),
        ("port", "65536", 'PORT "65536" is too large'),
        ("port", "-1", 'PORT "-1" is too small'),
        ("port", "80\n80", 'PORT "80 80" is not a whole number'),
        ("listen_address", "localhost", 'LISTEN_ADDRESS "localhost" is not an IP address: give 127.0.0.1'),
        ("public_url", "bot.example.org", 'PUBLIC_URL "bot.example.org" is not an http(s) address'),
        ("public_url", "http://bot.example.org", 'PUBLIC_URL "http://bot.example.org" is not an https address'),
        ("public_url", "https://bot.example.org/?a=b", "PUBLIC_URL"),
        ("reminder_grace_seconds", "2h", "REMINDER_GRACE_SECONDS"),
        ("messages_per_second", "0", "MESSAGES_PER_SECOND"),
        ("messages_per_second", "31", 'MESSAGES_PER_SECOND "31" is more than Telegram sends for free: give a number'),
        ("messages_per_second", "nan", "MESSAGES_PER_SECOND"),
        ("allow_paid_broadcast", "perhaps", "ALLOW_PAID_BROADCAST"),
        ("messages_per_second", "inf", "MESSAGES_PER_SECOND"),
        ("telegram_api_url", "api.telegram.org", 'TELEGRAM_API_URL "api.telegram.org" is not an http(s) address'),
        ("telegram_api_url", "http://", "TELEGRAM_API_URL"),
        ("telegram_api_url", "http://[", "TELEGRAM_API_URL"),
        ("content_dir", "/no/such/folder", 'CONTENT_DIR "/no/such/folder" is not a folder'),
    ],
)
def test_a_bad_value_is_one_line_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, fault: str
) -> None:
    """The line names the variable, shows what was given, says what is wrong and what to do."""
    monkeypatch.setenv(name.upper(), value)
    line = refusal()
    assert line.startswith(fault)
    assert ": give " in line or ": choose " in line


def test_the_api_url_may_be_any_server_and_ends_without_a_slash() -> None:
    """Telegram's local server usually listens on this machine."""
    assert load(telegram_api_url="http://127.0.0.1:8081/").telegram_api_url == "http://127.0.0.1:8081"


def test_the_webhook_stands_below_the_public_address() -> None:
    """The path of the address is kept; plain http is for this machine only; without an address there is no webhook."""
    assert load(public_url="https://example.org/lumbar/").webhook_url == "https://example.org/lumbar/telegram"
    assert load(public_url="http://127.0.0.1:8080").webhook_url == "http://127.0.0.1:8080/telegram"
    assert load().webhook_url is None


def test_the_log_level_may_be_written_small() -> None:
    """LOG_LEVEL=debug is clear enough."""
    assert load(log_level="debug").log_level == "DEBUG"


def test_nothing_secret_shows_in_the_repr() -> None:
    """Neither the token nor the database password is in repr or str."""
    settings = load(telegram_bot_token=TOKEN, database_url="postgres://u:s3cret@host/db")
    for shown in (repr(settings), str(settings)):
        assert TOKEN not in shown
        assert "s3cret" not in shown


def test_secrets_are_listed_for_redaction_as_written_and_as_meant() -> None:
    """The log must hide the token, and a quoted password in both its forms."""
    settings = load(telegram_bot_token=TOKEN, database_url="postgres://u:p%40ss@host/db")
    assert settings.secrets() == [TOKEN, "p%40ss", "p@ss"]
    assert load().secrets() == []


def test_settings_are_frozen() -> None:
    """Nobody changes a setting while the program runs."""
    with pytest.raises(ValueError, match="frozen"):
        load().port = 1  # type: ignore[misc]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A .env saved in another encoding is told, not guessed at."""
    file = tmp_path / ".env"
    file.write_bytes(b"LOG_LEVEL=\xff\xfe")
    with pytest.raises(SettingsError, match=r"is not a text file in UTF-8"):
        load_settings(env_file=file)


def test_the_example_file_names_exactly_the_settings() -> None:
    """Every setting has its line in .env.example, explained by the line above it, and no line is left over."""
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [(match[1], lines[number - 1]) for number, line in enumerate(lines) if (match := re.match(r"(\w+)=", line))]
    assert [name for name, _ in named] == [name.upper() for name in Settings.model_fields]
    assert all(above.startswith("# ") for _, above in named)


def test_the_example_file_shows_the_defaults() -> None:
    """Copied as it is, .env.example changes nothing."""
    assert load_settings(env_file=CHECKOUT / ".env.example") == load()


@pytest.mark.parametrize(("per_second", "is_taken"), [("30", True), ("31", True), ("1000", True), ("1001", False)])
def test_the_higher_rate_goes_with_paying_for_it(
    monkeypatch: pytest.MonkeyPatch, per_second: str, *, is_taken: bool
) -> None:
    """Where it is paid for, up to Telegram's highest rate is taken, and no more."""
    monkeypatch.setenv("ALLOW_PAID_BROADCAST", "true")
    monkeypatch.setenv("MESSAGES_PER_SECOND", per_second)
    if is_taken:
        assert load_settings(env_file=None).messages_per_second == float(per_second)
    else:
        with pytest.raises(SettingsError, match="is too large"):
            load_settings(env_file=None)
