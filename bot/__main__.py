"""The command line: everything that `lumbar` can do.

Everything that can be wrong before the bot runs (token, database, address, content) ends here as one line that says
what to do, and exit code 2. A signal ends the program with exit code 0 at any time, while it starts as well: what is
open is closed, what is being sent is sent. Each command imports what it needs, so that help is instant and nobody waits
for the sandbox who does not use it.
"""

import asyncio
import gc
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from bot.setup_command import init
from bot.stopping import leave_on_signals, leave_tidily_on_signals, run_until_stopped

if TYPE_CHECKING:
    from datetime import date

    from bot.settings import Settings

EXIT_REFUSED = 1
EXIT_MISUSE = 2
DEMO_TOKEN = "424242:demo-token-of-the-sandbox-on-this-machine"  # noqa: S105 - opens nothing but the sandbox

app = typer.Typer(
    name="lumbar",
    help="A Telegram bot that walks people through a short lower-back routine every day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


content = typer.Typer(
    help="Check, draw and look at what the authors wrote.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(content, name="content")
app.command()(init)


def main() -> None:
    """Run the command line."""
    leave_on_signals()
    app(prog_name="lumbar")


@app.command()
def demo() -> None:
    """Try the real bot in the browser: no token, no network."""
    _demo()


@app.command()
def run(
    require_review: Annotated[  # noqa: FBT002 - how typer declares a switch
        bool, typer.Option("--require-review", help="Refuse to start while nobody has signed an exercise.")
    ] = False,
) -> None:
    """Run the whole bot against Telegram, with TELEGRAM_BOT_TOKEN."""
    _serve("run", require_review=require_review)


@app.command()
def web() -> None:
    """Take Telegram's webhook at PUBLIC_URL; any number may run."""
    _serve("web")


@app.command()
def worker() -> None:
    """Remind, send, and poll without a webhook; any number may run."""
    _serve("worker")


@app.command(name="triage")
def triage_command(
    text: Annotated[str | None, typer.Argument(help="One message, to be explained in words.")] = None,
    file: Annotated[Path | None, typer.Option(help="JSON lines, instead of standard input.")] = None,
    lang: Annotated[str | None, typer.Option(help="The language of TEXT; without it every language is tried.")] = None,
) -> None:
    """Show how safety reads a message, or JSON lines."""
    from bot import authoring
    from bot.settings import load_settings

    with _remedies():
        try:
            if text is not None:
                for line in authoring.explained(text, lang, load_settings()):
                    typer.echo(line)
                return
            with file.open(encoding="utf-8") if file else sys.stdin as lines:
                for answer in authoring.answers(lines, load_settings()):
                    typer.echo(json.dumps(answer, ensure_ascii=False))
        except (authoring.NotALine, OSError) as error:
            _fail(str(error))


@app.command()
def understand(
    file: Annotated[Path | None, typer.Option(help="JSON lines, instead of standard input.")] = None,
) -> None:
    """Show how typed messages, as JSON lines, are read."""
    from bot import authoring
    from bot.settings import load_settings

    with _remedies():
        try:
            with file.open(encoding="utf-8") if file else sys.stdin as lines:
                for answer in authoring.understood(lines, load_settings()):
                    typer.echo(json.dumps(answer, ensure_ascii=False))
        except (authoring.NotALine, OSError) as error:
            _fail(str(error))


@app.command()
def plan(
    history: Annotated[Path, typer.Option(help="YAML or JSON: what happened on which day (content/README.md).")],
    today: Annotated[str | None, typer.Option(help="The day to plan, as 2026-01-31.")] = None,
    lang: Annotated[str | None, typer.Option(help="The language of names and reasons; English if not told.")] = None,
) -> None:
    """Show the plan that follows from a history, and why."""
    from bot import planning
    from bot.plan_cases import HistoryRefused
    from bot.settings import load_settings

    with _remedies():
        try:
            for line in planning.planned(history, _date(today), load_settings(), language=lang):
                typer.echo(line)
        except HistoryRefused as error:
            _fail(str(error))


@content.command("check")
def check_content(
    brief: Annotated[bool, typer.Option("--brief", help="Leave out the cases that get the wrong tier.")] = False,  # noqa: FBT002 - how typer declares a switch
    require_review: Annotated[  # noqa: FBT002 - how typer declares a switch
        bool, typer.Option("--require-review", help="Refuse exercises that nobody has signed.")
    ] = False,
) -> None:
    """Check everything in content/ and run all its cases."""
    from bot import authoring
    from bot.settings import load_settings

    with _remedies():
        checked = authoring.check_content(load_settings(), brief=brief, require_review=require_review)
        for line in (*checked.report, "", *(f"warning: {warning}" for warning in checked.warnings)):
            typer.echo(line)
        for line in checked.refusals:
            typer.echo(line, err=True)
        if checked.refusals:
            typer.echo(f"lumbar: this content is refused; reasons named above: {len(checked.refusals)}.", err=True)
            raise typer.Exit(EXIT_REFUSED)


@content.command("render")
def render_content(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Exercises; without one, all.")] = None,
) -> None:
    """Draw animation and still of exercises from their figure.yaml."""
    from bot.settings import load_settings

    try:
        from bot.figures import workshop
    except ModuleNotFoundError as error:
        _fail(f"{error.name} is missing: drawing needs the extra `authoring` (pip install -e '.[authoring]').")
    with _remedies():
        try:
            for line in workshop.render(load_settings().content_dir, ids or ()):
                typer.echo(line)
        except workshop.FigureError as error:
            _fail(str(error))


@content.command("sheet")
def write_sheet(file: Annotated[Path, typer.Argument(metavar="FILE", help="A Markdown file.")]) -> None:
    """Write all stills, names, levels and sources on one page."""
    from bot.catalog import load_catalog
    from bot.exercise_sheet import contact_sheet
    from bot.settings import load_settings

    with _remedies():
        folder = load_settings().content_dir
        sheet = contact_sheet(load_catalog(folder), folder, file.parent)
        try:
            file.write_text(sheet, encoding="utf-8")
        except OSError as error:
            _fail(f"{file} cannot be written ({error.strerror}).")


@content.command("preview")
def preview(exercise: Annotated[str, typer.Argument(help="Its folder in content/exercises/.")]) -> None:
    """Show one exercise in the browser, as people get it."""
    _demo(exercise)


@app.command()
def schedule(
    local_times: Annotated[
        str, typer.Option("--time", metavar="HH:MM", help="The time on the wall, or up to three: 07:30,19:00.")
    ],
    zone: Annotated[str, typer.Option(metavar="ZONE", help="An IANA name, such as Europe/Madrid.")],
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="The first local date, as 2026-03-28.")],
    days: Annotated[int, typer.Option(metavar="N", help="How many local dates.")],
    weekdays: Annotated[str | None, typer.Option(help="Some of them only: mon,wed,fri or 1-5.")] = None,
) -> None:
    """Show when daily reminders come, local and in UTC."""
    from bot.timetable import NotATimetable, timetable

    try:
        for line in timetable(local_times, zone, first, days, weekdays):
            typer.echo(line)
    except NotATimetable as error:
        _fail(str(error))


@app.command()
def simulate(
    people: Annotated[int, typer.Option(min=1, metavar="N", help="How many people are reminded every day.")],
    days: Annotated[int, typer.Option(min=1, metavar="D", help="How many days they live.")],
    rate: Annotated[
        float, typer.Option(min=0.1, max=1000, metavar="R", help="Messages a second, as Telegram allows.")
    ] = 30,
    zones: Annotated[Literal["mix", "one"], typer.Option(help="Spread over the world, or all in one zone.")] = "mix",
    seed: Annotated[int, typer.Option(metavar="S", help="Another number makes up other people.")] = 1,
) -> None:
    """Find out how late reminders would be for many people."""
    from bot.progress_bar import progress_bar

    leave_tidily_on_signals()
    with tempfile.TemporaryDirectory(prefix="lumbar-simulate-") as folder:
        settings = _set_up(database_url=f"sqlite:///{folder}/unused.db", log_level="ERROR")
        from bot.simulation.report import Question, simulation

        with _remedies(), progress_bar("simulate") as tell:
            question = Question(people, days, rate, zones, seed)
            lines = simulation(question, settings, folder=Path(folder), tell=tell)
        for line in lines:
            typer.echo(line)


@app.command()
def doctor() -> None:
    """Check a deployment, in words: what is wrong, what to do."""
    settings = _set_up(log_level="ERROR")
    from bot.doctor import examine

    with _remedies():
        verdicts = asyncio.run(examine(settings))
        for verdict in verdicts:
            typer.echo(str(verdict))
        if not all(verdict.is_well for verdict in verdicts):
            raise typer.Exit(EXIT_REFUSED)


@app.command()
def migrate() -> None:
    """Bring the database up to date; `run` does so at every start."""
    settings = _set_up()
    from bot.storage import migrations
    from bot.storage.unit_of_work import Database

    with _remedies():
        database = Database(settings.database_url)
        migrations.apply(database.engine)
        database.close()
        typer.echo("The database is up to date.")


@app.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.")]) -> None:
    """Copy the SQLite database to FILE, while the bot runs or not."""
    settings = _set_up()
    from bot.progress_bar import progress_bar
    from bot.storage import backup

    with _remedies(), progress_bar("backup") as tell:
        backup.backup(settings.database_url, file, tell)
    typer.echo(f"The database is copied to {file}. It holds health data: keep it as safe as the database.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that backup wrote.")]) -> None:
    """Bring SQLite back to a backup; stop the bot first."""
    settings = _set_up()
    from bot.progress_bar import progress_bar
    from bot.storage import backup

    with _remedies(), progress_bar("restore") as tell:
        damaged = backup.restore(settings.database_url, file, tell)
    if damaged:
        typer.echo(f"The damaged database was kept as {damaged}.")
    typer.echo("The database is as it was at the backup. Start the bot again.")


def _serve(command: str, *, require_review: bool = False) -> None:
    gc.disable()  # until everything is loaded: looking for garbage meanwhile takes a fifth of the time and finds none
    settings = _set_up(needs_token=True)
    with _remedies():
        run_until_stopped(lambda: _run(settings, command, require_review=require_review))


async def _run(settings: "Settings", command: str, *, require_review: bool) -> None:
    from bot.bootstrap import running
    from bot.catalog import load_catalog
    from bot.processes import Command

    catalog = load_catalog(settings.content_dir, require_review=require_review)
    async with running(settings, Command(command), catalog=catalog) as bot:
        if sys.stdout.isatty():  # elsewhere standard output is the log
            typer.echo(f"Lumbar is running as @{bot.username}. Ctrl-C stops it.")
        await bot.stay()


def _demo(exercise: str | None = None) -> None:
    """Serve the demo, or the preview of one exercise, with a database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lumbar-demo-") as folder:
        database_url = f"sqlite:///{Path(folder) / 'demo.db'}"
        settings = _set_up(telegram_bot_token=DEMO_TOKEN, database_url=database_url, log_level="WARNING")
        from bot import demo

        with _remedies():
            run_until_stopped(lambda: demo.demo(settings, typer.echo, exercise=exercise))


def _set_up(*, needs_token: bool = False, **overrides: Any) -> "Settings":
    """Read the settings and send the log where they say; what is wrong with them is told before anything is loaded."""
    from bot import telemetry
    from bot.settings import SettingsError, load_settings

    try:
        settings = load_settings(**overrides)
        if needs_token:
            settings.bot_token  # noqa: B018 - the property is what checks it
    except SettingsError as error:
        _fail(str(error))
    telemetry.configure(level=settings.log_level, log_format=settings.log_format, secrets=settings.secrets())
    return settings


@contextmanager
def _remedies() -> Iterator[None]:
    """Turn what an operator can mend into one line on standard error and exit code 2."""
    try:
        yield
    except typer.Exit:
        raise
    except _mendable() as error:  # asked for only once something is raised
        _fail(str(error))


def _mendable() -> tuple[type[Exception], ...]:
    """Return what says its remedy; asked for once something is wrong, for it takes half of what there is to import."""
    from bot.catalog import ContentError
    from bot.settings import SettingsError
    from bot.storage.backup import BackupRefused
    from bot.storage.unit_of_work import DatabaseUnavailable
    from bot.telegram.gateway import ApiUnreachable, TokenError
    from bot.web.server import CannotListen
    from bot.zones import ZonesError

    return (
        ApiUnreachable,
        BackupRefused,
        CannotListen,
        ContentError,
        DatabaseUnavailable,
        SettingsError,
        TokenError,
        ZonesError,
    )


def _date(text: str | None) -> "date | None":
    from datetime import date

    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        _fail(f"--today {text} is not a date; write it as 2026-01-31.")


def _fail(line: str) -> NoReturn:
    typer.echo(f"lumbar: {line}", err=True)
    raise typer.Exit(EXIT_MISUSE)


if __name__ == "__main__":
    main()
