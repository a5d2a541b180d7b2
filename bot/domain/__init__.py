"""The domain: what Lumbar knows about routines, reminders, safety and conversation, as plain values and functions.

The rules of this package, proven by the import contracts: standard library only, no input or output, no clock and no
randomness. What time it is, what a table says and what a person typed come in as arguments; decisions go out as
frozen values that somebody else carries out. (`zoneinfo` counts as a table: a zone's name gives its rules.)
"""
