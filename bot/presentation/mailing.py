"""Broadcasts and invitations, as the staff see them; and a broadcast as people get it.

A broadcast's text is plain: what the staff typed stands there as it is, under the clinic's name. The buttons of the
staff chat are spelled by `bot.domain.staff`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.domain.broadcast import Broadcast, Delivered
from bot.domain.staff import (
    LONGEST_BROADCAST,
    Act,
    BroadcastPressed,
    Invitation,
    InvitationAsked,
    InvitationWithdrawn,
    Segment,
    encode,
)
from bot.presentation.i18n import Html
from bot.presentation.outgoing import DANGER, PRIMARY, Button, Outgoing, Priority, message
from bot.presentation.reasons import level_name
from bot.presentation.staff import number_of_people
from bot.presentation.view import Texts
from bot.presentation.wording import clock_of, moment_of

QR_NAME = "invitation.png"
TIMES = (time(7), time(7, 30), time(8), time(12, 30), time(18), time(20, 30))
DAYS = (7, 14, 30, 90)
USES = (1, 10, None)
_LEVELS_IN_A_ROW = 3


def broadcast(text: str, texts: Texts) -> Outgoing:
    """Return what people get."""
    return message(texts.html("broadcast", clinic=texts.clinic.name, text=text), priority=Priority.BROADCAST)


def edited(message_id: int, shown: Outgoing) -> Outgoing:
    """Show a message in the place of another."""
    return Outgoing("editMessageText", {**shown.payload, "message_id": message_id})


def without_buttons(message_id: int) -> Outgoing:
    """Take the buttons off a message of the staff chat."""
    return Outgoing("editMessageReplyMarkup", {"message_id": message_id})


def broadcast_help(texts: Texts) -> Outgoing:
    """Say how a broadcast is written."""
    return message(texts.html("clinic-broadcast-help"))


def broadcast_too_long(texts: Texts) -> Outgoing:
    """Say how long a broadcast may be."""
    return message(texts.html("clinic-broadcast-too-long", count=LONGEST_BROADCAST))


def broadcast_too_old(texts: Texts) -> Outgoing:
    """Say that a draft was left lying too long."""
    return message(texts.html("clinic-broadcast-too-old"))


def preview(
    draft: Broadcast, people: int, languages: Mapping[str, str], levels: Sequence[str], texts: Texts, *, asks: bool
) -> Outgoing:
    """Show a broadcast as people will get it, to how many, with what can be chosen; or ask whether to send it."""
    shown = texts.html("broadcast", clinic=texts.clinic.name, text=draft.text)
    to = texts.html(
        "clinic-broadcast-to", people=number_of_people(people, texts), segment=_segment(draft.segment, languages, texts)
    )

    def button(key: str, act: Act, style: str | None = None) -> Button:
        return _press(texts.plain(key), BroadcastPressed(draft.id, act), style)

    if asks:
        rows = [[button("clinic-broadcast-send", Act.SEND, DANGER)], [button("clinic-broadcast-back", Act.BACK)]]
        return message(Html(f"{texts.html('clinic-broadcast-ask')}\n{to}\n\n{shown}"), rows)
    segment = draft.segment
    choices = [
        _chosen(name, draft.id, Act.LANGUAGE, code, code == segment.language) for code, name in languages.items()
    ]
    active = _chosen(texts.plain("clinic-broadcast-active"), draft.id, Act.ACTIVE, "", segment.active)
    steps = [
        _chosen(str(level_name(level, texts)), draft.id, Act.LEVEL, level, level == segment.level) for level in levels
    ]
    rows = [choices, [active], *_rows_of(steps, _LEVELS_IN_A_ROW)]
    if people:
        rows.append([button("clinic-broadcast-ready", Act.ASK, PRIMARY)])
    rows.append([button("clinic-broadcast-discard", Act.CANCEL)])
    return message(Html(f"{texts.html('clinic-broadcast-preview')}\n{to}\n\n{shown}"), rows)


def broadcast_going(going: Broadcast, delivered: Delivered, texts: Texts) -> Outgoing:
    """Say how far a broadcast is, with the way to stop it."""
    key = "clinic-broadcast-night" if going.deferred and not delivered.waiting else "clinic-broadcast-going"
    rows = (
        [_press(texts.plain("clinic-broadcast-show"), BroadcastPressed(going.id, Act.SHOW))],
        [_press(texts.plain("clinic-broadcast-stop"), BroadcastPressed(going.id, Act.CANCEL), DANGER)],
    )
    return message(_counted(key, going, delivered, texts), rows)


def broadcast_over(over: Broadcast, delivered: Delivered, texts: Texts) -> Outgoing:
    """Say what became of a broadcast that is sent, cancelled or given up."""
    return message(_counted(f"clinic-broadcast-{over.status}", over, delivered, texts))


def invitation_choices(
    asked: InvitationAsked, languages: Mapping[str, str], programmes: Sequence[str], texts: Texts
) -> Outgoing:
    """Show what an invitation can bring, each choice a button; and the words that were not understood."""
    chosen = asked.invitation

    def option(label: str, changed: Invitation) -> Button:
        return _press(_marked(label, changed == chosen), InvitationAsked(changed, is_made=False))

    any_one = texts.plain("clinic-invite-asked")
    rows = [
        [
            option(any_one, replace(chosen, language=None)),
            *(option(name, replace(chosen, language=code)) for code, name in languages.items()),
        ],
        *_rows_of(
            [
                option(texts.plain("clinic-invite-no-time"), replace(chosen, local_time=None)),
                *(option(clock_of(one, texts), replace(chosen, local_time=one)) for one in TIMES),
            ],
            4,
        ),
        [option(_uses(uses, texts), replace(chosen, uses=uses)) for uses in USES],
        [option(texts.plain("clinic-invite-days", count=days), replace(chosen, days=days)) for days in DAYS],
    ]
    if len(programmes) > 1:
        rows.append([option(name, replace(chosen, programme=name)) for name in programmes])
    rows.append([_press(texts.plain("clinic-invite-make"), InvitationAsked(chosen, is_made=True), PRIMARY)])
    text = texts.html("clinic-invite-choose")
    if asked.unread:
        text = Html(f"{texts.html('clinic-invite-unread', words=' '.join(asked.unread)[:200])}\n\n{text}")
    return message(text, rows)


def invitation(
    made: Invitation, code: str, languages: Mapping[str, str], texts: Texts, *, bot_username: str, now: datetime
) -> Outgoing:
    """Show a link that invites, as a QR picture too, with what it brings and until when it holds."""
    url = f"https://t.me/{bot_username}?start={code}"
    ends = moment_of(now + timedelta(days=made.days), None, texts)
    brings = [
        *(() if made.language is None else (languages.get(made.language, made.language),)),
        *(() if made.local_time is None else (clock_of(made.local_time, texts),)),
        *(() if made.programme is None else (made.programme,)),
    ]
    words = str(
        texts.html(
            "clinic-invite-made",
            url=url,
            brings=", ".join(brings) if brings else texts.html("clinic-invite-nothing"),
            uses=_uses(made.uses, texts),
            ends=ends,
        )
    )
    drawing = {"kind": "qr", "name": QR_NAME, "data": {"url": url}, "words": words}
    payload: dict[str, Any] = {"photo": {"$drawing": drawing}, "caption": words, "parse_mode": "HTML"}
    row = [_press(texts.plain("clinic-invite-withdraw"), InvitationWithdrawn(code))]
    return Outgoing("sendPhoto", {**payload, "reply_markup": {"inline_keyboard": [row]}}, forget=True)


def invitation_over(texts: Texts) -> Outgoing:
    """Say that a link opens nothing any more."""
    return message(texts.html("clinic-invite-withdrawn"))


def _counted(key: str, counted: Broadcast, delivered: Delivered, texts: Texts) -> Html:
    return texts.html(
        key,
        number=str(counted.id),
        sent=number_of_people(delivered.sent, texts),
        waiting=number_of_people(delivered.waiting + counted.deferred, texts),
        lost=number_of_people(delivered.not_reached, texts),
    )


def _segment(segment: Segment, languages: Mapping[str, str], texts: Texts) -> Html:
    parts = [
        *(() if segment.language is None else (languages.get(segment.language, segment.language),)),
        *((texts.html("clinic-broadcast-active"),) if segment.active else ()),
        *(() if segment.level is None else (level_name(segment.level, texts),)),
    ]
    return Html(", ".join(parts)) if parts else texts.html("clinic-broadcast-all")


def _uses(uses: int | None, texts: Texts) -> str:
    return texts.plain("clinic-invite-many") if uses is None else texts.plain("clinic-invite-uses", count=uses)


def _chosen(label: str, number: int, act: Act, value: str, is_chosen: bool) -> Button:  # noqa: FBT001 - a toggle
    return _press(_marked(label, is_chosen), BroadcastPressed(number, act, value))


def _marked(label: str, is_chosen: bool) -> str:  # noqa: FBT001 - a toggle
    return f"✓ {label}" if is_chosen else label


def _press(
    label: str, asked: BroadcastPressed | InvitationAsked | InvitationWithdrawn, style: str | None = None
) -> Button:
    button = {"text": label, "callback_data": encode(asked)}
    return button if style is None else {**button, "style": style}


def _rows_of(buttons: Iterable[Button], width: int) -> list[list[Button]]:
    kept = list(buttons)
    return [kept[at : at + width] for at in range(0, len(kept), width)]
