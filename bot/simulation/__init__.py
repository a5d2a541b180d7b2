"""The simulation: how late reminders are for so many people, found out by living the days in virtual time.

What decides and stores is the real thing: people are rows of a real database, `reminders.claim_due` claims, the real
relay sends within the real rates. Three things are not real. The clock belongs to the event loop and jumps to the next
thing that happens (`virtual_time`), so a week passes in seconds, and nothing the machine does takes any time. The
gateway calls nobody and answers `Sent`. And the people are made up: `people` says where they live and when they want to
be reminded.

Nobody in it answers a reminder. The messages of the routines that follow are left out; they are replies, which leave
before reminders.
"""
