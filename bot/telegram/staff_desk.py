"""The staff desk: takes up what the staff asked for in their chat, one after the other, and hands on broadcasts.

It is looked after every second and keeps nothing: requests and broadcasts lie in the database. Who asks is asked of
Telegram between two transactions, and people are counted a few hundred at a time, so that no patient waits for either.
Several desks over one database do no harm: the transaction that answers a request also deletes it.
"""

from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.domain.crowd import Crowd
from bot.domain.staff import Asked, Role, StatsAsked, role_needed
from bot.telegram.leadership import Run
from bot.usecases import broadcasts, clinic
from bot.usecases.clinic_ports import StaffRequest
from bot.usecases.counts import Counts, keep_counts, present_counts
from bot.usecases.knowledge import Knowledge
from bot.usecases.ports import Clock, StorageFailed

log = structlog.get_logger()


class StaffDesk:
    """Answers requests and sends broadcasts off; `role_of` tells what somebody is in the staff chat."""

    def __init__(
        self,
        *,
        run: Run,
        role_of: Callable[[int], Awaitable[Role | None]],
        clock: Clock,
        knowledge: Knowledge,
        wake_relay: Callable[[], None],
    ) -> None:
        self._run = run
        self._role_of = role_of
        self._clock = clock
        self._knowledge = knowledge
        self._wake_relay = wake_relay

    async def serve(self) -> bool:
        """Answer what was asked, and queue the next letters of a broadcast; False while the database is gone."""
        try:
            while (request := await self._run(lambda tx: tx.next_request())) is not None:
                if not await self._take_up(request):
                    break
            while await self._run(partial(broadcasts.expand, now=self._clock.now(), knowledge=self._knowledge)):
                self._wake_relay()
            self._wake_relay()
        except StorageFailed as error:
            log.error("staff_desk_failed", reason=str(error))  # noqa: TRY400 - its words say all
            return False
        return True

    async def _take_up(self, request: StaffRequest) -> bool:
        """Answer one request; False where nobody can say who asks, and it waits."""
        now = self._clock.now()
        role = await self._role_of(request.person_id)
        if role is None and now - request.asked_at < clinic.PATIENCE:
            return False
        asked: Asked | None = None
        try:
            asked = clinic.read(request, self._knowledge)
            counts = await self._counts(asked, role)
            answer = partial(clinic.answer, request=request, asked=asked, role=role, counts=counts, now=now)
            await self._run(partial(answer, knowledge=self._knowledge))
        except StorageFailed:
            raise
        except Exception:
            log.exception("staff_request_failed", update_id=request.update_id)
            await self._run(partial(clinic.give_up, request=request, asked=asked, now=now, knowledge=self._knowledge))
        self._wake_relay()
        return True

    async def _counts(self, asked: Asked | None, role: Role | None) -> Counts | None:
        """Return the counts of the day, where they may be told; where there are none yet, count all people."""
        if not isinstance(asked, StatsAsked) or role is None or role < role_needed(asked):
            return None
        now = self._clock.now()
        present: Counts | None = await self._run(partial(present_counts, now=now))
        if present is not None:
            return present
        crowd, after = Crowd(), None
        while True:
            after = await self._run(partial(clinic.count_people, crowd=crowd, after_chat_id=after, now=now))
            if after is None:
                break
        deliveries = await self._run(partial(clinic.count_deliveries, now=now))
        kept: Counts = await self._run(partial(keep_counts, counts=Counts(crowd, deliveries, now)))
        return kept
