"""Notify coordinators: which news goes to their phones, to which of them, and in which words."""

from collections.abc import Callable, Iterable

from hotline.community.model import Community
from hotline.dispatch.quiet_hours import wakes_at
from hotline.engine.session import Prompt, Values
from hotline.flows.about_needs import so_far, story
from hotline.flows.coordinator.list_needs import MOST_COUNTED, QUIET, page_of
from hotline.model import effects, phone_numbers
from hotline.model.calendar import DAY, HOUR, MINUTE, midnight
from hotline.model.flags import NOT_CALLED_BACK, Flag
from hotline.model.needs import Need, Status
from hotline.model.outgoing import NEWS
from hotline.model.recordings import PIN
from hotline.storage import Transaction

ASKS_FOR_A_PERSON = frozenset(("wants_a_person", "message"))
CANNOT_WAIT = ASKS_FOR_A_PERSON | {
    *("emergency", "not_understood", "dropped_twice", "not_yet", "wrong_pin", "yes_with_words", "conduct"),
    *("opted_out_asking", "cancelled_at_carrier", "wrong_number", "asked_the_carrier", "yes_without_texts"),
}
WORDS_WAIT = "words_wait"
TEXTS_HELD, CALLS = "news.texts_held", "calls"
AT_ANY_HOUR = frozenset(("emergency",))
DANGER, CONDUCT = "danger", "conduct"
MOST_OF_CONDUCT = 4  # texts in that time about what one number says of others: the second may be the worse
ONCE_IN = HOUR  # texts to coordinators about one number, and calls
LOOK_WITHIN = 10 * MINUTE  # of somebody's asking for a person; then a coordinator is rung
WHAT_TO_TEXT = {  # where it is not SEEN and SAY
    "cancelled_at_carrier": "news.answer_cancelled",
    "wrong_number": "news.answer_wrong_number",
    "dropped_twice": "news.answer_given_back",
    CONDUCT: "news.answer_given_back",
}
HIDDEN_CALLS, WRONG_PINS = "hidden_calls", "wrong_pins"
CROWDS = frozenset((HIDDEN_CALLS, WRONG_PINS))  # told of together: whoever calls may call on as somebody else
ENDS_TEXTS = frozenset(("opted_out_asking",))  # from then on they read nothing
SUMMARY_LASTS = 6 * HOUR  # one that could not be sent for so long is not so any more
STORM_LASTS = 12 * HOUR  # after that coordinators hear once more what is open


def notify(
    tx: Transaction,
    community: Community,
    prompt: Prompt,
    about: int,
    now: float,
    who: Callable[[str], bool] = lambda _: True,
    *,
    any_hour: bool = False,
) -> None:
    """Something for the phone of every coordinator of whom `who` says so. `about` is the need, 0 for none."""
    for phone in community.coordinators.values():
        if who(phone):
            tx.outbox.put(phone, [prompt], about, NEWS, now, any_hour=any_hour)


def flagged(
    tx: Transaction,
    community: Community,
    flag: effects.Flag,
    id: int,
    phone: str,
    about: int,
    now: float,
    *,
    texted: bool = True,
) -> None:
    """What somebody said that cannot wait until a person looks: who, why, and what to text back. It goes to all but
    the one it came from, once an hour about one number; a message completes what they read before. Whoever asks for a
    person is heard of by a ring as well, unless somebody looks soon. `texted` is false where the same words go to them
    as danger."""
    if flag.why not in CANNOT_WAIT:
        return
    crowd = _crowd(flag.why, phone)
    again = flag.why == CONDUCT and tx.flags.times_told(CONDUCT, phone, now - ONCE_IN) < MOST_OF_CONDUCT
    told_apart = crowd == "" and (again or _is_news(flag.why, _told_lately(tx, phone, now)))
    if texted and (told_apart or (crowd != "" and _is_first_of(tx, community, crowd, now))):
        details = (_how_spoken(tx),) if flag.recording else flag.words
        told: Values = {**_who(tx, phone), "reason": (flag.why,), "details": details, "number": tx.needs.code_of(about)}
        prompts = [Prompt("news.look", values=told), *_what_to_text(tx, flag.why, phone, about)]
        on_call = who_is_on_call(tx, community, now)
        for each in filter(but(phone), community.coordinators.values()):
            any_hour = flag.why in AT_ANY_HOUR or (flag.why in ASKS_FOR_A_PERSON and each in on_call)
            tx.outbox.put(each, prompts, about, NEWS, now, any_hour=any_hour)
        tx.flags.told(id, now)
    if flag.why in ASKS_FOR_A_PERSON:
        tx.flags.ring_later(id, now + LOOK_WITHIN)


def _crowd(why: str, phone: str) -> str:
    """Of which crowd somebody is: nobody can tell whether two calls without a number, or with wrong PINs, are of one
    person. "" for who is told of by their number, and for danger."""
    if why in AT_ANY_HOUR:
        return ""
    if why == "wrong_pin":
        return WRONG_PINS
    return HIDDEN_CALLS if phone_numbers.is_hidden(phone) else ""


def _is_first_of(tx: Transaction, community: Community, crowd: str, now: float) -> bool:
    """Whether coordinators are texted about this one. The others of an hour are counted, and told of at its end."""
    if tx.flags.is_counting(crowd, now - DAY):
        return False
    _count(tx, community, crowd, now)
    return True


def _count(tx: Transaction, community: Community, crowd: str, now: float) -> None:
    """From now on they are counted, until a text says how many: by night until morning, where nobody is on call."""
    ends = now + ONCE_IN
    tx.flags.count(crowd, ends if who_is_on_call(tx, community, now) else wakes_at(community.rules, ends), now)


def how_many_more(tx: Transaction, community: Community, counted: Flag, now: float) -> None:
    """The hour is over: how many more there were of whom coordinators were not told and whom nobody has looked at."""
    hidden = counted.why == HIDDEN_CALLS
    many = tx.flags.more_hidden(counted.raised_at) if hidden else tx.flags.more_wrong_pins(counted.raised_at)
    if not many:
        return
    said = [Prompt("news.more", values={"count": str(many), "reason": (counted.why,)})]
    on_call = who_is_on_call(tx, community, now)
    for phone in community.coordinators.values():
        tx.outbox.put(phone, said, 0, NEWS, now, any_hour=hidden and phone in on_call)
    _count(tx, community, counted.why, now)


def _how_spoken(tx: Transaction) -> str:
    """What was spoken is heard behind the PIN, where one is set."""
    return "recorded" if tx.pins.get(PIN) else "recorded_no_pin"


def words_wait(tx: Transaction, community: Community, flag: Flag, now: float) -> None:
    """Somebody wrote about one of several requests, was asked which, and says no more."""
    under_way = (*tx.needs.in_hand(flag.party), *(need for need in tx.needs.asked_for(flag.party) if need.takers))
    numbers = ", ".join(dict.fromkeys(need.code for need in under_way))
    details = f"{flag.words} ({numbers})" if numbers else flag.words
    told: Values = {**_who(tx, flag.party), "reason": (WORDS_WAIT,), "details": details, "number": ""}
    for phone in filter(but(flag.party), community.coordinators.values()):
        tx.outbox.put(
            phone, [Prompt("news.look", values=told), *_what_to_text(tx, flag.why, flag.party, 0)], 0, NEWS, now
        )
    tx.flags.told(flag.id, now)


def not_called_back(tx: Transaction, community: Community, flag: Flag, now: float) -> None:
    """A call was missed days ago, and nobody called back: it waits no longer. That is said once a day, and stands among
    what waits until somebody has looked; whose it was is on record with them."""
    tx.flags.settle_missed(flag.party, now)
    tx.flags.note(NOT_CALLED_BACK, flag.party, "", 0, now)
    told: Values = {**_who(tx, flag.party), "reason": (NOT_CALLED_BACK,), "details": "", "number": ""}
    if tx.flags.add_once_since(now - DAY, NOT_CALLED_BACK, now):
        notify(tx, community, Prompt("news.look", values=told), 0, now, but(flag.party))
    else:
        tx.flags.add_once(NOT_CALLED_BACK, "", "", 0, now)


def _is_news(why: str, told: str) -> bool:
    """Whether coordinators are texted, who were texted about this number for `told` within the hour."""
    grows = why in ASKS_FOR_A_PERSON and told not in (*ASKS_FOR_A_PERSON, DANGER)
    return not told or grows or (why == "message" and told == "wants_a_person")


def _told_lately(tx: Transaction, phone: str, now: float) -> str:
    """Why coordinators were texted about this number within the hour; "" where they were not."""
    told, _ = tx.dangers.told_since(phone, now - ONCE_IN)
    return DANGER if told else tx.flags.told_since(phone, now - ONCE_IN)


def _who(tx: Transaction, phone: str) -> Values:
    shown = phone if phone_numbers.is_shown(phone) else ("hidden_number",)
    return {"name": tx.people.name_of(phone), "phone": shown}


def _what_to_text(tx: Transaction, why: str, phone: str, about: int) -> list[Prompt]:
    """What a coordinator may text back."""
    need = tx.needs.get(about) if about else None
    if need is None:
        ends = {"ending": phone_numbers.ending(phone)} if phone_numbers.is_shown(phone) else {}
        return [Prompt("news.answer_person" if ends else "news.answer_hidden", values=ends)]
    told: Values = {**story(need), "name": tx.people.name_of(phone)}
    if why == "yes_with_words":
        return [Prompt("news.answer_yes_with_words", values={**told, "who": _called(tx, phone)})]
    if why in WHAT_TO_TEXT:
        held = [Prompt("news.held_words", values=told)] if why == CONDUCT and need.takers else []
        return [Prompt(WHAT_TO_TEXT[why], values=told), *held]
    if not need.is_of(phone) or why in ENDS_TEXTS:
        return [Prompt("news.answer_by_call", values=told)]
    reach = tx.people.reach(phone)
    reads = phone_numbers.is_shown(phone) and not (reach.by_voice or reach.opted_out)
    return [Prompt("news.answer_about" if reads else "news.answer_by_call", values=told)]


def _called(tx: Transaction, phone: str) -> str:
    """How a coordinator names a volunteer: the name where nobody else has it, else the end of the number."""
    name = tx.people.name_of(phone)
    return name if name and not tx.volunteers.has_namesake(phone, name) else phone_numbers.ending(phone)


def rung_for_a_person(tx: Transaction, community: Community, flag: Flag, now: float) -> None:
    """Somebody asked for a person, and nobody has looked: who is on call is rung, by day who wants to be rung as well;
    once an hour about one number, and about all who hide theirs."""
    _, alarmed = tx.dangers.told_since(flag.party, now - ONCE_IN)
    hidden = phone_numbers.is_hidden(flag.party)
    rung = tx.flags.hidden_rung_since(now - ONCE_IN) if hidden else tx.flags.rung_since(flag.party, now - ONCE_IN)
    if alarmed or rung:
        return
    at_night = wakes_at(community.rules, now) > now
    ears = who_is_on_call(tx, community, now) if at_night else who_is_rung(tx, community, now)
    told: Values = {**_who(tx, flag.party), "details": flag.words, "number": flag.code}
    for phone in filter(but(flag.party), ears):
        ring(tx, community, phone, Prompt("news.waits_for_a_person", values=told), flag.about, now)
    if ears:
        tx.flags.rung(flag.id, now)


def ring(
    tx: Transaction, community: Community, phone: str, prompt: Prompt, about: int, now: float, wait: float = 0.0
) -> None:
    """A coordinator is rung, at any hour. On a line without calls they are texted instead, `wait` seconds later where
    the same was texted just now: a phone that sounds twice is looked at sooner."""
    if community.line.calls:
        tx.outbox.put_to_ring(phone, [prompt], about, NEWS, now, now + ONCE_IN)
        tx.calls.want(phone, now, now)
    else:
        tx.outbox.put(phone, [prompt], about, NEWS, now, now + ONCE_IN, any_hour=True, due_at=now + wait)


def who_is_on_call(tx: Transaction, community: Community, now: float) -> frozenset[str]:
    """The numbers of coordinators who said by text that they are on call."""
    return frozenset(
        phone for phone, until in tx.on_call.all().items() if until > now and community.is_coordinator(phone)
    )


def who_is_rung(tx: Transaction, community: Community, now: float) -> frozenset[str]:
    """Who is rung when it cannot wait: who is on call, and who wants that always and did not say otherwise."""
    said = tx.on_call.all()
    off = {phone for phone, until in said.items() if until == 0}
    return who_is_on_call(tx, community, now) | (community.rung_for_danger - off)


def answered(tx: Transaction, community: Community, phone: str, words: str, about: int, now: float) -> None:
    """What a neighbor or a helper answers goes to the coordinators who wrote to them about it in the last day."""
    wrote, need = tx.relays.who_wrote(about, phone, now - DAY), tx.needs.get(about)
    key = "news.answers_team" if need is None or need.is_of(phone) else "news.helper_answers_team"
    told: Values = {"number": tx.needs.code_of(about), "words": words, "name": tx.people.name_of(phone)}
    prompt = Prompt(key, values=told)
    notify(tx, community, prompt, about, now, wrote.__contains__)


def wants_to_help(tx: Transaction, community: Community, gives: effects.Enroll, phone: str, now: float) -> None:
    """Someone waits for a coordinator's yes. Who gave no name, or one that others have, is approved by the end of their
    number."""
    told: Values = {
        "name": gives.name,
        "ending": phone_numbers.ending(phone),
        "who": _called(tx, phone),
        "gives": gives.needs,
        "areas": gives.areas,
    }
    notify(tx, community, Prompt("news.wants_to_help", values=told), 0, now, but(phone))


def nobody_takes(tx: Transaction, community: Community, need: Need, now: float, *, few: bool) -> None:
    """Nobody takes a need, or so it seems; or there are `few` who can be asked about it."""
    key = "news.coordinator_some" if need.begun else "news.coordinator"
    prompts = [Prompt(key, values=story(need) | so_far(need))]
    prompts += [Prompt("news.few_to_ask", values=story(need))] if few else []
    for phone in community.coordinators.values():
        tx.outbox.put(phone, prompts, need.number, NEWS, now)


def storm(tx: Transaction, community: Community, now: float) -> None:
    """More is asked for than people can be asked about one by one: told once, and not for each request."""
    if not tx.flags.add_once_since(now - STORM_LASTS, "storm", now):
        return
    count, kinds = tx.needs.being_asked_about(now - DAY)
    notify(tx, community, Prompt("news.storm", values={"count": str(count), "what": kinds}), 0, now)


def summary(tx: Transaction, community: Community, phones: Iterable[str], now: float) -> None:
    """What waits, what is in hand and what was taken yesterday, for those who want to hear it each day. It is so today
    alone."""
    begins, ends = (midnight(now, community.rules.timezone, days) for days in (-1, 0))
    in_hand, taken = tx.needs.of_the_day(begins, ends)
    waiting = tx.needs.waiting(now - QUIET, MOST_COUNTED)
    flags = len({flag.concern for flag in tx.flags.waiting(MOST_COUNTED)})
    head = Prompt("news.summary", values={"have": str(in_hand), "count": str(taken)})
    prompts = [head, *page_of(waiting, flags, now)]
    for phone in phones:
        tx.outbox.put(phone, prompts, 0, NEWS, now, now + SUMMARY_LASTS)


def nobody_came(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """A need is over that nobody ever took, and whoever asked for it does not answer."""
    notify(tx, community, Prompt("news.nobody_came", values=story(need)), need.number, now)


def may_not_come(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """Who has it said that they cannot come, and nothing more."""
    told: Values = {**story(need, tx.people.name_of(need.doubted_by)), "phone": need.doubted_by}
    notify(tx, community, Prompt("news.may_not_come", values=told), need.number, now)


def stop_unanswered(tx: Transaction, community: Community, phone: str, about: int, now: float) -> None:
    """Somebody was asked whether all texts end, and does not answer: until a person has looked they are left alone."""
    told: Values = {"name": tx.people.name_of(phone), "phone": phone, "number": tx.needs.code_of(about)}
    notify(tx, community, Prompt("news.stop_unanswered", values=told), about, now, but(phone))


def danger_stays_open(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """A request that names danger is open, and nobody has it."""
    begun = need.status is Status.DRAFT
    told: Values = {**story(need), **_who(tx, need.neighbor)}
    notify(tx, community, Prompt("news.danger_begun" if begun else "news.danger_open", values=told), need.number, now)


def nobody_says(tx: Transaction, community: Community, need: Need, now: float) -> None:
    """Nobody answers whether it happened."""
    notify(tx, community, Prompt("news.nobody_says", values=story(need)), need.number, now)


def not_reached(tx: Transaction, community: Community, party: str, about: int, now: float) -> None:
    """Somebody who waits for news could not be rung. Where no request says who that is, their number does."""
    if not about:
        told: Values = {**_who(tx, party), "reason": ("not_told",), "details": "", "number": ""}
        for phone in filter(but(party), community.coordinators.values()):
            tx.outbox.put(
                phone, [Prompt("news.look", values=told), *_what_to_text(tx, "not_told", party, 0)], 0, NEWS, now
            )
        return
    told = {"number": tx.needs.code_of(about), "name": tx.people.name_of(party)}
    notify(tx, community, Prompt("news.not_reached", values=told), about, now, but(party))


def limit_reached(tx: Transaction, community: Community, why: str, now: float) -> None:
    """The day's texts or calls cost more than was meant."""
    notify(tx, community, Prompt("news.alarm", values={"reason": (why,)}), 0, now)


def pins_shut(tx: Transaction, community: Community, now: float) -> None:
    """So many wrong PINs were typed, from whatever phones, that for an hour only the team's own are let in."""
    tx.flags.add_once("pin_guessed", "", "", 0, now)
    notify(tx, community, Prompt("news.alarm", values={"reason": ("pins_shut",)}), 0, now)


def words_shut(tx: Transaction, community: Community, now: float) -> None:
    """So many wrong words of requests were typed that for an hour none opens any."""
    tx.flags.add_once("word_guessed", "", "", 0, now)
    notify(tx, community, Prompt("news.alarm", values={"reason": ("words_shut",)}), 0, now)


def nothing_goes(tx: Transaction, community: Community, name: str, now: float) -> None:
    """No texts go, or no calls: told in the other way, once it is day."""
    if name == CALLS:
        notify(tx, community, Prompt("news.calls_held"), 0, now)
        return
    if not community.line.calls:  # nothing else reaches them; /ready and the log say so
        return
    for phone in dict.fromkeys((*community.coordinators.values(), *filter(None, (community.operator.phone,)))):
        tx.outbox.tell_by_call(tx.outbox.put(phone, [Prompt(TEXTS_HELD)], 0, NEWS, now), now)
        tx.calls.want(phone, wakes_at(community.rules, now), now)


def no_clear_answer(tx: Transaction, community: Community, now: float) -> None:
    """Nobody knows whether texts or calls go. A text may get through all the same."""
    notify(tx, community, Prompt("news.no_clear_answer"), 0, now)


def certificate_ends(tx: Transaction, community: Community, now: float) -> None:
    """Soon nothing reaches us any more."""
    notify(tx, community, Prompt("news.certificate_ends"), 0, now)


def set_aside(tx: Transaction, community: Community, now: float) -> None:
    """The program stumbled over something that it should have done: nobody else notices."""
    notify(tx, community, Prompt("news.set_aside"), 0, now)


def goes_again(tx: Transaction, community: Community, name: str, now: float) -> None:
    """What was held goes; who was not told yet that it was held is not told any more."""
    for phone in community.coordinators.values():
        tx.outbox.not_by_call(phone, TEXTS_HELD, "over", now)
    notify(tx, community, Prompt("news.calls_again" if name == CALLS else "news.texts_again"), 0, now)


def but(phone: str) -> Callable[[str], bool]:
    """Everybody of the team but this one."""
    return lambda other: other != phone
