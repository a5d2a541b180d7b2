"""Jobs run at once, one at a time, and come to their end when the bot does."""

import asyncio
from datetime import timedelta

import pytest

from bot import scheduler
from bot.scheduler import Jobs


class SlowJob:
    """A job that ends when told to."""

    def __init__(self) -> None:
        self.begun = asyncio.Semaphore(0)
        self.may_end = asyncio.Semaphore(0)
        self.running = 0
        self.most_at_once = 0
        self.ended = 0

    async def run(self) -> bool:
        """Run until told to end."""
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        self.begun.release()
        await self.may_end.acquire()
        self.running -= 1
        self.ended += 1
        return True


async def nothing() -> bool:
    """Do nothing."""
    return True


async def test_a_push_while_the_job_runs_makes_it_run_once_more(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is pushed meanwhile; never twice at a time, and without a word in the log."""
    job = SlowJob()
    jobs = Jobs(claim_reminders=job.run, check_times=nothing, trim=nothing, claim_every_seconds=3600)
    jobs.start()
    await job.begun.acquire()
    for _ in range(3):
        jobs.look_at_clock()
        for _ in range(5):
            await asyncio.sleep(0)
    job.may_end.release()
    await job.begun.acquire()
    job.may_end.release()
    await jobs.finish()
    assert (job.ended, job.most_at_once) == (2, 1)
    assert caplog.messages == []


async def test_finishing_waits_for_the_job_that_runs() -> None:
    """A claim under way is neither cut off nor begun anew."""
    job = SlowJob()
    jobs = Jobs(claim_reminders=job.run, check_times=nothing, trim=nothing, claim_every_seconds=3600)
    jobs.start()
    await job.begun.acquire()
    jobs.look_at_clock()
    asyncio.get_running_loop().call_soon(job.may_end.release)
    await jobs.finish()
    assert (job.ended, job.running) == (1, 0)


@pytest.mark.parametrize("failures", [1, 3])
async def test_a_job_that_could_not_do_its_work_is_tried_again_soon(
    monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """Until it can, and then not before its next time, hours later."""
    monkeypatch.setattr(scheduler, "_TRY_AGAIN_AFTER", timedelta(0))
    done, tries = asyncio.Event(), 0

    async def trim() -> bool:
        nonlocal tries
        tries += 1
        if tries > failures:
            done.set()
        return done.is_set()

    jobs = Jobs(claim_reminders=nothing, check_times=nothing, trim=trim, claim_every_seconds=3600)
    jobs.start()
    await asyncio.wait_for(done.wait(), 10)
    await jobs.finish()
    assert tries == failures + 1
