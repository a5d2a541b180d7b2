"""Presentation: what a person reads, made from effects and from the texts in ``content/``.

Pure functions and frozen values only. Nothing here reads files, asks the clock or knows Telegram's client.
"""
