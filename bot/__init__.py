"""Lumbar: a Telegram bot that walks people through a short lower-back routine every day."""
