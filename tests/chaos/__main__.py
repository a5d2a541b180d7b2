"""Chaos, the long form: 2,000 people and 200 kills, on either engine, from a seed.

    python -m tests.chaos [--people 2000] [--kills 200] [--seed 1] [--engine both|sqlite|postgresql]

Prints what it counted, and what was broken, if anything was; the exit code is 1 then.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from time import monotonic

from bot.progress_bar import progress_bar
from tests.chaos.storm import Aftermath, Plan, Storm
from tests.postgres import PostgresServer

_SHOWN = 20
_KILLS_A_RESTART = 20


def main() -> int:
    """Run the storms that the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(prog="make chaos", description="Kill the bot while people talk to it.")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("both", "sqlite", "postgresql"), default="both")
    chosen = parser.parse_args()
    engines = ("sqlite", "postgresql") if chosen.engine == "both" else (chosen.engine,)
    # Both together are the storm: the kills are shared.
    kills = {engine: chosen.kills // len(engines) for engine in engines}
    people = {engine: chosen.people // len(engines) for engine in engines}
    return max(_weather(engine, people[engine], kills[engine], chosen.seed) for engine in engines)


def _weather(engine: str, people: int, kills: int, seed: int) -> int:
    """Run one storm and print what it left."""
    begun = monotonic()
    with progress_bar(f"chaos on {engine}") as tell:
        if engine == "sqlite":
            with tempfile.TemporaryDirectory() as folder:
                plan = Plan(seed=seed, people=people, kills=kills)
                after = asyncio.run(Storm(plan, f"sqlite:///{Path(folder) / 'lumbar.db'}").run(tell))
        else:
            server = PostgresServer()
            try:
                some = max(1, kills // _KILLS_A_RESTART)
                plan = Plan(seed=seed, people=people, kills=kills, restarts=some, stops=some)
                after = asyncio.run(Storm(plan, server.migrated(), server).run(tell))
            finally:
                server.close()
    _print(engine, after, monotonic() - begun)
    return bool(after.verdict.broken)


def _print(engine: str, after: Aftermath, seconds: float) -> None:
    lines = [f"{engine}, {seconds:.0f} s"]
    lines += [f"  {name.replace('_', ' '):34} {number:>7,}" for name, number in after.counts.items()]
    lines += [f"  BROKEN {fault}" for fault in after.verdict.broken[:_SHOWN]]
    if len(after.verdict.broken) > _SHOWN:
        lines.append(f"  and {len(after.verdict.broken) - _SHOWN} more")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
