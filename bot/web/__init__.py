"""The web side: one small HTTP server for the webhook, health and metrics.

It knows Starlette and uvicorn and nothing of Telegram's library, of SQL or of the bot's work: what it needs is handed
to it as functions. A proxy with a certificate stands in front of it wherever the internet can reach it.
"""
