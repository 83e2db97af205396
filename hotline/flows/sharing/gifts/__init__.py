"""Gifts: what neighbors offer each other, who asks for it, and whom they give it to. The command is OFFER."""
