"""How people answer what they read or hear: by the name of the prompt, with chances that are assumed here and nowhere
else. Commands are written in each person's own language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.month.heard import is_recorded, number, question
from benchmarks.month.people import Neighbor
from hotline.engine.session import Prompt

DAY, HOUR, MINUTE = 86400.0, 3600.0, 60.0
AT_ONCE = (0.4, 4.0)  # minutes within which somebody answers who has just written
MORE = "more"
TO_MINE = {"menu.what_next": "status"}  # the keys to what is one's own

SPANISH = {
    "YES": "SI", "NO": "NO", "DONE": "LISTO", "DROP": "SOLTAR", "RETURN": "DEVOLVER", "KEEP": "QUEDARME",
    "SOON": "PRONTO", "EMPTY": "AGOTADO", "THANKS": "GRACIAS", "PAID": "PAGUE", "RECEIVED": "RECIBI",
}  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What somebody does `after` so many seconds: texts `words`, or calls and chooses what `wants` says, where they
    have a landline. `asked` is the question that it answers: whoever has read another one meanwhile answers that."""

    after: float
    words: str
    wants: Mapping[str, str] = field(default_factory=dict)
    asked: Prompt | None = None


@dataclass(frozen=True)
class Word:
    """A command with the number that was read, in so many days; `keys` do the same in a call."""

    chance: float
    word: str
    days: tuple[float, float] = (0.0, 0.0)
    keys: Mapping[str, str] = field(default_factory=dict)


def _keys(**wants: str) -> dict[str, str]:
    return {**TO_MINE, **{name.replace("__", "."): value for name, value in wants.items()}}


# What is said only after somebody went there, in so many minutes: in a call, whatever phone they have.
AFTERWARDS: dict[str, dict[str, str]] = {"alarm.looking": {"alarm.looking": "well", "alarm.sure": "yes"}}
GOING_THERE = (15.0, 50.0)

# What is done about news that name a number: the first of them whose chance falls, the rest is silence.
COMMANDS: dict[str, tuple[Word, ...]] = {
    "alerts.offer": (Word(0.35, "YES"), Word(0.15, "NO")),
    "alerts.offer_again": (Word(0.35, "YES"),),
    "alerts.offer_still": (Word(0.35, "YES"),),
    "alerts.one_of_several": (Word(0.2, "YES"),),
    "take.taken": (Word(0.9, "DONE", (0.1, 1.5)), Word(1.0, "DROP", (0.05, 0.4))),
    "take.taken_with": (Word(1.0, "DONE", (0.1, 1.5)),),
    "news.reminder": (Word(0.7, "DONE"), Word(0.3, "DROP")),
    "news.offer_asked": (Word(0.85, "YES", keys=_keys(answering__one="yes")), Word(0.6, "NO")),
    "news.offer_fits": (Word(0.4, "YES"),),
    "news.offer_ends": (Word(0.3, "YES"),),
    "gift_yes.yes": (Word(0.8, "DONE", (0.2, 1.5)),),
    "gift.listed": (Word(0.3, "EMPTY", (0.6, 3.0), _keys(answering__mine="empty")),),
    "news.loan_asked": (Word(0.9, "YES", keys=_keys(lent__asked="yes")), Word(0.5, "NO")),
    "news.loan_yes": (Word(0.85, "YES", (0.1, 2.2), _keys(lent__to_fetch="yes")), Word(0.3, "NO", (0.1, 1.0))),
    "loan.fetched": (Word(0.5, "RETURN", (1.0, 6.0), _keys(lent__out="back")),),
    "news.loan_yours": (Word(0.5, "RETURN", (1.0, 6.0), _keys(lent__out="back")),),
    "news.loan_due": (
        Word(0.5, "RETURN", (0.5, 1.2), _keys(lent__out="back")),
        Word(0.4, "KEEP", keys=_keys(lent__out="keep")),
        Word(0.5, "SOON"),
    ),
    "news.loan_due_waited_for": (Word(0.7, "RETURN", (0.5, 1.2), _keys(lent__out="back")), Word(0.7, "SOON")),
    "news.loan_still": (Word(0.8, "RETURN", (0.1, 0.8), _keys(lent__out="back")), Word(0.5, "SOON")),
    "news.loan_fetch": (Word(0.6, "YES", keys=_keys(lent__to_fetch="yes")), Word(0.4, "NO")),
    "news.loan_back": (Word(0.9, "YES", keys=_keys(lent__back="yes")), Word(0.2, "NO")),
    "news.loan_is_it_back": (Word(0.9, "YES", keys=_keys(lent__back="yes")),),
    "news.day_tomorrow": (Word(0.06, "NO", keys=_keys(my_days__comes="no")),),
    "news.day_asks": (Word(0.9, "YES", keys=_keys(my_days__host="who", day_guests__asks="yes")),),
    "days.comes": (Word(0.07, "NO", (0.2, 2.0), _keys(my_days__comes="no")),),
    "happened.good": (Word(0.5, "THANKS"),),
    "news.coordinator": (Word(0.3, "YES", (0.02, 0.2)),),
    "news.nobody_says": (Word(0.8, "CLOSE", (0.02, 0.2)),),
    "news.nobody_yet": (),
    "news.circle_turn": (Word(0.85, "PAID", (0.6, 1.6), _keys(my_circles__one="paid")),),
    "news.circle_missing": (Word(0.85, "PAID", (0.1, 1.0), _keys(my_circles__one="paid")),),
    "news.circle_gave": (Word(0.95, "RECEIVED", keys=_keys(my_circles__one="received")),),
    "news.circle_swap": (Word(1.0, "YES", keys=_keys(my_circles__one="swap_yes")),),
    "news.circle_swap_sure": (Word(1.0, "YES", keys=_keys(my_circles__one="swap_yes")),),
}
# Words to the other side, of whoever has just heard that there is one.
TO_EACH_OTHER = {"news.offer_yes": 0.6, "news.loan_yes": 0.4, "news.first_words": 0.5, "news.words": 0.15}
TO_EACH_OTHER |= {"news.taken": 0.15, "news.loan_not_seen": 0.9}
COMES, ANSWERS = ("I come at five", "voy a las cinco"), ("good, the red door", "bueno, la puerta roja")
SEEN = ("news.alarm_team", "news.answer_about", "news.answer_by_call", "news.answer_person", "news.answer_given_back")

# Questions with choices: (choice, weight); "" is no answer at all.
CHOICES: dict[str, tuple[tuple[str, float], ...]] = {
    "gifts.one": (("ask", 5), ("next", 4), ("", 1)),
    "gifts.inside": (("ask", 1),),
    "borrow.one": (("ask", 8), ("next", 1)),
    "borrow.out": (("ask", 8), ("next", 2)),
    "borrow.broken": (("ask", 1),),
    "borrow.mind": (("ask", 1),),
    "days.one": (("come", 7), ("next", 2), ("", 1)),
    "days.full": (("wait", 6), ("next", 3), ("", 1)),
    "happened.asked": (("yes", 85), ("no", 7), ("", 8)),
    "still_needed.asked": (("yes", 5), ("no", 3), ("", 2)),
    "give_too.asked": (("yes", 3), ("no", 3), ("", 4)),
    "listen.asked": (("yes", 4), ("no", 3), ("", 3)),
    "gift_still.asked": (("yes", 1),),
    **{f"day_guests.{step}": (("next", 1),) for step in ("comes", "waits")},
    "day_weather.asked": (("other_day", 5), ("on", 5)),
    "round.need_now": (("no", 1),),
    "ring.hello": (("hear", 1),),
    "ring.unnamed": (("hear", 1),),
    "ring.careful": (("hear", 1),),
    "ring.daily": (("fine", 90), ("call_me", 4), ("need", 3), ("", 3)),
    "offer.asked": (("yes", 3), ("no", 7)),
    "menu.what_next": (("", 1),),
    "menu.in_hand": (("else", 1),),
    "menu.another": (("else", 1),),
    "menu.alert": (("no", 1),),
    "menu.give": (("gift", 1),),
    "reach.how": (("call", 1),),
    "answering.one": (("yes", 8), ("no", 1)),
    "lent.asked": (("yes", 9), ("no", 1)),
    "lent.back": (("yes", 1),),
    "answering.mine": (("next", 1),),
    **{f"lent.{step}": (("next", 1),) for step in ("out", "out_here", "to_fetch_here", "waits", "mine", "mine_broken")},
    **{f"my_days.{step}": (("next", 1),) for step in ("host", "comes", "asks", "waits")},
    "daily.have": (("keep", 1),),
    "contact.asked": (("yes", 1),),
    "alarm.asked": (("look", 7), ("cannot", 2), ("", 1)),
    "my_circles.one": (("next", 1),),
    "my_circles.forms": (("next", 1),),
    "quiet.sure": (("no", 1),),
}
FREE: dict[str, tuple[str, ...]] = {
    "round.question": ("a bench at the bus stop", "more light at night", "un banco en la parada"),
    "gift.what_is_it": ("bread", "pan"),
    "lend.what_is_it": ("rake", "rastrillo"),
    "daily.hour": ("8:30",),
    "days.people": ("1", "2", "3"),
    **dict.fromkeys(("days.name", "day_yes.name"), ("Sam", "Sol")),
    "day.when": ("Saturday 10am",),
    "signup.gives": ("1",),
    "signup.areas": ("1",),
}
PASSES = ("next", "else", "keep", "not_now", "no", "yes")  # what gets on where nothing that was wanted is offered


def replies(prompts: Iterable[Prompt], who: Neighbor, chance: Random, *, answer: bool) -> Iterator[Reply]:
    """What somebody does about one text, or about one step of a call. `answer` says that they have just written."""
    said = tuple(prompts)
    for prompt in said:
        yield from _about(prompt, who, chance)
    asked = question(said)
    if asked is None or (who.manner == "silent" and not (answer and chance.random() < 0.5)):
        return
    if asked.key in AFTERWARDS:
        yield afterwards(asked, chance)
    elif words := in_text(asked, who, chance):
        yield Reply(_after(who, chance, answer), words, asked=asked)


def afterwards(asked: Prompt, chance: Random) -> Reply:
    """They call again when they have been there."""
    return Reply(chance.uniform(*GOING_THERE) * MINUTE, "", AFTERWARDS[asked.key])


def choice(asked: Prompt, wants: Mapping[str, str], who: Neighbor, chance: Random) -> str:
    """What somebody wants of what they are asked: the name of an option, or free words; "" is no answer."""
    flow, _, step = asked.key.partition(".")
    if asked.key in wants:
        return wants[asked.key]
    if step == "language":
        return who.language
    if step == "area" and flow != "signup":
        return who.area
    if asked.key == "circle_received.whom":
        return asked.options[min(1, len(asked.options) - 1)]  # not "all": who says given stands there first
    if asked.key in CHOICES:
        options, weights = zip(*CHOICES[asked.key], strict=True)
        return str(chance.choices(options, weights)[0])
    if asked.key in FREE:
        return chance.choice(FREE[asked.key])
    return asked.options[0] if asked.options and not asked.many else "1" if asked.many else "NO"


def place_of(wanted: str, asked: Prompt) -> str:
    """The key or the digit for an option, as it stands on the list; "" where neither it nor a way on is there."""
    options = asked.options
    found = wanted if wanted in options else MORE if MORE in options else next(filter(options.__contains__, PASSES), "")
    if found.isdecimal():
        return found
    return str(options.index(found) + 1) if found else ""


def in_text(asked: Prompt, who: Neighbor, chance: Random) -> str:
    wanted = choice(asked, who.wants, who, chance)
    if not wanted or not asked.options or asked.many:
        return wanted
    return place_of(wanted, asked)


def by_key(asked: Prompt, wanted: str) -> str:
    """What is typed: the place of an option, or digits up to the pound key."""
    if asked.options and not asked.many:
        return place_of(wanted, asked)
    return "".join(filter(str.isdecimal, wanted)) + "#"


def spoken(asked: Prompt, wanted: str) -> str:
    """What is said after the tone; "" where only a key is pressed."""
    return wanted if is_recorded(asked) and wanted != "NO" else ""


def _about(prompt: Prompt, who: Neighbor, chance: Random) -> Iterator[Reply]:
    if prompt.key in SEEN:
        if chance.random() < 0.5:
            yield Reply(chance.uniform(0.3, 4) * HOUR, f"SEEN {number(prompt) or prompt.values.get('ending', '')}")
        return
    if who.manner == "silent":
        return
    if chance.random() < TO_EACH_OTHER.get(prompt.key, 0.0):
        words = chance.choice((COMES, ANSWERS))[who.language == "es"]
        yield Reply(_after(who, chance, False), f"{number(prompt)} {words}")
    if prompt.key in who.once:
        if word := who.once.pop(prompt.key):
            yield Reply(
                _after(who, chance, False),
                f"{SPANISH.get(word, word) if who.language == 'es' else word} {number(prompt)}",
            )
        return
    for word in COMMANDS.get(prompt.key, ()):
        if chance.random() < word.chance:
            after = chance.uniform(*word.days) * DAY or _after(who, chance, False)
            yield Reply(after, _command(prompt, who, word.word), word.keys)
            return


def _command(prompt: Prompt, who: Neighbor, word: str) -> str:
    said = SPANISH.get(word, word) if who.language == "es" else word
    if word == "CLOSE":
        return f"CLOSE {number(prompt)} it was done"
    return said if word == "THANKS" else f"{said} {number(prompt)}"


def _after(who: Neighbor, chance: Random, at_once: bool) -> float:
    return (chance.uniform(*AT_ONCE) if at_once else who.minutes(chance)) * MINUTE
