"""`lumbar init`: asks the six questions of `bot.setup`, checks the token with Telegram, writes both files.

Each question has an option, so that a script can answer; what is missing is asked for where there is a terminal, and
refused where there is none. Nothing is written before everything is answered, and nothing that is there already is
replaced unless somebody says so. Where Telegram cannot be reached the token is written unchecked, and the last lines
say so.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.stopping import leave_tidily_on_signals

if TYPE_CHECKING:
    from bot.setup import Question

EXIT_MISUSE = 2


def init(  # noqa: PLR0917 - typer calls it by keywords
    token: Annotated[str | None, typer.Option(help="The bot's token; TELEGRAM_BOT_TOKEN does as well.")] = None,
    name: Annotated[str | None, typer.Option(help="The clinic's name.")] = None,
    phone: Annotated[str | None, typer.Option(help="Its telephone, as +1 212 555 0123.")] = None,
    address: Annotated[str | None, typer.Option(help="Its address, ending with its country's two letters.")] = None,
    hours: Annotated[str | None, typer.Option(help="Its hours.")] = None,
    database: Annotated[str | None, typer.Option(help="A file or a PostgreSQL address; none: lumbar.db.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Replace what is there without asking.")] = False,  # noqa: FBT002 - how typer declares a switch
) -> None:
    """Set up a clinic's bot: six questions, two files."""
    from bot import setup
    from bot.catalog import ContentError, countries_listed
    from bot.settings import CHECKOUT, ENV_FILE, SettingsError, load_settings

    leave_tidily_on_signals()
    try:
        settings = load_settings(env_file=None)
        countries = countries_listed(settings.content_dir)
    except (SettingsError, ContentError) as error:
        _fail(str(error))
    if token is None and settings.telegram_bot_token is not None:
        token = settings.bot_token
    options = {"token": token, "name": name, "phone": phone, "address": address, "hours": hours, "database": database}
    answers = setup.answers_of({one.option: _answer(one, options[one.option], countries) for one in setup.QUESTIONS})
    checked = _asked_telegram(answers.token, settings.telegram_api_url)
    card_file = settings.content_dir / "clinic.yaml"
    card, env = _text_of(card_file), _text_of(ENV_FILE)
    if env and not yes:
        _agree(f"{ENV_FILE} is there already. Put this token and database into it?")
    if not yes and not setup.is_demonstration(card):
        _agree(f"{card_file} was filled in before. Replace the clinic's details in it?")
    new_env = setup.env_with(env or _text_of(CHECKOUT / ".env.example"), answers.settings())
    try:
        setup.write(
            {
                ENV_FILE: (new_env, setup.SECRET_MODE),
                card_file: (setup.card_with(card, answers.card()), setup.PUBLIC_MODE),
            }
        )
    except OSError as error:
        _fail(f"{error.filename} cannot be written ({error.strerror}): run this as the user who owns the checkout.")
    for line in (
        checked,
        f"Written: {ENV_FILE} (not for others to read) and {card_file}.",
        "Next:    .venv/bin/lumbar doctor   looks at all of it and says what is still wrong",
        "         .venv/bin/lumbar run      starts the bot; write /start to it in Telegram",
        f"Then:    your colour and logo, if you have them: two lines in {card_file.name}",
        "         docs/operating.md: keeping it running, backups, alarms",
    ):
        typer.echo(line)


def _answer(question: "Question", option: str | None, countries: frozenset[str]) -> str:
    """Return the answer of the command line, or ask until there is one that makes sense."""
    from bot.setup import WrongAnswer, check

    if option is None and not sys.stdin.isatty():
        if question.may_be_empty:
            return ""
        _fail(f"--{question.option} is missing, and there is no terminal to ask at. For example: {question.example}")
    while True:
        try:
            return check(question, _asked(question) if option is None else option, countries=countries)
        except WrongAnswer as error:
            if option is not None:
                _fail(f"--{question.option}: {error}")
            typer.echo(f"     {error}")


def _asked(question: "Question") -> str:
    typer.echo(f"{question.words}\n     for example: {question.example}")
    answer = typer.prompt("     >", default="", show_default=False, hide_input=question.is_secret, prompt_suffix=" ")
    return str(answer)


def _asked_telegram(token: str, api_url: str) -> str:
    """Return what to say of the token: whose it is, or that nobody could be asked; one that is rejected ends here."""
    from bot.telegram.gateway import ApiUnreachable, Gateway, TokenError

    async def username() -> str:
        async with Gateway(token, api_url=api_url) as gateway:
            return (await gateway.who_am_i()).username or ""

    try:
        return f"Telegram knows this bot as @{asyncio.run(username())}."
    except TokenError as error:
        _fail(f"{error} Nothing was written.")
    except ApiUnreachable as error:
        return f"The token is not checked. {error} `lumbar doctor` checks it later."


def _agree(question: str) -> None:
    if not sys.stdin.isatty():
        _fail(f"{question} There is no terminal to ask at: say so with --yes. Nothing was written.")
    if not typer.confirm(question):
        _fail("Nothing was written.")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        _fail(f"{path} cannot be read: move it away, or run this as the user who owns it.")


def _fail(line: str) -> NoReturn:
    typer.echo(f"lumbar: {line}", err=True)
    raise typer.Exit(EXIT_MISUSE)
