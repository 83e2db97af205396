"""The menu: what somebody needs, what a helper should know, and whether that is right."""

from typing import Any

from rapidsms.apps.base import AppBase  # type: ignore[import-not-found, unused-ignore]

from benchmarks.peers.rapidsms.menu.models import Request, Talk


class Menu(AppBase):  # type: ignore[misc, unused-ignore]
    """Three questions, one after the other."""

    def handle(self, msg: Any) -> bool:
        talk, _ = Talk.objects.get_or_create(connection=msg.connections[0], defaults={"step": "what"})
        msg.respond(getattr(self, f"_{talk.step}")(talk, msg.text.strip()))
        return True

    def _what(self, talk: Any, said: str) -> str:
        talk.what, talk.step = said, "details"
        talk.save()
        return "Thank you. What should your helper know? Send one text."

    def _details(self, talk: Any, said: str) -> str:
        talk.details, talk.step = said, "confirm"
        talk.save()
        return f"{talk.what}: {said}. Is that right? 1 yes, 2 no"

    def _confirm(self, talk: Any, said: str) -> str:
        if said.lower().startswith(("1", "y")):
            request = Request.objects.create(connection=talk.connection, what=talk.what, details=talk.details)
            talk.delete()
            return f"Thank you. Your request is number {request.pk}."
        talk.step = "what"
        talk.save()
        return "What do you need?"
