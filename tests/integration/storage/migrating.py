"""A process that brings a database up to date: says "ready", waits for a line, migrates, says "done"."""

import sys

from bot.storage import migrations
from bot.storage.unit_of_work import Database

if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201 - how the test hears of it
    sys.stdin.readline()
    database = Database(sys.argv[1])
    migrations.apply(database.engine)
    database.close()
    print("done", flush=True)  # noqa: T201 - how the test hears of it
