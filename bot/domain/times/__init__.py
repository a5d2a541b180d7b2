"""Times as people say them: words and signs to clock times, weekdays, days and lengths of time.

`read_when` is the one reader. What the answer is for (a reminder, a snooze, a pause) is not its business.
"""

from bot.domain.times.clock import Half, TypedTime
from bot.domain.times.items import DayPart
from bot.domain.times.sentence import EVERY_DAY, MOST_TIMES, When
from bot.domain.times.spans import CalendarDay
from bot.domain.times.words import TimeWords, TimeWordsError, read_when

__all__ = [
    "EVERY_DAY",
    "MOST_TIMES",
    "CalendarDay",
    "DayPart",
    "Half",
    "TimeWords",
    "TimeWordsError",
    "TypedTime",
    "When",
    "read_when",
]
