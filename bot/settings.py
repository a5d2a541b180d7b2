"""Settings: the environment and `.env`, read once into one frozen object.

A setting is a field here and a line in `.env.example`; a test holds the two together. The environment outranks `.env`,
arguments of `load_settings` (the command line's options) outrank both, and an empty value counts as not set.

Whatever is wrong is told in one line that names the variable, the fault and the remedy (`SettingsError`). Secrets are
neither shown in that line nor in the object's repr.

Clinic details, texts and routines are not settings: they are content, and live in `content/`.
"""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
ENV_FILE = CHECKOUT / ".env"

FREE_PER_SECOND = 30.0

_TOKEN_FORM = re.compile(r"[0-9]{3,}:[A-Za-z0-9_-]{30,}")

_GET_A_TOKEN = "open @BotFather in Telegram, send /newbot (or /mybots for an old one) and copy the token it shows"  # noqa: S105 - advice, no token

# What to do about each variable; the fault comes before it. Only those not listed in _SECRET echo what was given.
_REMEDIES = {
    "telegram_bot_token": _GET_A_TOKEN,
    "telegram_api_url": "give the server's address, such as https://api.telegram.org",
    "database_url": "give sqlite:///lumbar.db, or postgresql://user:password@host/database, or leave it out",
    "content_dir": "give a folder laid out as content/ is, or leave it out",
    "log_level": "choose DEBUG, INFO, WARNING or ERROR",
    "log_format": "choose auto, json or console",
    "port": "give a free port between 1 and 65535, such as 8080",
    "listen_address": "give 127.0.0.1 for this machine only, or 0.0.0.0 for every address it has",
    "public_url": "give the https address that your reverse proxy passes on, such as https://bot.example.org",
    "reminder_grace_seconds": "give whole seconds, such as 7200 for two hours",
    "allow_paid_broadcast": "give true or false",
    "messages_per_second": (
        "give a number above 0 up to 30, or up to 1000 with ALLOW_PAID_BROADCAST=true, which Telegram charges for"
    ),
    "erase_after_silent_months": "give whole months between 3 and 240, such as 24 for two years",
    "staff_chat_id": "give the chat's number, such as -1001234567890, or leave it out",
    "default_time_zone": "give an IANA name such as Europe/Madrid or America/New_York, or leave it out",
}
_SECRET = {"telegram_bot_token", "database_url"}

# pydantic's words for the faults that need no rule of ours.
_FAULTS = {
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "finite_number": "is not a number",
    "bool_parsing": "is neither true nor false",
    "greater_than": "is too small",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "literal_error": "is not a choice",
}


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one line that names it and says what to do."""


def _token(token: SecretStr) -> SecretStr:
    if not _TOKEN_FORM.fullmatch(token.get_secret_value()):
        raise ValueError("is not a bot token (digits, a colon and 35 characters)")
    return token


def _api_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("is not an http(s) address")
    return url.rstrip("/")


def _public_url(url: str) -> str:
    """Return where Telegram finds the webhook; plain http only on this machine, where the sandbox is."""
    parts = urlsplit(_api_url(url))
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError("is not an https address, and Telegram calls no other")
    return url.rstrip("/")


def _rate(per_second: float, info: ValidationInfo) -> float:
    """Refuse what Telegram would charge for, unless that is wanted."""
    if per_second > FREE_PER_SECOND and not info.data.get("allow_paid_broadcast"):
        raise ValueError("is more than Telegram sends for free")
    return per_second


def _ip_address(address: str) -> str:
    try:
        ip_address(address)
    except ValueError:
        raise ValueError("is not an IP address") from None
    return address


def _database_url(url: str) -> str:
    """Return the URL as SQLAlchemy wants it, Heroku's and the usual PostgreSQL spelling included."""
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite":
        path = rest.removeprefix("/")
        if not separator or rest == path or not path or path == ":memory:":
            raise ValueError("names no SQLite file")
        folder = Path(path.partition("?")[0]).absolute().parent
        if not folder.is_dir():
            raise ValueError(f"lies in a folder that does not exist ({folder})")
        return url
    if scheme not in {"postgres", "postgresql", "postgresql+psycopg"} or not rest:
        raise ValueError("is neither a SQLite nor a PostgreSQL address")
    try:
        urlsplit(url).port  # noqa: B018 - the property is what checks it
    except ValueError:
        raise ValueError("has a malformed host or port") from None
    return f"postgresql+psycopg://{rest}"


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("is not a folder")
    return path.resolve()


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a plain name, or a folder of the database
        raise ValueError("is not a known time zone") from None
    return name


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Everything an operator can set; made by `load_settings`, frozen."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, validate_default=False
    )

    telegram_bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_api_url)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default=f"sqlite:///{CHECKOUT / 'lumbar.db'}", repr=False
    )
    content_dir: Annotated[Path, AfterValidator(_folder)] = CHECKOUT / "content"
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Literal["auto", "json", "console"] = "auto"
    port: int | None = Field(default=None, ge=0, le=65535)  # 0 takes any free one
    listen_address: Annotated[str, AfterValidator(_ip_address)] = "127.0.0.1"
    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    reminder_grace_seconds: int = Field(default=7200, ge=0)
    allow_paid_broadcast: bool = False
    messages_per_second: Annotated[float, AfterValidator(_rate)] = Field(
        default=FREE_PER_SECOND, gt=0, le=1000, allow_inf_nan=False
    )
    erase_after_silent_months: int = Field(default=24, ge=3, le=240)
    staff_chat_id: int | None = None
    default_time_zone: Annotated[str, AfterValidator(_zone)] | None = None

    @property
    def bot_token(self) -> str:
        """The token itself; raises SettingsError, saying how to get one, when none is set."""
        if self.telegram_bot_token is None:
            raise SettingsError(f"TELEGRAM_BOT_TOKEN is not set: {_GET_A_TOKEN} into .env, or try `make demo` first.")
        return self.telegram_bot_token.get_secret_value()

    @property
    def webhook_url(self) -> str | None:
        """Where Telegram posts updates; None where the bot polls for them."""
        return None if self.public_url is None else f"{self.public_url}/telegram"

    @property
    def is_embedded(self) -> bool:
        """Whether the database is a file that serves one process."""
        return self.database_url.startswith("sqlite:")

    def secrets(self) -> list[str]:
        """Return what must never be logged: the token and the database password, where there are any."""
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        password = urlsplit(self.database_url).password or ""
        return [secret for secret in (token, password, unquote(password)) if secret]


def load_settings(*, env_file: Path | None = ENV_FILE, **overrides: Any) -> Settings:
    """Read the environment, `env_file` and `overrides` (None means not given); raises SettingsError."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(_env_file=env_file, _env_file_encoding="utf-8", **given)
    except ValidationError as error:
        failure = SettingsError(_line(error))
    except PermissionError:
        failure = SettingsError(
            f"{env_file} may not be read by this user: give them the right, as docs/operating.md does."
        )
    except UnicodeDecodeError:
        failure = SettingsError(f"{env_file} is not a text file in UTF-8: write it anew from .env.example.")
    raise failure  # outside the except block, so that no context carries what was given


def _line(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False)[0]
    name = str(fault["loc"][0])
    words = _FAULTS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")
    shown = "" if name in _SECRET else f' "{str(fault["input"])[:60]}"'.replace("\n", " ")
    return f"{name.upper()}{shown} {words}: {_REMEDIES[name]}."
