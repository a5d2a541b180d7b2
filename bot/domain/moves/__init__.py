"""The moves of the conversation: what each row of its table does, by subject.

Every move has one shape, `(chat, event, now, routine) -> Transition`, and reads as a sentence about one event.
"""
