"""Breadth first, over all keys, silence and hanging up: every prompt that callers can come to, in every language."""

from collections.abc import Mapping

import pytest

from hotline.channels.catalogue import Catalogue, languages, messages
from hotline.channels.lint.sample_towns import usual
from hotline.channels.lint.wordings import SOURCE, wordings
from hotline.channels.voice import render
from hotline.engine.session import Prompt
from tests.figures import Figures
from tests.in_full import IN_FULL
from tests.voice.documents import Document, again
from tests.voice.speaking import by_rule, first_key_within, installed, sentences, spoken, words_before_a_key
from tests.voice.switchboard import HANG_UP, SILENCE
from tests.voice.walking import BEGINNINGS, LANGUAGES, TWO, WALKED_BESIDE, Walk, walk, walked

TO_WRITE_DOWN = {"word.told", "requests.write", "groups.heard"}
ASKED_FOR = ("#", "*", "0", "12*")  # these say something again because the caller asks for that
MOST_AT_A_STRETCH = 3

Walks = Mapping[str, Walk]


@pytest.fixture(scope="module")
def walks() -> Walks:
    """All of them, once."""
    return {name: walk(name) for name in BEGINNINGS}


def test_every_prompt_is_whole(walks: Walks, figures: Figures) -> None:
    """Each document was checked as it was come to."""
    places = sum(len(each.places) for each in walks.values())
    prompts = {place.words for each in walks.values() for place in each.places.values()}
    pressed = sum(each.pressed for each in walks.values())
    figures.counted.append(f"{len(prompts):,} prompts of calls in {places:,} places, {pressed:,} keys pressed")
    spoken = {language for each in walks.values() for place in each.places.values() for language in place.languages}
    assert spoken == {messages(each)["voice_language"] for each in {*TWO, *LANGUAGES}} - {""}


@pytest.mark.parametrize("name", [each for each in BEGINNINGS if each.endswith(WALKED_BESIDE)])
def test_what_is_retold_in_a_language_is_what_a_walk_in_it_hears(name: str) -> None:
    if BEGINNINGS[name].retold:
        one_by_one = walked(name)
        assert {each.words for each in one_by_one.places.values()} == {
            each.words for each in walk(name).places.values()
        }


# What callers hear, and none of these walks comes to; everything else that has words is walked through.
BY_TEXT = {  # said to people who write; a call has keys for it, or it is nothing that a call is about
    *("guess", "misread", "plan_round", "pass", "why", "invitation"),
    *("unask", "gift_no", "gift_leave", "daily_ok", "daily_away", "day_let", "day_away", "day_yes"),
    *("alerts", "unsure", "relay", "thank", "status", "urgent", "hours", "max", "mine", "by_call", "by_text"),
    *(
        "list",
        "story",
        "flags",
        "seen",
        "team",
        "assign",
        "approve",
        "close",
        "reopen",
        "split",
        "link",
        "say",
        "general",
        "give_back",
        "still_yours",
        "not_yours",
        "about_helper",
        "not_here",
        "danger",
        "ask",
        "take_back",
        "oncall",
        "offcall",
    ),
}
IN_TRANSCRIPTS = {  # the flows that need a PIN or a recording, and questions that time brings
    *("room", "shut", "studio", "listening", "lent_out", "still_needed", "happened", "group_still", "listen", "round"),
    *("day_weather", "day_words"),
}
ONE_BY_ONE = {  # wordings for what somebody else did meanwhile, for nights and for texts; transcripts have them
    *("take.gone_next", "take.gone_already", "take.no_texts", "done.told_alone", "drop.told_held", "requests.held"),
    *("hello.no_groups", "hello.no_pictures", "hello.form_waits", "intake.half"),
    *("hello.limit", "hello.storm", "hello.same_words", "hello.same_relay"),
    *("decline.not_yours", "decline.unknown", "happened.over"),
    *("done.which", "drop.which", "amend.which", "withdraw.which", "talk.which"),
    *("take.gone", "take.over", "take.own", "take.someone_has_it", "take.stranger", "take.taken_with"),
    *("take.waiting", "take.yours", "done.not_yours", "done.told_part", "drop.not_yours", "withdraw.skipped"),
    *("withdraw.which_weeks", "hello.crisis", "hello.emergency", "hello.first", "hello.note", "hello.nothing_open"),
    *("hello.how_to_end", "pause.sure"),
    *("hello.thanks", "hello.set_aside", "hello.try_again", "hello.unsure", "intake.thanks_at_night", "talk.asleep"),
    *("signup.language", "pause.how", "resume.not_paused", "requests.over"),
    *(
        "ring.talked",
        "groups.none",
        "groups.none_there",
        "groups.what",
        "groups.area",
        "groups.told",
        "hands.none",
        "in_touch.next",
    ),
    *("hello.our_own_number", "hello.no_area_code"),
    *("hello.limit", "hello.storm", "hello.same_words", "hello.same_relay"),
    *("hello.wrong_pin", "hello.word_shut", "hello.new_request", "ring.not_joined"),
    *("amend.over", "news.nobody_yet", "not_there.nobody", "take.unknown", "hello.by_text_only"),
    *("hello.call_us", "hello.wrong_number", "intake.callback_here", "intake.language", "intake.thanks_held"),
    *("intake.thanks_looked_at", "take.held", "menu.tongue", "go_on.asked", "ring.asked"),
    "ring.asked_back",
    *("hello.away", "hello.away_call", "hello.not_open"),  # practice, and a fallback that stands for us
    *("ring.keys_only", "ring.offer_later", "hello.kept"),
    # By text, or what somebody else did meanwhile; and what time brings.
    *(
        "gift.sure",
        "gift.hidden",
        "gift.until",
        "gift.again",
        "gift.language",
        "gifts.language",
        "gifts.twice",
        "gifts.gone",
        "gifts.none",
    ),
    *("borrow.gone", "borrow.none", "borrow.none_such", "borrow.long_line", "borrow.language", "lend.language"),
    *("lend.whose", "loan.none", "loan.over", "loan.soon", "loan.which"),
    *("daily.language", "hello.opted_out_rung", "daily.called", "daily.others", "hello.alarm_over"),
    *("alarm.over", "contact.none", "status.looks_after"),
    *("gift_yes.full", "gift_yes.over", "gift_yes.several", "gift_still.asked", "gift_still.kept"),
    *("empty.over", "empty.which", "empty.not_yours", "empty.none", "drop.told_gift_alone"),
    *("give_too.meant", "together.told", "together.begun"),
    *("day.half", "day.language", "day.when", "days.fewer", "days.full", "days.gone", "days.language", "days.none"),
    "days.rain",  # in a text alone: days_odd_numbers
    "days.comes_soon",  # on the last evening: days_on_the_last_evening
    *("news.day_host_tomorrow", "news.day_moved", "news.day_nobody", "news.day_room", "news.day_tomorrow"),
    *("days.name", "news.day_asks", "news.day_more", "status.day_asks"),
    *("circle.language", "circle.name", "circle.when", "circle_join.language", "circle_join.name", "circles.language"),
    *("circle_begin.stays", "circle_join.begun", "circle_paid.again", "circles.none"),
    *("circle_received.all_here", "circle_received.not_yours", "circle_swap.none", "circle_swap.one_at_a_time"),
    *("news.circle_look", "news.circle_missing", "news.circle_silent", "news.circle_turn", "news.circle_yours"),
    *("status.circle_forms", "status.circle_gave", "status.circle_give", "status.circle_waits", "status.circle_yours"),
    # Whom a volunteer rings, and who rings somebody: both wanted it, and one of them is on another phone.
    *("ring.company", "ring.company_asked", "ring.company_none", "ring.not_today", "news.company_yes"),
    *("company.have", "company.left", "company.only", "company.waits", "daily.machine_now"),
    *("company_yes.agreed", "company_yes.called", "company_yes.gone", "neighbor.asked", "neighbor.declined"),
    *("talk.no_calls", "hello.opted_in"),  # a carrier without calls, or without opt-out words of its own
}


# A call and a text at once, and a talk asked for in a text: further than the walk goes. The transcripts that have them:
# calls_and_texts_at_once_which, calls_whisper_is_heard_again and call_what_is_no_longer_theirs.
FAR_AWAY = {"take.which", "decline.which", "ring.talk", "talk.nobody"}


def test_what_nobody_comes_to_is_known(walks: Walks) -> None:
    """A new wording of a call is walked through, or somebody says here why not."""
    heard = set().union(*(each.said for each in walks.values()))
    others = BY_TEXT | IN_TRANSCRIPTS
    unheard = {key for key, _ in wordings(SOURCE) if key.split(".")[0] not in others} - heard
    assert unheard - ONE_BY_ONE - FAR_AWAY == set()
    assert ONE_BY_ONE & heard == set()


AT_MOST = 8.0  # seconds until a key is named
ROUNDING = 1.0 if IN_FULL and installed() else 1.25  # what a rule may be beside the sound
# A telephone number is read back in groups of single digits, and heard to its end.
DETAILS = {
    *("groups.heard", "amend.details", "gift.inside", "gifts.one", "answering.one", "answering.mine"),
    *("lend.listed", "borrow.one", "borrow.out", "borrow.broken", "borrow.mind"),
    "intake.number",
    "intake.details",
    "hands.told",
    "take.taken",
    "take.taken_with",
    "offer.told",
    "ring.after",
    "gift.listed",
    *("days.one", "days.comes", "my_days.host", "my_days.comes", "my_days.waits", "status.day_nobody"),
}


@pytest.mark.parametrize("name", BEGINNINGS)
def test_the_first_key_is_named_soon(walks: Walks, name: str) -> None:
    """Everywhere but where the details of a request are asked or told."""
    told = (place for place in walks[name].places.values() if not DETAILS & set(place.keys))
    waits = {place.words: first_key_within(place.said, AT_MOST) for place in told}
    assert {words: wait for words, wait in waits.items() if wait > AT_MOST * ROUNDING} == {}


@pytest.mark.parametrize(("many", "at_most"), [(4, 8.0), (8, 15.0)])
def test_ones_own_language_is_offered_soon(many: int, at_most: float) -> None:
    """The last of so many languages, of those that take longest, each under the key with which it takes longest."""
    tongues = tuple(each for each in languages() if messages(each)["voice_language"])
    longest = dict.fromkeys(tongues, 0.0)
    for first in range(len(tongues)):  # each language comes to each key
        offered = (*tongues[first:], *tongues[:first])
        for tongue, took in list(zip(offered, _offering(offered), strict=True))[:many]:
            longest[tongue] = max(longest[tongue], took)
    assert sum(sorted(longest.values())[-many:]) <= at_most * (1.0 if installed() else ROUNDING)


def _offering(tongues: tuple[str, ...]) -> list[float]:
    """Seconds that the offer of each language takes: few sentences, so the sound tells wherever it can be made."""
    asked = (Prompt("menu.language", tongues, True),)
    said = Document(render(asked, tongues[0], Catalogue(usual(languages())), "/", "/"))
    measure = spoken if installed() else by_rule
    return [measure(*sentence) for sentence in sentences(said)]


def test_nobody_waits_for_a_greeting(walks: Walks) -> None:
    """Below twenty words before the sentence with the first key."""
    for name, seen in walks.items():
        assert words_before_a_key(seen.places[seen.begin].said) < 20, name


@pytest.mark.parametrize("name", BEGINNINGS)
def test_there_is_no_dead_end(walks: Walks, name: str) -> None:
    """From everywhere some key leads on, and some keys lead to a goodbye."""
    seen = walks[name]
    ends = seen.ends
    while more := {
        where
        for where, ways in seen.leads.items()
        if where not in ends and any(to in ends for keys, to in ways.items() if keys != HANG_UP)
    }:
        ends |= more
    assert [seen.places[where].way for where in seen.places if where not in ends] == []


@pytest.mark.parametrize("name", BEGINNINGS)
def test_nobody_hears_the_same_more_than_three_times(walks: Walks, name: str) -> None:
    """Whatever key somebody holds to, or none: something changes."""
    seen = walks[name]
    for start, keys in ((where, keys) for where, ways in seen.leads.items() for keys in ways):
        if keys in (*ASKED_FOR, HANG_UP):
            continue
        where, stretch, words = start, 1, _question(seen, start)
        for _ in range(MOST_AT_A_STRETCH + 1):
            where = seen.leads[where].get(keys, start)
            if TO_WRITE_DOWN & set(seen.places[where].keys):  # a key says it again there, as often as wanted
                break
            said = _question(seen, where)
            stretch, words = (stretch + 1, words) if said == words else (1, said)
            assert stretch <= MOST_AT_A_STRETCH, (seen.places[start].way, keys)


@pytest.mark.parametrize("name", BEGINNINGS)
def test_silence_comes_to_an_end(walks: Walks, name: str) -> None:
    seen = walks[name]
    for start in seen.places:
        where, heard = start, []
        while seen.places[where].waits_for:
            assert where not in heard, seen.places[start].way
            heard.append(where)
            where = seen.leads[where][SILENCE]


WAITED_FOR = {"ring.careful", "ring.asked"}  # somebody is on the line to talk: they hear it again five times at most
NOT_SAID_TWICE = {"ring.careful"}  # where it is not safe, nothing is said again into a room


@pytest.mark.parametrize("name", BEGINNINGS)
def test_nobody_is_cut_off_after_one_silence(walks: Walks, name: str) -> None:
    """Whoever says nothing once, wherever they have come to by a key, is still on the line."""
    seen = walks[name]
    by_a_key = {to for ways in seen.leads.values() for keys, to in ways.items() if keys not in (SILENCE, HANG_UP)}
    cut_off = [
        seen.places[where].way
        for where in (by_a_key | {seen.begin}) - seen.ends
        if seen.leads[where][SILENCE] in seen.ends and not NOT_SAID_TWICE & set(seen.places[where].keys)
    ]
    assert cut_off == []


@pytest.mark.parametrize("name", BEGINNINGS)
def test_star_and_pound_are_answered_everywhere(walks: Walks, name: str) -> None:
    """They are no mistake, and never hang up; the star says once more what was told, or goes back."""
    seen = walks[name]
    for where, ways in seen.leads.items():
        here = seen.places[where]
        for keys in ({"*", "#"} if here.waits_for != "Gather" else {"*"}) & ways.keys():
            there = seen.places[ways[keys]]
            assert ways[keys] not in seen.ends or WAITED_FOR & set(here.keys), (here.way, keys)
            assert here.missed or not there.missed, (here.way, keys, here.words, there.words)


def _question(seen: Walk, where: str) -> str:
    """What is heard, less what only says that it is heard again."""
    words = seen.places[where].words
    for excuse in again():
        words = words.removeprefix(excuse).strip()
    return words
