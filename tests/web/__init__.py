"""The webhooks, over real HTTP."""
