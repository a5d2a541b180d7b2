"""The plan in words: what today's level is called, and why today is as it is.

The reasons are those of `bot.domain.levels`; none of them names a diagnosis. A referral by the plan has its sentence
here too; the clinic's card that goes with it is `cards`'.
"""

from bot.domain.effects import TellPlan
from bot.domain.levels import Referral, Standing
from bot.presentation.i18n import Html
from bot.presentation.outgoing import Outgoing, message
from bot.presentation.view import Texts


def plan_told(effect: TellPlan, texts: Texts) -> Outgoing:
    """Say what level today is and why; to somebody who has been sent to the clinic, that it stays easy until then."""
    standing = effect.standing
    reason = reason_of(standing, texts) if standing.referral is None else texts.html("plan-refer-waiting")
    return message(texts.html("plan-today", level=level_name(effect.level, texts), reason=reason))


def reason_of(standing: Standing, texts: Texts) -> Html:
    """Say in one sentence why today is as it is."""
    return texts.html(f"plan-{standing.change.value}", rating=standing.rating or 0, days=standing.days or 0)


def referral_reason(referral: Referral, texts: Texts) -> Html:
    """Say in one sentence why the plan sends somebody to the clinic."""
    return texts.html(f"plan-refer-{referral.value}")


def level_name(level: str, texts: Texts) -> Html:
    """Name a level, by its id."""
    return texts.html(f"level-{level}")


def level_purpose(level: str, texts: Texts) -> Html:
    """Say in one sentence what a level is for."""
    return texts.html(f"level-{level}-about")
