"""A process that commits one person after the other and says the number of each once its commit has returned."""

import sys
from functools import partial
from itertools import count

from bot.storage.unit_of_work import Database, Transaction
from tests.integration.storage.samples import NOW, letter, stored


def one_person(tx: Transaction, number: int) -> None:
    """Write something into three tables, as an update does."""
    tx.admit(number, NOW)
    tx.save_chat(stored(number), NOW)
    tx.queue([letter(f"to {number}", number)])


if __name__ == "__main__":
    database = Database(sys.argv[1])
    for number in count(int(sys.argv[2])):
        database.run_here(partial(one_person, number=number))
        print(number, flush=True)  # noqa: T201 - how the test hears of it
