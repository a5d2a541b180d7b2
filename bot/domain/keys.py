"""What the conversation says, by name: each value is the key of a text in content/locales/<lang>/ui.ftl.

Only texts that need no more than their name are here; a message with arguments or buttons is an effect of its own.
"""

from enum import StrEnum


class Text(StrEnum):
    """A plain message without buttons; the values are the keys in content/locales/<lang>/ui.ftl."""

    ASK_LANGUAGE = "ask-language"
    CARRY_ON_GENTLY = "carry-on-gently"
    ERASE_DECLINED = "erase-declined"
    ERASED = "erased"
    EDIT_KEPT = "edit-kept"
    EDIT_NOT_READ = "edit-not-read"
    EDIT_TAKEN = "edit-taken"
    GETTING_DOWN = "getting-down"
    HELP = "help"
    INVITATION_OVER = "invitation-over"
    LANGUAGE_CHOSEN = "language-chosen"
    LEAVE_IT_TODAY = "leave-it-today"
    MEDIA_CONTACT = "media-contact"
    MORNING_NOTED = "note-morning-noted"
    MORNING_WORSE = "note-morning-worse"
    MEDIA_PICTURE = "media-picture"
    MEDIA_POLL = "media-poll"
    MEDIA_OTHER = "media-other"
    MEDIA_STICKER = "media-sticker"
    MEDIA_VOICE = "media-voice"
    PAUSE_END_UNREADABLE = "pause-end-unreadable"
    PRIVACY = "privacy"
    REMINDERS_OFF = "reminders-off"
    RHYTHM_KEPT = "rhythm-kept"
    SEE_YOU = "see-you"
    SESSION_CHANGED = "session-changed"
    SESSION_LEFT_OVER = "session-left-over"
    SESSION_STOPPED = "session-stopped"
    STAFF_NOT_TOLD = "staff-not-told"
    STAFF_TOLD = "staff-told"
    TIME_IS_OVER = "time-is-over"
    TODAY_NOTED = "today-noted"
    TYPE_LATER = "type-later"
    UNKNOWN_COMMAND = "unknown-command"
    UNKNOWN_TEXT = "unknown-text"
    UNKNOWN_TEXT_STEP = "unknown-text-step"
    WISH_EASIER = "wish-easier-noted"
    WISH_HARDER = "wish-harder-noted"
    WISH_RIGHT = "wish-right-noted"
    YESTERDAY_NOTED = "yesterday-noted"


class Opening(StrEnum):
    """What changed, as the first line of the message that shows the schedule; the values are keys in ui.ftl."""

    ALL_SET = "schedule-all-set"
    TIME_CHANGED = "schedule-time-changed"
    ZONE_CHANGED = "schedule-zone-changed"
    RESUMED = "schedule-resumed"
    RELEASED = "schedule-released"
    SKIPPED = "schedule-skipped"
    LEFT_OUT = "schedule-left-out"
    SNOOZED = "schedule-snoozed"
    UNCHANGED = "schedule-unchanged"
    TIMES_KEPT = "schedule-times-kept"


class Note(StrEnum):
    """A line shown for a moment where a button was pressed; the values are keys in ui.ftl."""

    ALREADY_NOTED = "note-already-noted"
    DAY_AHEAD = "note-day-ahead"
    DAY_COVERED = "note-day-covered"
    DAY_HELD = "note-day-held"
    DAY_NOT_OVER = "note-day-not-over"
    DAY_OPEN = "note-day-open"
    DAY_TOO_LONG_AGO = "note-day-too-long-ago"
    DAY_UNRATED = "note-day-unrated"
    MORNING_NOTED = "note-morning-noted"
    MORNING_WORSE = "note-morning-worse"
    OLD_BUTTON = "note-old-button"
    READ_CHAT = "note-read-chat"
