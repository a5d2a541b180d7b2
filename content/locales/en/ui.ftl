# Everything the bot says, except the exercises (exercises/<id>/en.md) and the clinic's card (clinic.yaml).
#
# Messages are Telegram HTML: <b>, <i>, <code>; write &amp; for & and &lt; for <. What stands in braces is filled in by
# the bot. Button labels, notes and command descriptions are plain: no tags in them. Speak to one person, warm and calm,
# in short sentences; never name a diagnosis, never promise a cure.

-bot = Lumbar

## Arrival

hello = Hello { $name }.
hello-nameless = Hello.
greet =
    { $hello } I am <b>{ -bot }</b>, the exercise companion of { $clinic }. I take you through a short lower-back routine every day, one exercise at a time, at the hour you choose.

    <b>What I am not.</b> I am a program, and nothing I say is medical advice. Please ask a clinician (a doctor or a physiotherapist) before you start, above all if you are pregnant, have had an injury or an operation, or live with another illness.

    <b>What I keep</b>, once you agree: your time zone, your reminder time, and your answers to the exercises. Not the words you type. Details: /privacy
greet-consent = I understand, let's start
welcome-back =
    { $hello } Good to see you.

    { $reminders }
    /routine starts the exercises, /help shows everything else.

## Time zone and reminder time

ask-zone =
    <b>Where are you?</b> Your reminders follow the clock there.

    Tap a place below, or type a city, or share your location (paperclip, then Location). I only take the time zone from it.
ask-zone-unreadable =
    I could not find that place. Try a larger city nearby, for example <i>Madrid</i>, or a zone name such as <i>Europe/Madrid</i>.

    You can also share your location (paperclip, then Location).
ask-zone-echo =
    <b>Is this where you are?</b> Tap it, and your reminders follow the clock there.

    If it is not, type the city with its state or country.
ask-zone-choices =
    There is more than one. <b>Which place do you mean?</b>

    If it is none of these, type the city with its state or country, or share your location (paperclip, then Location).
zone-button = { $place } · { $time }
zone-keep = Keep { $place } · { $time }

ask-time =
    <b>When shall I remind you?</b>

    Tap a time, or type one, for example <i>7:15</i> or <i>half past 6 pm</i>. You can also type <i>Monday to Friday at 7:30</i>, or up to three times a day: <i>8 am and 9 pm</i>.
# Somebody typed a time: nothing is changed before they tap it.
ask-time-echo =
    I read: <b>{ $reminders }</b>. <b>Shall I remind you then?</b>

    Tap it to agree, or type another time.
ask-time-half =
    <b>In the morning or in the evening?</b>

    Tap the one you mean, or type another time, for example <i>7 pm</i>.
# In a new time zone.
ask-moved =
    <b>Shall the reminders keep their time on the clock?</b> That is how it is now.

    They can also come at the same moment as before.
moved-keep = Keep { $times } in { $place }
moved-same = As before: { $times } in { $place }
time-of-day = { $part ->
    [midnight] { $time } at midnight
    [small-hours] { $time } at night
    [noon] { $time } at noon
    [afternoon] { $time } in the afternoon
    [evening] { $time } in the evening
    [night] { $time } at night
   *[morning] { $time } in the morning
 }
time-is-over = That time is over. Tell me a later one, for example <i>in 20 minutes</i> or <i>at 8 pm</i>.
ask-time-unreadable = I could not read a time in that. Type it like <i>7:15</i>, <i>19:30</i> or <i>7 pm</i>; up to three a day, and with days if you like: <i>Mon Wed Fri at 18:00</i>.
# A new person may try the exercises before choosing a time.
start-first = Exercises first, time later
time-keep = Keep { $time }

day-named = { $weekday } { $day } { $month } { $year }
clock = { $hour }:{ $minute }
weekday = { $number ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
 }
month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 }
# The person's own phone writes the date and time; what stands inside is for phones that cannot.
moment = <tg-time unix="{ $unix }" format="wDt">{ $weekday } { $day } { $month }, { $time }</tg-time>
moment-today = <tg-time unix="{ $unix }" format="t">{ $time }</tg-time>
# Before a referral, where the message waited because the bot was not running.
wrote-at = You wrote this at { $moment }.
wrote-on = You wrote this on { $moment }.

## Language

# What this language is called in itself: the button for it, in every language.
language-name = English
ask-language =
    <b>Which language shall I speak?</b> Now it is { $language }.

    You can also just ask, at any time: <i>can we do this in English?</i>
language-chosen = <b>From now on I speak English.</b> /language changes it.

## The schedule

schedule =
    { $opening }

    { $daily }
    { $next }
daily = <b>{ $times }</b> ({ $place }).
reminder-times = { $days } at { $times }
reminder-times-short = { $days }, { $times }
reminder-days = { $kind ->
    [every] Every day
    [working] Monday to Friday
    [weekend] Saturday and Sunday
   *[some] { $days }
 }
list-and = { $items } and { $last }
schedule-hint = If that date or time looks wrong on your phone, the zone is wrong: /timezone
schedule-all-set = <b>You are all set.</b>
schedule-time-changed = <b>Your reminders are changed.</b>
schedule-zone-changed = <b>Your time zone is changed.</b>
schedule-resumed = <b>Your reminders are on again.</b>
schedule-released =
    <b>Good that you have spoken to someone.</b> Your routine is open again, one step easier: until you have finished one, every exercise comes in its easier way.

    Follow what they told you, and stop if anything feels wrong.
schedule-skipped = <b>No more reminder today.</b> Resting is fine.
schedule-left-out = <b>Then not today.</b> No more reminder until then.
schedule-snoozed = <b>Later, then.</b> I will remind you again:
schedule-times-kept = <b>Your reminders stay as they were.</b>
schedule-unchanged = <b>Your reminders are on.</b> There is nothing to resume.
next-reminder = Next reminder: { $moment }
next-held = No reminder comes while your routine is on hold.
next-paused = Reminders are paused. /resume turns them on again.
next-paused-until = Reminders are paused until { $day }. /resume turns them on earlier.
next-unset = No reminder is set yet. /time sets one.
start-now = Start now

settings =
    <b>Your settings</b>

    { $reminders }
    { $follow_up }
    { $pictures }

    /time, /timezone and /pause change the reminder, /language the language.
settings-pictures = Exercises come with a moving picture.
settings-text-only = Exercises come as text only.
settings-follow-up = If you have not begun after { $minutes } minutes, I ask once more, without a sound.
settings-follow-up-off = If you have not begun, I do not ask again. Tap a time below, and I ask once more after it.
follow-up-after = Ask after { $minutes } min
follow-up-off = Do not ask again
settings-progress = Progress and weekly summary
pictures-off = Text only, for slow connections
pictures-on = Show the pictures again

reminder = It is time for your routine. A few minutes are enough.
reminder-missed = { $count ->
    [one] I was not running and could not remind you last time.
   *[other] I was not running and could not remind you the last { $count } times.
}
follow-up = There is still time today. A few minutes are enough, and one exercise is, too.
how-often =
    <b>How often shall I remind you?</b> We have not met for a week, and that is all right.

    Tap what suits you. Without an answer everything stays as it is, and I will not ask again soon. /routine works at any time.
rhythm-keep = As it is
rhythm-weekly = Once a week
rhythm-pause = Take a pause
rhythm-stop = No more reminders
rhythm-kept = Good, then everything stays as it is. /routine starts the exercises at any time.
reminders-off = No more reminders come. /resume turns them on again, and /routine works at any time. /delete erases what is stored about you.
reminder-welcome = <b>Welcome back.</b> Your pause is over.
reminder-easier = { $levels ->
    [one] We begin one level easier, to find the way back gently.
   *[other] We begin { $levels } levels easier, to find the way back gently.
 }
reminder-start = Start
# Read on lock screens: not a word about health or the back. The buttons answer it.
reminder-morning = Better, the same, or worse than yesterday?
morning-better = Better
morning-same = Same
morning-worse = Worse
morning-told-better = Noted: better than yesterday
morning-told-same = Noted: same as yesterday
morning-told-worse = Noted: worse than yesterday
bad-day = Bad day: one minute
reminder-later = Later
reminder-done = Done already
reminder-skip = Not today
later-minutes = { $minutes } min
later-typed = Another time
later-back = Back
type-later = When shall I remind you again today? Type it, for example <i>8 pm</i> or <i>in 2 hours</i>.

## Before the first routine: the questions of content/safety/screening.yaml

# The number a person taps is the place of a question on its page.
screening-intro =
    <b>Before we begin, a few questions</b>, so that the exercises do you good. It takes a minute.

    Tap the number of whatever is true for you, or type it. Of your answers I keep the number for your pain, and the kind of one that worries me.
screening-page-emergency =
    <b>Is any of this so, today or lately?</b>

    { $questions }

    If it has just happened, do not wait for me: call <b>{ $emergency }</b>.
screening-page-urgent =
    <b>And any of this?</b> Leave out what a clinician knows of and has cleared for exercise.

    { $questions }
screening-page-pain = <b>How strong is your pain right now, from 0 to 10?</b> 0 is no pain, 10 the worst you can imagine.
screening-page-weekly =
    <b>A quick check, as every week.</b> Is any of this so now? Leave out what a clinician has looked at since and found all right for exercise.

    { $questions }

    If it has just happened, do not wait for me: call <b>{ $emergency }</b>.
screening-line = <b>{ $number }</b>  { $question }
screening-unreadable = Please tap a button, or type its number or <i>none</i>.
screening-none = None of these
screening-s1 = Numbness between the legs, or a change in how you pee, poo or have sex
screening-s2 = Both legs painful, numb, tingling or weak, or a leg that gives way
screening-s3 = Chest pain, breathlessness at rest, or a blackout
screening-s4 = In the last 6 weeks: a crash, a fall from a height or a hard blow that nobody has examined yet
screening-s5 = A fall or a knock, while over 65, on steroids (cortisone) for a long time, or with bones you were told are thin
screening-s6 = A fever, chills or feeling ill, or surgery or an injection at the spine in the last 3 months
screening-s7 = Cancer, now or in the past; weight lost without trying; or pain that never lets up, even at night
screening-s8 = One leg newly weak, a foot that drags, or a numb patch that stays
screening-s10 = Pregnant, or gave birth in the last 12 weeks
screening-s11 = A heart or lung illness, very high blood pressure, or faints. Or a bulge in an artery (aneurysm), or surgery not long ago
screening-s12 = Younger than 16
screening-s13 = Told by a clinician not to exercise
screening-s14 = Thoughts of harming yourself (you need not answer this one)

## A day left out: why, and what then

why = If you like, tell me why. It helps me to suggest what may be right for you now.
why-week = If something was in the way this week, tell me what, if you like.
why-no-time = No time
why-pain = Pain
why-too-hard = Too hard
why-ill = Ill
missing-no-time =
    <b>One minute counts too.</b> One small exercise, and the day is done.

    Would another hour be easier for you? /time
ask-pain-now =
    <b>How strong is your pain right now, from 0 to 10?</b>

    0 is no pain, 10 the worst you can imagine.
missing-little-pain = <b>Good that it is only a little.</b> If you feel up to it, the routine is there, and so is the one small exercise. Resting is fine too.
missing-some-pain =
    <b>Then less is right today.</b> One small exercise, slow and easy, or rest: both are fine.

    If the pain grows, or is no better in the morning, ask the clinic: /clinic
missing-ill =
    <b>Get well first.</b> Your routine can wait for you. Shall I pause the reminders? /resume brings them back sooner.

    If you have a fever and your back hurts, please speak to a clinician today: /clinic

## The exercises

getting-down =
    <b>First, getting down to the floor</b>

    { $text }
step =
    { $number } of { $count }
    { $name }

    <i>{ $picture }</i>

    <b>Start.</b> { $start }

    <b>Line up</b>
    { $alignment }

    <b>Move.</b> { $movement }

    <b>Breathe.</b> { $breathing }

    <b>How much.</b> { $dose }

    <b>Avoid.</b> { $avoid }

    <b>Stop if you notice:</b> { $stop }
step-another-way =
    { $number } of { $count }
    { $name }

    <b>Start.</b> { $start }

    <b>Line up</b>
    { $alignment }

    <b>Move.</b> { $movement }

    <b>Breathe.</b> { $breathing }

    <b>How much.</b> { $dose }

    <b>Avoid.</b> { $avoid }

    <b>Stop if you notice:</b> { $stop }
step-caption =
    { $number } of { $count } · { $name }

    { $short }

    <b>How much.</b> { $dose }

    <b>Stop if you notice:</b> { $stop }
step-short-another-way =
    { $short }
    <i>The picture shows the usual way.</i>
step-name-usual = <b>{ $name }</b>
step-name-easier = <b>{ $name }</b>, the easier way
step-name-harder = <b>{ $name }</b>, the harder way
step-done = Done
step-pain = Pain
step-skip = Skip
step-stop = Stop
step-how-to = How to
how-to =
    <b>{ $name }</b>
    { $purpose }

    <b>Start.</b> { $start }

    <b>Line up</b>
    { $alignment }

    <b>Move.</b> { $movement }

    <b>Breathe.</b> { $breathing }

    <b>Avoid.</b> { $avoid }

    <b>Easier.</b> { $easier }

    <b>Harder.</b> { $harder }

    <b>Stop if you notice:</b> { $stop }

    <b>Take care.</b> { $care }

    <b>In the picture.</b> { $picture }

dose = { $times }.
dose-held = { $times }, { $hold }.
dose-times = { $repetitions ->
    [one] Once
   *[other] { $repetitions } times
 }
dose-times-sides = { $repetitions } times in all, { $each } to each side
dose-minutes = { $minutes ->
    [one] One minute
   *[other] { $minutes } minutes
 }
dose-breaths = { $breaths ->
    [one] holding for one slow breath each time
   *[other] holding for { $breaths } slow breaths each time
 }
dose-seconds = { $seconds ->
    [one] holding for one second each time
   *[other] holding for { $seconds } seconds each time
 }

ask-pain =
    <b>How strong is the pain, from 0 to 10?</b>

    0 is no pain, 10 the worst you can imagine.
ask-pain-unreadable = Please give me one number from 0 to 10, for example <i>4</i>. 0 is no pain, 10 the worst you can imagine.
carry-on-gently = Noted. Carry on gently: smaller and slower is fine.
leave-it-today = Noted. Then this exercise rests for today.
offer-easier =
    <b>Let us make it smaller.</b> There is an easier way to do this exercise.

    Would you like to try it, or leave it for today?
offer-easier-try = Try the easier way
offer-easier-leave = Leave it for today
offer-clinic =
    <b>Stop this exercise for today.</b> Pain at this level is worth talking over with somebody who can examine you:

    { $clinic }

    If you feel up to it, you can go on gently with what comes next. Stopping is just as right.
offer-clinic-next = Go on gently
offer-clinic-stop = Stop for today
session-left-over = Noted. That routine was from another day, so I have closed it. /routine starts today's.
session-changed = An exercise of this routine has been taken out of the programme meanwhile, so I have closed it. /routine starts a new one.
session-stopped = Stopped for today, and that is fine. /routine starts again whenever you like.

## The plan: levels of content/routines/lower-back.yaml, and why today is as it is

level-flare = Flare
level-flare-about = Rest, very small movements and a short walk, until your back has calmed down.
level-settle = Settle
level-settle-about = The four basic exercises, a few times each, to get used to them.
level-base = Base
level-base-about = The same four exercises, more often.
level-build = Build
level-build-about = The first exercises for strength, and a walk.
level-strong = Strong
level-strong-about = Strength for your back, your hips and your sides.
level-keep = Keep
level-keep-about = Three days of strength a week; walking and easy movement on the others.

# Why today's exercises are as they are, one for each reason of bot/domain/levels.py.
plan-start = We begin with a little of each exercise.
plan-steady = The same as last time. When it keeps going well, I add a little.
plan-more-repetitions = A few more times each from today: it has been going well.
plan-longer-holds = Each hold is a little longer from today: it has been going well.
plan-next-level = One step up from today: it has been going well.
plan-amber = Nothing is added today: the last pain you told me was { $rating } of 10.
plan-resting = Only very easy things today: your pain was { $rating } of 10.
plan-after-flare = One step easier than before: your pain had gone up to { $rating } of 10.
plan-worse-mornings = Easier today: two mornings were worse than the day before.
plan-ambers-running = Easier today: your pain was 4 or 5 of 10 three times running.
plan-after-finding = Easier today, after what you told me.
plan-away = We begin again gently: your last routine was { $days } days ago.
plan-asked-easier = Easier today, as you asked.
plan-asked-harder = A little more today, as you asked.
plan-harder-waits = You asked for more. Today stays as it is: I add a little once a week at most, and after days that went well.
plan-nothing-harder = You asked for more. This is the most the plan has; if you want to go beyond it, talk it over with the clinic: /clinic
# What a session begins with.
plan-today = <b>Today: { $level }.</b> { $reason }
minimum-intro = <b>A bad day, then.</b> One small exercise, about a minute, and the day counts.
# Where the plan sends somebody to the clinic: once a week with the card, in between in a line.
plan-referral =
    <b>{ $reason }</b>

    Until then I show you only very easy things. If it gets worse, do not wait.

    { $card }
plan-refer-waiting = Only very easy things until you have talked it over with the clinic: /clinic
plan-refer-flares = Strong pain on three days within a month: please talk it over with the clinic.
plan-refer-no-gain = Six weeks, and little has changed: please talk it over with the clinic.

## The end of a session

praise-first = <b>Your first routine is done.</b> The beginning is the hardest part.
# One wording after another, by the number of finished routines. Kind, never a promise, never about what was left out.
praise-ordinary = { $variant ->
    [0] <b>Well done.</b> That is the whole routine.
    [1] <b>Done for today.</b> Your back had its turn.
    [2] <b>That is it for today.</b> Little and often is what may help most.
   *[3] <b>All done.</b> You took the time, and that counts.
 }
praise-comeback = { $variant ->
    [0] <b>Good to have you back.</b> Starting again is worth as much as going on.
    [1] <b>You are back.</b> Everybody has breaks. Today counts.
    [2] <b>Back at it, and done.</b> The days before your break still count too.
   *[3] <b>Welcome back.</b> The first routine after a break is often the hardest, and you have done it.
 }
praise-week = { $variant ->
    [0] <b>A whole week.</b> You kept every day you had planned.
    [1] <b>That makes the week complete.</b> Every planned day is done.
    [2] <b>Your week is full.</b> You saw it through to the end.
   *[3] <b>Every day of this week is done.</b> Take a moment to enjoy that.
 }
praise-bad-day = { $variant ->
    [0] <b>That counts.</b> On a bad day one small exercise is plenty. If it feels right, a short walk is fine too.
    [1] <b>Small, and done.</b> On a day like this that is enough.
    [2] <b>You did what the day allowed.</b> It counts like any other day.
   *[3] <b>Done, on a hard day.</b> Now be kind to yourself.
 }
praise-pain = { $variant ->
    [0] <b>Done, and you paid attention to your back.</b> Telling me of pain is part of doing this well.
    [1] <b>That is it for today.</b> You said what hurt, and that helps me choose what comes next.
    [2] <b>Finished, with care.</b> Going gently where it hurts is right.
   *[3] <b>You are through.</b> It was not a comfortable one. Rest now, if you like.
 }
# On the 7th, 30th and 100th day done.
praise-milestone = This was your day number <b>{ $days }</b>.
praise-session =
    { $praise }

    { $count } of 7 days this week  { $marks }
    { $score }
    { $next }

    { $question }
praise-score = Steadiness: { $score } of 100
praise-streak = Days in a row: { $days }
ask-back = <b>How does your back feel now, from 0 to 10?</b> 0 is no pain, 10 the worst you can imagine.
ask-back-again = Please give me one number from 0 to 10, for example <i>2</i>: how does your back feel? 0 is no pain, 10 the worst you can imagine.
you-are-welcome = You are welcome. See you next time.
see-you = That is all for today, then. See you next time.
thanks-low = Noted, thank you. See you next time.
thanks-some = Noted, thank you. A little soreness often settles by the next morning. If it has not by then, keep the next routine smaller, or ask the clinic: /clinic

ask-wish = Was it too hard, just right, or too easy?
wish-easier = Too hard
wish-right = Just right
wish-harder = Too easy
wish-easier-noted = Noted. From tomorrow on I make it easier where I can. Under any exercise you can also type <i>easier</i>.
wish-harder-noted = Noted. I add a little as soon as your days allow it, once a week at most.
wish-right-noted = Good to know, thank you.

mark-done = ●
mark-open = ○

progress-none = Nothing to show yet, and that is where everybody begins. A day counts once you reach the end of the routine: /routine
progress =
    <b>Your routine</b>

    { $week }
    { $total }
progress-total = { $count ->
    [one] In all: one day
   *[other] In all: { $count } days
 }
progress-week-none = This week: still open
progress-week = This week: { $count ->
    [one] one day
   *[other] { $count } days
 } ({ $days })
progress-earlier = The three weeks before, latest first: { $last }, { $second } and { $third } days
progress-score = Steadiness: { $score } of 100. A day done lifts it, and a day left out takes little away.
progress-streak = Days in a row: { $days }. Two days left out in a month do not break the row; you still have { $freezes } this month.
progress-level = Level: { $level }
progress-minutes = { $minutes ->
    [one] One minute of routine in these ten weeks
   *[other] { $minutes } minutes of routine in these ten weeks
 }
progress-ratings = Pain after your latest routines, 0 to 10: { $ratings }
progress-yesterday = I did it yesterday too
progress-preferences = Change what I see
yesterday-noted = Noted: yesterday counts as done. Thank you for telling me.
# A day that was corrected afterwards, in the Mini App's calendar.
day-in-full = { $weekday } { $day } { $month }
weekday-long = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
 }
day-corrected-done = Noted: { $day } now counts as done.
day-corrected-not-done = Noted: { $day } no longer counts as done. If you told me about pain on that day, that stays.
day-corrected-pain = Noted for { $day }: { $ratings }.
rating-before = pain before { $rating } of 10
rating-during = worst during it { $rating } of 10
rating-after = after it { $rating } of 10
day-corrected-careful = To be on the safe side your plan stays as careful as it was.
today-noted = Noted: today counts as done. Well done, and nothing more is due today.

# In the picture of /progress; plain text, no tags.
chart-title = Your last ten weeks
chart-dates = { $first } to { $last }
chart-date = { $day } { $month } { $year }
chart-week = { $day } { $month }
month-short = { $number ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 }
chart-percent = { $score }%
chart-score = Steadiness
chart-level = Level
chart-level-unknown = –
chart-minutes = Minutes
chart-days = Days done
chart-streak = Days in a row
chart-done = done, in minutes
chart-missed = open
chart-frozen = paused or on hold
chart-pain = Pain, 0 to 10
chart-before = before the routine
chart-during = worst during it
chart-after = after it
chart-no-pain = No ratings yet.

preferences =
    <b>Your progress</b>

    { $streak }
    { $look }
    { $weekly }
preferences-streak = Days in a row are counted.
preferences-streak-off = Days in a row are not counted.
preferences-dark = Pictures are dark.
preferences-light = Pictures are light.
preferences-weekly = A short summary comes once a week, on { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
 }, in the evening. Tap another day to move it.
preferences-weekly-off = No weekly summary comes. Tap a day to have one.
prefer-streak = Count days in a row
prefer-streak-not = Do not count days in a row
prefer-dark = Dark pictures
prefer-dark-not = Light pictures
weekly-off = No weekly summary

# /report: two pages for a clinician. All but the caption and the apology stand on paper: plain text, no tags.
report-caption = Two pages for your clinician, with the days, the exercises and the ratings of the last twelve weeks. There is a line for your name: I do not know it.
report-failed = Sorry, the report could not be drawn this time. Please try /report again in a while.
report-title = Home exercise for the lower back: a report
report-period = { $first } to { $last }
report-name = Name
report-birth = Date of birth
report-note =
    Told by the person to a chat program, day by day; nobody has checked it.
    Ratings go from 0 (no pain) to 10. This report counts what was told: it judges nothing and is no diagnosis.
report-days =
    days done /
    days due
report-score =
    steadiness (recent
    days count more)
report-finished =
    routines
    finished
report-unfinished =
    routines begun,
    not finished
report-minutes =
    minutes
    in all
report-weeks = Days done and due, by week
report-exercises = Exercises
report-findings = Warning signs the program noticed
report-levels = Level of the programme
report-stops = Pauses and holds
report-head-exercise = Exercise
report-head-done = done
report-head-easier = of these easier
report-head-pain = gave pain
report-head-peak = highest pain
report-head-skipped = left out
report-head-date = Day
report-head-urgency = Urgency
report-head-category = Category
report-head-since = Since
report-head-level = Level
report-head-from = From
report-head-to = To
report-head-kind = What
report-tier-emergency = emergency
report-tier-urgent = urgent
report-tier-referral = referral
report-pause = paused by the person
report-hold = held for safety by the program
report-still = still so
report-none = None in these weeks.
report-more = { $count ->
    [one] and one more, earlier
   *[other] and { $count } more, earlier
 }
report-page = Page

# Once a week. Kind whatever the week was; never counts what was missed.
weekly =
    <b>Your week</b>

    { $praise }
    { $count ->
        [0] This week is still open.
        [one] Done on one of the last seven days.
       *[other] Done on { $count } of the last seven days.
    }
    Steadiness: { $score } of 100.
weekly-all = { $variant ->
    [0] Every day that was planned. Well done.
    [1] A whole week, and you saw it through.
    [2] Not one day left out. Your back has had good care.
   *[3] You kept every one of your days. That takes some doing.
 }
weekly-some = { $variant ->
    [0] Good that you kept at it.
    [1] Each of those days counts.
    [2] You made time for your back, and that is what it needs.
   *[3] Step by step: that is how it works.
 }
weekly-none = { $variant ->
    [0] Some weeks are like that. It is good to have you here.
    [1] A quiet week. You can begin again on any day.
    [2] Life was in the way, perhaps. Nothing is lost.
   *[3] No matter how last week was: the next routine starts afresh.
 }
weekly-try-more-pain = One thought: your ratings were higher than in the weeks before. Go gently, and choose the easier way. If it stays so, talk it over with the clinic: /clinic
weekly-try-weekday = One idea: { $weekday ->
    [1] Monday is
    [2] Tuesday is
    [3] Wednesday is
    [4] Thursday is
    [5] Friday is
    [6] Saturday is
   *[7] Sunday is
 } often a full day for you. Would another hour be easier? /time
weekly-try-keep = One idea: change nothing. What you do now works for you.
weekly-try-habit = One idea: do the routine right after something you do every day, such as brushing your teeth.
weekly-try-short = One idea: begin with the first exercise only. A few minutes are enough to start again.

## The clinic and safety

clinic-card =
    <b>{ $name }</b>
    Phone: { $display } · { $phone }
    Address: <a href="{ $map }">{ $address }</a>
    Hours: { $hours }
clinic =
    { $card }

    In an emergency do not wait for the clinic: call <b>{ $emergency }</b>.
# Below the picture with name, number and hours that follows a referral.
clinic-caption = To call them: <b>{ $name }</b>, { $display }
clinic-copy = Copy phone number
clinic-map = Open map
clinic-book = Book online
number-copy = Copy { $number }
spoken = I have spoken to someone
cleared = A clinician has cleared me

# A referral names the action first, hedges, and stays under 60 words before the clinic's card.
refer-emergency =
    <b>Call { $emergency } now</b>, or your local emergency number. Do not drive yourself.

    What you describe may need help straight away. If you can, have someone stay with you.
refer-emergency-held = I have stopped the exercises and your reminders.
refer-emergency-clinic = Once you are safe, your clinic is here:
refer-urgent =
    <b>Speak to the clinic or your doctor today</b>, before any more exercise.

    What you describe may need a look soon. If it gets worse, a leg turns weak, or you go numb between the legs, call <b>{ $emergency }</b>.
refer-urgent-advice = No answer there? Call <b>{ $advice }</b>.
refer-urgent-held = Your routine is on hold until you have spoken to someone.
refer-referral =
    <b>Please talk to the clinic</b> before your next exercises.

    Thank you for telling me. It may be worth a look by somebody who can examine you. If it gets worse, do not wait.
refer-open =
    <b>Please talk to the clinic</b> about this, and leave out whatever brings it on.

    Thank you for telling me. It may be worth a look by somebody who can examine you. If it gets worse, do not wait.
refer-cleared-held = The exercises wait until a clinician has said that they are right for you.
refer-young =
    <b>These exercises are made for people of 16 and over.</b> Please ask your parents, and a doctor or the clinic, what is right for you.

    If that was a slip of the finger: /delete erases everything, and you can begin anew.
refer-again = That is twice within a week. <b>Please book an appointment.</b>
refer-again-online = That is twice within a week. <b>Please book an appointment</b>, by phone or online.
refer-referral-held = Your routine is on hold until you have spoken to someone.
refer-suicide =
    <b>Please call { $crisis } now.</b> Someone there will listen, day or night.

    I am glad you told me. If you may be in danger, call <b>{ $emergency }</b>. If you can, let someone close to you know, and stay with them.
refer-suicide-no-line =
    <b>Please call { $emergency } now</b>, or a crisis line near you. You deserve a person to listen.

    I am glad you told me. If you can, let someone close to you know, and stay with them.
refer-suicide-held = I will not send reminders meanwhile.

hold = <b>Your routine is on hold</b>, because of what you told me. Please speak to the clinic or your doctor first.
hold-cleared = <b>Your routine waits</b>, because of what you told me. Please ask the clinic or your doctor whether these exercises are right for you at present.
hold-young = <b>These exercises are made for people of 16 and over.</b> If that was a slip of the finger: /delete erases everything, and you can begin anew.
hold-emergency = <b>Your routine is on hold</b>, because of what you told me. If that has not been seen to, call <b>{ $emergency }</b> or your local emergency number now, and do not drive yourself.
hold-suicide = <b>Your routine can wait.</b> You can call <b>{ $crisis }</b> at any time, to talk to someone who listens. In danger, call <b>{ $emergency }</b>.
hold-suicide-no-line = <b>Your routine can wait.</b> You deserve a person to listen: someone close to you, a doctor, or a crisis line near you. In danger, call <b>{ $emergency }</b>.
hold-tell = Once you have spoken to someone, tell me with the button below.
hold-tell-cleared = Once they have said yes, tell me with the button below.

# Asked on the day after something grave, then after three days, then weekly, until the person says yes.
check-in =
    <b>How are you today?</b> I have kept your routine on hold, because of what you told me.

    Have you been able to speak to someone about it?
check-in-suicide =
    <b>I have been thinking of you.</b> How are you today?

    Have you been able to speak to someone? You can call <b>{ $crisis }</b> at any hour, and in danger <b>{ $emergency }</b>.
check-in-suicide-no-line =
    <b>I have been thinking of you.</b> How are you today?

    Have you been able to speak to someone? A person close to you, a doctor, or a crisis line near you can listen. In danger, call <b>{ $emergency }</b>.
check-in-yes = Yes, I have
check-in-not-yet = Not yet
not-yet = <b>That is all right, and it is not too late.</b> Please call today: it need not be a long talk. Your routine is on hold until then, and I will ask again in a few days.
not-yet-emergency =
    <b>Please do not leave it.</b> If what you told me is still there, or came back, call <b>{ $emergency }</b> or your local emergency number now, and do not drive yourself.

    If it has passed, speak to the clinic or your doctor today anyway. Your routine is on hold until then, and I will ask again in a few days.
not-yet-suicide =
    <b>Thank you for answering.</b> It can be hard to begin. You can call <b>{ $crisis }</b> at any hour; somebody there will listen, and you need not know what to say.

    In danger, call <b>{ $emergency }</b>. If you can, be with someone you trust. I will ask again.
not-yet-suicide-no-line =
    <b>Thank you for answering.</b> It can be hard to begin. A person you trust, a doctor, or a crisis line near you can listen, and you need not know what to say.

    In danger, call <b>{ $emergency }</b>. If you can, do not stay alone. I will ask again.

## The clinic's own chat, where it has one

ask-staff =
    <b>One more question.</b> If you ever write to me of something urgent, may I let the team of { $clinic } know, so that they can look after you?

    They would see how urgent it seems, of what kind, and a link to you; never your words. You also get a code: only if you tell it to them can they look up how you are doing. You can change this at any time: /privacy
staff-yes = Yes, let them know
staff-no = No, keep it between us
staff-told = Noted. Only something urgent, and never your words. Do not wait for them, though: they may not see it at once.
staff-not-told = Noted. I tell nobody.
privacy-staff-told = <b>The team of { $clinic }</b> is told of something urgent, without your words, because you agreed.
privacy-staff-not-told = <b>The team of { $clinic }</b> is not told of something urgent.
staff-notice =
    <b>{ $tier }</b>: { $flag }
    { $moment }
    <a href="tg://user?id={ $person }">The person in Telegram</a>
staff-emergency = Emergency
staff-urgent = Urgent
staff-cauda-equina = saddle, bladder, bowel or both legs
staff-neuro = nerves: weakness, numbness, or signs in the head
staff-fall-injury = a fall or an injury
staff-fracture = perhaps a fracture
staff-cardiac = heart or breathing
staff-abdominal = belly or aorta
staff-infection = signs of an infection
staff-cancer = with a history or signs of cancer
staff-suicide = thoughts of suicide or self-harm
staff-pregnancy = in pregnancy
staff-severe-pain = severe pain

# A person's code, by which the team finds them; only who has agreed has one.
privacy-staff-code =
    <b>Your code for the team: { $code }</b> Whoever of them you tell it can look up on how many days you did your routine, your level and your pain ratings, and which kinds of warning signs I noticed; never your words. A new code makes the old one useless.
staff-code-new = Give me a new code

# What patients get of a message to many; the staff wrote it.
broadcast =
    <b>{ $clinic }</b>

    { $text }
# Below a link that opens nothing any more; the usual greeting follows.
invitation-over = That invitation link is no longer valid, but you are welcome all the same. If you miss something the clinic had prepared for you, ask them for a new link.

# What follows is read by the clinic's team, in the chat of STAFF_CHAT_ID.
clinic-help =
    <b>What I can do in this chat</b>
    /stats – how everybody together is doing
    /who CODE – how somebody is doing who told you their code

    For administrators of this chat:
    /broadcast – write to many, after a preview
    /invite – a link and a QR picture that invite a patient

    Whatever is done here is written down: who, what, when.
clinic-command-stats = How everybody together is doing
clinic-command-who = How somebody is doing, by their code
clinic-command-broadcast = Write to many, after a preview
clinic-command-invite = A link and a QR picture that invite
clinic-refused = Only administrators of this chat can do that.
clinic-stranger = I could not see that you are a member of this chat. If you are, make me an administrator here, and write as yourself, not anonymously.
clinic-unsure = I could not find out from Telegram who you are in this chat, so I did nothing. Please try again.
clinic-failed = Sorry, something went wrong on my side, and nothing was done. Please try again.

clinic-hidden = –
clinic-few = fewer than { $count }
clinic-part = { $label }: { $count }
clinic-stats =
    <b>People: { $people }</b>
    { $standings }

    <b>Days done, of those due in four weeks</b>
    { $shares }

    <b>People with warning signs in four weeks, by the gravest</b>
    { $tiers }

    <b>Messages of the last day</b>
    Sent: { $sent }; refused: { $refused }; failed: { $failed }
    <b>Reminders of the last day</b>
    { $lateness }
    Reminders that did not come in four weeks: { $missed }

    <i>{ $note } { $counted }</i>
clinic-stats-of = { $date }: { $people } people
clinic-stats-note = – : not told. Groups of fewer than { $count } people are not broken down.
clinic-stats-counted = Counted on { $date }. I count again a day later, so that two looks tell of nobody.
clinic-standing-active = active in 14 days
clinic-standing-inactive = inactive for 14 days
clinic-standing-new = new, none finished yet
clinic-standing-resting = paused or on hold
clinic-standing-left = blocked the bot
clinic-share-0 = under 25 %
clinic-share-1 = 25 to 49 %
clinic-share-2 = 50 to 74 %
clinic-share-3 = 75 % and more
clinic-tier-emergency = emergency
clinic-tier-urgent = urgent
clinic-tier-referral = referral
clinic-within-10-seconds = within 10 s
clinic-within-a-minute = within a minute
clinic-within-5-minutes = within 5 minutes
clinic-late = later
clinic-chart-people = People
clinic-chart-shares = Days done, of those due in four weeks
clinic-chart-findings = People with warning signs in four weeks, by the gravest
clinic-chart-lateness = Reminders of the last day

clinic-who-nobody = Nobody has this code, or they have not agreed to be looked up. A code has eight signs, such as <code>K7QM-4XRD</code>; people find theirs under /privacy.
clinic-who =
    <b>The person with this code, in twelve weeks</b>
    Days done, of those due: { $done } of { $due }
    Steadiness: { $score } of 100
clinic-who-routines = Routines finished: { $finished }; begun and not finished: { $unfinished }
clinic-who-level = Level: { $level }
clinic-who-pain = Highest pain of a day, 0 to 10: { $first } at first, { $last } at last, { $most } at most
clinic-who-findings = Warning signs the program noticed, which nobody has checked:
clinic-who-finding = { $tier }, { $flag }: { $count } ×, last on { $day } { $month }
clinic-who-no-findings = No warning signs noticed.
clinic-who-held = On hold for safety.
clinic-who-paused = Paused by the person.

# Words of a command's first line, separated by blanks; the languages' and levels' own names count as well.
clinic-words-active = active
clinic-words-once = once single
clinic-words-many = many unlimited
clinic-words-uses = people person uses use times
clinic-words-days = days day
clinic-broadcast-help =
    Write the message after the command, on as many lines as you like:

    <code>/broadcast
    The clinic is closed tomorrow.</code>

    Whom it is for can stand beside the command (<code>/broadcast es active</code>), or be chosen below the preview.
clinic-broadcast-too-long = That is too long: at most { $count } characters, please.
clinic-broadcast-too-old = This draft is older than a day. Please write it again.
clinic-broadcast-preview = <b>This is how it will look.</b> Choose whom it is for.
clinic-broadcast-ask = <b>Send this now?</b> What has left cannot be taken back.
clinic-broadcast-to = To: { $people } people ({ $segment }). Nobody who is paused, on hold or has blocked me; at night, from 22 to 7, it waits.
clinic-broadcast-all = everybody
clinic-broadcast-active = active in 14 days
clinic-broadcast-ready = Send…
clinic-broadcast-send = Yes, send it
clinic-broadcast-back = Not yet
clinic-broadcast-discard = Throw it away
clinic-broadcast-going =
    <b>Broadcast { $number } is leaving.</b>
    Sent: { $sent }; waiting, as far as looked at: { $waiting }; not reached: { $lost }
clinic-broadcast-night =
    <b>Broadcast { $number } waits for the morning of some.</b>
    Sent: { $sent }; asleep: { $waiting }; not reached: { $lost }
clinic-broadcast-sent =
    <b>Broadcast { $number } is sent.</b>
    Sent: { $sent }; not reached: { $lost }
clinic-broadcast-cancelled =
    <b>Broadcast { $number } is cancelled.</b>
    Sent before that: { $sent }; not sent any more: { $lost }
clinic-broadcast-show = How far is it?
clinic-broadcast-stop = Stop it

clinic-invite-choose =
    <b>An invitation.</b> What shall it bring along?

    From the top: language, reminder time, for how many people, for how long. In words: <code>/invite es 07:30 once 14 days</code>
clinic-invite-unread = I did not understand: { $words }
clinic-invite-asked = Any language
clinic-invite-no-time = Any time
clinic-invite-uses = { $count ->
    [one] one person
   *[other] { $count } people
 }
clinic-invite-many = anybody
clinic-invite-days = { $count ->
    [one] a day
   *[other] { $count } days
 }
clinic-invite-make = Make the link
clinic-invite-made =
    <b>An invitation</b>
    { $url }

    Brings along: { $brings }
    For: { $uses }
    Until: { $ends }

    Show the picture, print it, or pass the link on.
clinic-invite-nothing = nothing, the bot asks for everything
clinic-invite-withdraw = Withdraw it
clinic-invite-withdrawn = That invitation opens nothing any more. Whoever came by it already stays.

## Answers to commands and to what cannot be placed

help =
    I guide you through your routine and remind you of it at the times you choose. Under each exercise, tap a button or type: <i>done</i>, <i>pain</i>, <i>skip</i>, <i>stop</i>. On a day when all of it is too much, type <i>bad day</i>: one exercise is enough then.

    { $commands }

    I am a program and cannot judge what is wrong with you. If something worries you: /clinic
help-line = /{ $command }: { $description }
paused =
    <b>Reminders are paused.</b> /resume turns them on again; /routine works at any time.

    Shall they come back by themselves? Tap how long, or type it: <i>until monday</i>, <i>until 3 august</i>, <i>for ten days</i>.
paused-until = <b>Reminders are paused until { $day }.</b> That day they come back by themselves; /resume turns them on earlier, and /routine works at any time.
pause-3 = For three days
pause-7 = For a week
pause-14 = For two weeks
pause-30 = For a month
pause-end-unreadable = I cannot pause until then. Please name a day from tomorrow on, within a year: for example <i>pause until monday</i> or <i>pause for ten days</i>.
privacy =
    <b>What is stored.</b> The number of this chat, your language, when you agreed, your time zone and reminder times, what you chose in the settings, and the link you came by; where our talk stands; which days you were reminded, or did without me, and from when to when you paused; when you passed the questions before the exercises; each exercise you answered, when, with its dose, your answer and your rating; the level of each session, and whether you found it too hard or too easy; your pain before them, and how your back was compared with the day before. If a message or an answer sounds as if you need help: how urgent, of what kind, and which rule noticed it. If the clinic's team looked up how you are doing: when.

    <b>What is not.</b> The words you type. A program reads them once, to answer you and to notice warning signs. A location you share becomes a time zone and is forgotten.

    <b>Who can read it.</b> The people who run this bot for { $clinic }. It is passed to nobody else. Telegram carries this chat and keeps its messages, under its own rules.

    <b>For how long.</b> Until you erase it, or until I have heard nothing from you for { $months } months: then all of it is erased. I tell you { $days } days before, here in this chat.

    <b>Yours at any time.</b> /export sends you all of it, /delete erases all of it.
export-caption = Everything stored about you, in one ZIP file: as tables (CSV) that a spreadsheet opens, and as JSON for other programs. The words you typed are not in it, because they are not kept.
ask-erase =
    <b>Erase everything stored about you?</b>

    Your settings, your routines and your ratings go, and cannot be brought back. /export gives you a copy first. Tap one of the buttons.
erase-yes = Erase everything
erase-no = Keep my data
erased = Everything stored about you is erased. The messages in this chat stay with Telegram until you delete them yourself. /start begins anew.
# To somebody who has not been heard of for long; whatever they then write or tap keeps everything.
farewell =
    I have not heard from you for a long time. On { $date } I will erase everything stored about you: your settings, your routines and your ratings.

    To keep it, write me anything before then, or tap /progress. To erase it now: /delete
erase-declined = Nothing was erased.
media-sticker = Nice one. I only read words, though, and buttons.
media-voice = I cannot listen to voice notes, and nobody else does here. If it is about pain or how you feel, please type it: I read every word. In an emergency call <b>{ $emergency }</b> now. The clinic: /clinic
media-picture = I cannot look at pictures or videos, and nobody else does here. Please type it. If it is urgent: /clinic
media-contact = I have not kept that contact: I have no use for it. If you are looking for the clinic: /clinic
media-poll = I cannot vote or tick anything off. If you want to tell me something, please type it. If it is urgent: /clinic
media-other = I only read words, and buttons. Please type it. If it is urgent: /clinic
unknown-command = I do not know that command. /help lists the ones I do.
edit-taken = Thank you, I have corrected that. We go on where we were.
edit-kept = That stays as I first read it, to be on the safe side. If it was a slip of the finger, say so when you speak to the clinic: /clinic
edit-not-read = I can only take a change of your last answer, and only as an answer. Nothing has changed. If you mean something else now, please send it as a new message.
unknown-text = I did not understand that. /routine shows your exercises, /time changes your reminder, /help lists what I know. If something worries you: /clinic
unknown-text-step = I did not understand that. Tap a button under the exercise, or type <i>done</i>, <i>pain</i>, <i>skip</i>, <i>stop</i> or <i>how to</i>. If something worries you: /clinic
group-notice = I work in private chats, where nobody else reads along.
group-open = Open a private chat
apology = Sorry, something went wrong on my side, and your last message had no effect. Please send it again. If it was urgent, do not wait for me: call the clinic at { $display }, or <b>{ $emergency }</b>.

## The Mini App: the page that opens inside Telegram. No tags; what stands in braces is filled in by the page.

# On the buttons in the chat that open a page of it.
open-progress = Open the calendar
open-settings = Open the settings page

app-name = { -bot }
app-tab-today = Today
app-tab-progress = Progress
app-tab-exercises = Exercises
app-tab-settings = Settings
app-back = Back
app-close = Close
app-again = Try again
app-saved = Done. The chat says so too.
app-never = Never

app-failure-offline-title = No connection
app-failure-offline = I cannot reach the bot. Nothing is lost: try again once you are online.
app-failure-expired-title = Please open this page again
app-failure-expired = For your safety it works for an hour. Close it, and open it from the chat.
app-failure-not-started-title = Begin in the chat
app-failure-not-started = Close this page and press Start in the chat. Once you have agreed there, your days show here.
app-failure-busy-title = One moment
app-failure-busy = That was a lot at once. Wait a moment, then try again.
app-failure-broken-title = That did not work
app-failure-broken = Something went wrong on my side, and nothing was changed. Please try again. If it is urgent, call the clinic.

app-today-level = Today: { $level }
app-today-done = Done for today
app-this-week = This week
app-plan = Your exercises
app-about-minutes = About { $minutes } min
app-start = Start · { $minutes } min
app-start-again = Once more
app-go-on = Go on in the chat
app-to-the-chat = To the chat
app-started = It goes on in the chat.
app-bad-day = Bad day: one minute
app-ask-yesterday = Yesterday is still open. Did you do your exercises without me?
app-yesterday-done = Yes, I did them
app-next-reminder = Next reminder: { $when }
page-set-up-first = A place or a time for your reminder is still missing. Tell me in the chat, or choose them under Settings.
page-hold-tell = Once you have spoken to someone, tell me in the chat.
page-hold-tell-cleared = Once they have said yes, tell me in the chat.
page-paused = Reminders are paused. You can exercise at any time.

app-exercises-about = How each one is done, with its easier and its harder way.
app-exercises-others = Others
app-part-start = Start
app-part-alignment = Line up
app-part-movement = Move
app-part-breathing = Breathe
app-part-avoid = Avoid
app-part-easier = Easier
app-part-harder = Harder
app-part-stop = Stop if you notice
app-part-care = Take care

app-progress-empty = Nothing to show yet, and that is where everybody begins. A day counts once you reach the end of the routine.
app-progress-level = { $level }. { $about }
app-tile-score = Steadiness
app-tile-days = Days done
app-tile-minutes = Minutes
app-tile-streak = In a row
app-calendar = Ten weeks
app-mark-done = done
app-mark-missed = open
app-mark-frozen = paused or on hold
app-mark-empty = nothing planned
app-mark-today = not done yet
app-mark-ahead = still to come
app-minutes = { $minutes } min
app-correct-about = Tap a day to look at it. You can correct the last { $days } days; what is longer ago is hard to remember well.
app-correct-too-old = More than { $days } days ago: this day stays as it is.
app-correct-done = I did it
app-correct-not-done = I did not do it
app-correct-pain = Correct the pain
app-correct-before = Pain before, 0 to 10
app-correct-during = Worst during it, 0 to 10
app-correct-after = After it, 0 to 10
app-pain = Pain
app-pain-label = Pain, 0 to 10, over ten weeks
app-pain-none = No ratings yet.
app-pain-before = Pain before: { $rating } of 10
app-pain-during = Worst during it: { $rating } of 10
app-pain-after = After it: { $rating } of 10
app-score = Steadiness
app-score-label = Steadiness, 0 to 100, at the end of each week
app-chart-day = Day
app-chart-week = Week of
app-chart-before = before
app-chart-during = worst during
app-chart-after = after

app-settings-reminder = Reminder
app-settings-reminders-on = Remind me
app-settings-when = When
app-settings-when-unset = Not chosen yet
app-every-day = every day
app-settings-zone = Clock of
app-settings-zone-unset = Not chosen yet
app-settings-zone-here = Use { $place }
app-save = Save
app-unsaved = You have not saved this. Leave it as it was?
app-reminder-about = Up to three times a day, on the days you choose.
app-reminder-times = Times
app-reminder-time = Time
app-reminder-add = Add a time
app-reminder-remove = Remove
app-reminder-days = Days
app-reminder-times-wrong = Choose a different time in each row.
app-reminder-days-wrong = Choose one day at least.
app-settings-language = Language
app-settings-pause-until = Pause until
app-settings-pause = Pause
app-settings-paused-until = Paused until { $date }
app-settings-follow-up = Ask me once more
app-settings-follow-up-after = After { $minutes } min
app-settings-chat = In the chat
app-settings-text-only = Text only
app-settings-text-only-about = No moving pictures, for slow connections
app-settings-progress = Progress
app-settings-weekly = Weekly summary
app-settings-streak = Count days in a row
app-settings-streak-about = Two missed days a month are forgiven
app-settings-dark = Dark pictures
app-settings-staff = The clinic's team
app-settings-staff-told = Let them know of something urgent
app-settings-staff-about = How urgent and of what kind; never your words
app-settings-clinic = The clinic
app-settings-book = Book online
app-settings-emergency = In an emergency do not wait for the clinic: call { $number }.
app-settings-data = Your data
app-settings-export = Get a copy
app-settings-export-about = Comes as a file into the chat
app-exported = The file comes into the chat.
app-settings-erase = Erase everything
app-erase-title = Erase everything stored about you?
app-erase-about = Your settings, your routines and your ratings go, and cannot be brought back.
app-erase-yes = Erase everything
app-erase-no = Keep my data
app-erased = Everything is erased.

## Lines shown for a moment at a pressed button

note-already-noted = Already noted.
note-day-ahead = That day is still to come.
note-day-covered = That day was paused or on hold, so it counts neither way.
note-day-held = While your routine is on hold nothing is corrected. The chat says what comes first.
note-day-not-over = Ratings of today can be corrected tomorrow. Until then, tell me in the chat.
note-day-open = That routine is still open in the chat. Finish or stop it there first.
note-day-too-long-ago = I take corrections of the last two weeks, since you began. Earlier days stay as they are.
note-day-unrated = There is no such rating on that day.
note-morning-noted = Noted, thank you.
note-morning-worse = Noted. Be gentle with yourself today. If it worries you: /clinic
note-old-button = That button belongs to an earlier message.
note-read-chat = I have written to you in the chat about this. Please read it now.

## Commands, as Telegram's menu describes them

command-start = Start, or see where you are
command-routine = Do the exercises now
command-time = Change your reminder time
command-timezone = Change your time zone
command-language = Choose the language
command-settings = See your settings; exercises as text only
command-pause = Pause the reminders
command-resume = Turn the reminders on again
command-skip = No reminder today
command-progress = See what you have done
command-report = Pages for your clinician
command-clinic = Phone, address, opening hours
command-privacy = What is stored, and who can read it
command-export = Get a copy of what is stored
command-delete = Erase what is stored
command-help = What I can do
command-stop = Stop the exercises, or the reminders
