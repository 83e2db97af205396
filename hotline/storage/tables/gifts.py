"""Gifts: what neighbors have to give, and who asks for it."""

from collections.abc import Sequence

from hotline.model.calendar import MINUTE
from hotline.model.gifts import Answer, Gift, GiftAsk
from hotline.model.needs import Need
from hotline.storage.execute import Row, Statements, Table
from hotline.storage.tables.codes import Codes
from hotline.storage.tables.needs import need_of

AS_KEPT = (
    *("number", "giver", "words", "recording", "inside", "what", "area", "portions", "given", "until", "lasts", "told"),
    *("created_at", "ended_at", "why"),
)


class Gifts(Table):
    """What neighbors have to give, and who asks for it."""

    def __init__(self, run: Statements, codes: Codes) -> None:
        super().__init__(run)
        self._codes = codes

    def begin(self, phone: str, words: str, now: float, check_at: float) -> int:
        """Somebody has something to give: its number. The code is a new one."""
        values = {"code": self._codes.give(now), "phone": phone, "words": words, "check_at": check_at}
        return int(self._all("begin_gift", now=now, **values)[0]["number"])

    def list(self, gift: Gift, check_at: float) -> bool:
        """Its form is filled in: neighbors hear of it."""
        same = ("number", "words", "recording", "inside", "what", "area", "portions", "until", "lasts")
        values = {name: getattr(gift, name) for name in same} | {"standing": int(gift.standing)}
        self._run.woke = True
        return self._change("list_gift", check_at=check_at, **values) == 1

    def get(self, number: int) -> Gift | None:
        row = self._one("gift", number=number)
        return gift_of(row) if row else None

    def of_code(self, code: int) -> Gift | None:
        row = self._one("gift_of_code", code=code)
        return gift_of(row) if row else None

    def of(self, phone: str) -> tuple[Gift, ...]:
        """What somebody has to give."""
        return tuple(map(gift_of, self._all("gifts_of", phone=phone)))

    def there(self, now: float, room: int) -> tuple[Gift, ...]:
        """What there is, what ends first first."""
        return tuple(map(gift_of, self._all("gifts_there", now=now, room=room)))

    def that_may_answer(self, need: Need, now: float, room: int) -> tuple[Gift, ...]:
        """What ends first first. Asked so that it is one question for all who ask for the same in this minute."""
        since = now // MINUTE * MINUTE
        gifts = map(gift_of, self._all("gifts_for", what=need.what, since=since, room=room))
        return tuple(gift for gift in gifts if gift.until > now and not gift.is_of(need.neighbor))

    def may_answer(self, gift: Gift, room: int) -> Sequence[Need]:
        """Open requests for which a gift may be, and that its giver has not heard of."""
        return [
            need_of(row)
            for row in self._all("needs_for", what=gift.what, phone=gift.giver, number=gift.number, room=room)
        ]

    def lock(self, numbers: Sequence[int]) -> bool:
        """Before anything is promised or ended. Whether what was read
        before may have changed. Most texts are about none: they ask the database nothing."""
        return bool(numbers) and self._change("lock_gifts", numbers=numbers) > 0

    def keep_on(self, number: int, until: float, check_at: float) -> None:
        self._change("keep_gift_on", number=number, until=until, check_at=check_at)

    def check(self, number: int, check_at: float, told: int) -> None:
        self._change("check_gift", number=number, check_at=check_at, told=told)

    def end(self, number: int, why: str, now: float) -> bool:
        """False where it was over already."""
        return self._change("end_gift", number=number, why=why, now=now) == 1

    # --- Asks.

    def ask(self, gift: int, asker: str, now: float, check_at: float) -> int:
        """Somebody asks for it; the number of the ask, whose code is a new one."""
        values = {"code": self._codes.give(now), "need": 0, "named": 0}
        return int(self._all("ask_gift", gift=gift, asker=asker, now=now, check_at=check_at, **values)[0]["number"])

    def name_need(self, gift: int, need: Need, now: float) -> None:
        """An open request is named to the giver."""
        values = {"code": 0, "need": need.number, "named": 1}
        self._all("ask_gift", gift=gift, asker=need.neighbor, now=now, check_at=None, **values)

    def ask_number(self, number: int) -> GiftAsk | None:
        row = self._one("gift_ask", number=number)
        return ask_of(row) if row else None

    def ask_of_code(self, code: int) -> GiftAsk | None:
        row = self._one("gift_ask_of_code", code=code)
        return ask_of(row) if row else None

    def asks_by(self, phone: str) -> tuple[GiftAsk, ...]:
        """What somebody asked for and has no answer to; what was named of theirs is no ask of their own."""
        return tuple(ask for ask in map(ask_of, self._all("gift_asks_by", phone=phone)) if not ask.named)

    def asks_to(self, phone: str) -> tuple[GiftAsk, ...]:
        """What a giver was asked and has not answered."""
        return tuple(ask for ask in map(ask_of, self._all("gift_asks_to", phone=phone)) if ask.waits)

    def asks_for(self, number: int) -> tuple[GiftAsk, ...]:
        """Everybody who asked for one gift."""
        return tuple(map(ask_of, self._all("gift_asks_for", number=number)))

    def named_to(self, need: int, phone: str) -> GiftAsk | None:
        row = self._one("named_to", need=need, phone=phone)
        return ask_of(row) if row else None

    def has_refused(self, number: int, phone: str) -> bool:
        return self._one("refused", number=number, phone=phone) is not None

    def answer(self, ask: GiftAsk, answer: Answer, now: float, need: int = 0) -> bool:
        """What became of an ask; False where that was decided before."""
        return self._change("answer_gift_ask", number=ask.number, answer=answer, need=need or ask.need, now=now) == 1

    def refuse(self, ask: GiftAsk) -> None:
        self._change("refuse_gift_ask", number=ask.number)

    def end_refused(self, ask: GiftAsk, now: float) -> bool:
        return self._change("end_refused_gift_ask", number=ask.number, now=now) == 1

    def make_need(self, ask: GiftAsk, words: str, now: float) -> int:
        """The request that an ask becomes by its giver's yes; its number."""
        gift = ask.gift
        values = {"phone": ask.asker, "code": int(ask.code), "words": words, "what": gift.what, "area": gift.area}
        return int(self._all("make_need_of_gift", gift=gift.number, now=now, **values)[0]["number"])


def gift_of(row: Row) -> Gift:
    return Gift(
        **{name: row[name] for name in AS_KEPT},
        code=str(row["code"]),
        standing=bool(row["standing"]),
        listed=bool(row["listed"]),
    )


def ask_of(row: Row) -> GiftAsk:
    return GiftAsk(
        number=row["ask"],
        gift=gift_of(row),
        asker=row["asker"],
        code=str(row["ask_code"] or ""),
        answer=Answer(row["answer"]),
        need=row["need"],
        named=bool(row["named"]),
        asked_at=row["asked_at"],
    )
