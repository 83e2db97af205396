"""The engine: beginning, going on, misses, going back, screens of four, and flows that were edited meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from hotline.engine import run
from hotline.engine.answers import Heard, Words
from hotline.engine.session import Prompt, Session, Turn
from hotline.engine.steps import Announce, Ask, Begin, Choose, Do, End, Flow


@dataclass(frozen=True)
class World:
    """The facts of these tests."""

    fruits: tuple[str, ...] = ("apple", "pear")
    knows_name: bool = False


def fruits(world: World) -> tuple[str, ...]:
    return world.fruits


def note(answers: object, _: World) -> Iterable[str]:
    yield f"noted {answers}"


order = Flow(
    "order",
    Ask("name", Words(5), saves="name", unless=lambda _, world: world.knows_name),
    Choose("fruit", fruits, saves="fruit"),
    Choose("sure", {"yes": "note", "no": "fruit"}, exact=True),
    Do("note", note),
    End("bye", shows=lambda answers, _: {"shown": answers["fruit"]}),
)
ME, HERE = Session("+1"), World()


def said(*names: str, rest: str = "", numbers: tuple[int, ...] = ()) -> Heard:
    return Heard(" ".join((*names, rest)), names, numbers, tuple(rest.split()))


def at(step: str, **answers: str) -> Session:
    return Session("+1", "order", step, answers=answers)


def keys_of(turn: Turn) -> list[str]:
    return [prompt.key for prompt in turn.prompts]


def test_a_flow_begins_with_its_first_question() -> None:
    turn = run.start(order, ME, HERE)
    assert keys_of(turn) == ["order.name"]
    assert turn.session.waiting
    assert turn.prompts[0].waits


def test_what_is_known_is_not_asked() -> None:
    assert keys_of(run.start(order, ME, World(knows_name=True))) == ["order.fruit"]
    assert keys_of(run.start(order, ME, HERE, {"name": "Ana", "fruit": "pear"})) == ["order.sure"]


def test_an_answer_is_kept_and_the_next_question_follows() -> None:
    turn = run.resume(order, at("name"), Heard("Anastasia"), HERE)
    assert turn.session.answers == {"name": "Anast"}
    assert turn.prompts == (Prompt("order.fruit", ("apple", "pear"), True, values={"name": "Anast"}),)


def test_something_is_done_and_the_last_words_are_said() -> None:
    turn = run.resume(order, at("sure", fruit="pear"), said("yes"), HERE)
    assert turn.effects == ("noted {'fruit': 'pear'}",)
    assert turn.prompts[0].values["shown"] == "pear"
    assert not turn.session.waiting


def test_an_option_may_lead_elsewhere_and_forgets_the_answer_there() -> None:
    turn = run.resume(order, at("sure", fruit="pear"), said("no"), HERE)
    assert keys_of(turn) == ["order.fruit"]
    assert "fruit" not in turn.session.answers


@pytest.mark.parametrize("heard", [Heard("2", numbers=(2,)), Heard(keys="2"), said("pear"), said("pear", rest="now")])
def test_an_option_is_chosen_by_number_by_key_or_by_name(heard: Heard) -> None:
    assert run.resume(order, at("fruit"), heard, HERE).session.answers == {"fruit": "pear"}


@pytest.mark.parametrize(
    "heard",
    [
        Heard(),
        Heard("3", numbers=(3,)),
        Heard("0", numbers=(0,)),
        Heard(keys="7"),
        Heard("2 bags", numbers=(2,), rest=("bags",)),
        said("apple", "pear"),
        said("plum"),
        said(rest="hm"),
        Heard("12", numbers=(12,)),
    ],
)
def test_what_is_no_option_is_a_miss_and_the_question_stands(heard: Heard) -> None:
    turn = run.resume(order, at("fruit"), heard, HERE)
    assert (keys_of(turn), turn.session.misses, turn.prompts[0].again) == (["order.fruit"], 1, 1)
    assert turn.session.step == "fruit"


def test_misses_are_counted_and_forgotten_with_an_answer() -> None:
    session = at("fruit")
    for misses in (1, 2, 3):
        session = run.resume(order, session, said(rest="hm"), HERE).session
        assert session.misses == misses
    assert run.resume(order, session, said("pear"), HERE).session.misses == 0


@pytest.mark.parametrize("heard", [said("yes", rest="but later"), said("yes", "no"), said("yes", numbers=(5,))])
def test_a_yes_with_words_around_it_is_no_yes(heard: Heard) -> None:
    turn = run.resume(order, at("sure", fruit="pear"), heard, HERE)
    assert turn.effects == ()
    assert turn.session.step == "sure"


def test_asking_again_is_no_miss() -> None:
    turn = run.again(order, at("fruit"), HERE)
    assert (keys_of(turn), turn.session.misses) == (["order.fruit"], 0)


def test_back_asks_the_question_before_and_forgets_its_answer() -> None:
    turn = run.back(order, at("fruit", name="Ana"), HERE)
    assert keys_of(turn) == ["order.name"]
    assert turn.session.answers == {}


def test_back_at_the_first_question_asks_it_again() -> None:
    assert keys_of(run.back(order, at("name"), HERE)) == ["order.name"]


def test_back_skips_a_question_that_was_never_asked() -> None:
    turn = run.back(order, at("fruit"), World(knows_name=True))
    assert keys_of(turn) == ["order.fruit"]


def test_back_to_a_question_that_was_spoken_forgets_the_recording_too() -> None:
    heard = Heard(recording="RE1")
    fruit = run.resume(order, at("name"), heard, HERE).session
    assert fruit.answers["name_recording"] == "RE1"
    assert run.back(order, fruit, HERE).session.answers == {}


@pytest.mark.parametrize("step", ["gone", "note", "bye", ""])
def test_a_step_that_was_edited_away_begins_the_flow_anew_and_keeps_the_answers(step: str) -> None:
    turn = run.resume(order, at(step, name="Ana"), said("yes"), HERE)
    assert keys_of(turn) == ["order.fruit"]
    assert turn.session.answers == {"name": "Ana"}
    assert keys_of(run.again(order, at(step, name="Ana"), HERE)) == ["order.fruit"]
    assert keys_of(run.back(order, at(step, name="Ana"), HERE)) == ["order.name"]


MANY = World(fruits=("a", "b", "c", "d", "e", "f", "g"))


def test_seven_options_are_shown_on_three_screens_and_then_from_the_start() -> None:
    session, screens = at("fruit"), []
    for _ in range(4):
        screens.append(run.again(order, session, MANY).prompts[0].options)
        session = run.resume(order, session, said("more"), MANY).session
    assert screens == [("a", "b", "c", "more"), ("d", "e", "f", "more"), ("g", "more"), ("a", "b", "c", "more")]


def test_four_options_need_no_second_screen() -> None:
    assert run.again(order, at("fruit"), World(fruits=("a", "b", "c", "d"))).prompts[0].options == ("a", "b", "c", "d")


def test_a_key_means_what_it_says_on_the_screen_that_is_shown() -> None:
    second = run.resume(order, at("fruit"), Heard(keys="4"), MANY).session
    assert run.resume(order, second, Heard(keys="1"), MANY).session.answers == {"fruit": "d"}


def test_turning_the_screen_is_no_miss_and_an_option_of_another_screen_may_be_named() -> None:
    second = run.resume(order, at("fruit"), said("more"), MANY)
    assert second.prompts[0].again == 0
    assert run.resume(order, second.session, said("a"), MANY).session.answers == {"fruit": "a"}


basket = Flow("basket", Choose("fruits", fruits, saves="fruits", many=True), End("bye"))


def test_several_are_chosen_at_once_each_counted_once_in_their_order() -> None:
    session = Session("+1", "basket", "fruits")
    for heard in (Heard("2 1 2", numbers=(2, 1, 2)), Heard(keys="21"), said("pear", "apple")):
        assert run.resume(basket, session, heard, HERE).session.answers == {"fruits": "pear apple"}


def test_a_choice_of_many_gathers_over_the_screens() -> None:
    session = Session("+1", "basket", "fruits")
    second = run.resume(basket, session, Heard("1 4", numbers=(1, 4)), MANY)
    assert second.prompts[0].options == ("d", "e", "f", "more")
    done = run.resume(basket, second.session, Heard("2", numbers=(2,)), MANY)
    assert done.session.answers == {"fruits": "a e"}


def test_pound_ends_a_choice_of_many_once_something_is_chosen() -> None:
    chosen = Session("+1", "basket", "fruits", answers={"fruits": "a"}, page=1)
    assert keys_of(run.resume(basket, chosen, Heard(keys="#"), MANY)) == ["basket.bye"]
    assert keys_of(run.resume(basket, Session("+1", "basket", "fruits"), Heard(keys="#"), MANY)) == ["basket.fruits"]


def test_an_option_that_is_a_number_is_taken_by_that_number() -> None:
    needs = World(fruits=("112", "115"))
    session = at("fruit")
    assert run.resume(order, session, Heard("115", numbers=(115,)), needs).session.answers == {"fruit": "115"}
    assert run.resume(order, session, Heard(keys="2"), needs).session.answers == {"fruit": "115"}


def test_what_was_interrupted_is_carried_along() -> None:
    behind = Session("+1", "basket", "fruits")
    started = run.start(order, Session("+1", behind=behind), HERE)
    assert run.resume(order, started.session, Heard("Ana"), HERE).session.behind == behind


def test_a_language_that_is_chosen_is_spoken_at_once() -> None:
    flow = Flow("hello", Choose("language", ("en", "es"), saves="language"), End("bye"))
    turn = run.resume(flow, Session("+1", "hello", "language"), said("es"), HERE)
    assert turn.session.language == "es"


def test_one_flow_goes_over_into_another_and_takes_the_answers_along() -> None:
    first = Flow("first", Do("do", note), Begin("order", order))
    turn = run.start(first, ME, HERE, {"name": "Ana"})
    assert (turn.session.flow, keys_of(turn)) == ("order", ["order.fruit"])
    assert turn.effects == ("noted {'name': 'Ana'}",)


def test_a_session_is_plain_data_and_comes_back_the_same() -> None:
    behind = Session("+1", "basket", "fruits", "es", {"a": "b"}, 2, 7, 1)
    session = Session("+1", "order", "fruit", "es", {"name": "Ana"}, 1, 7, 2, behind)
    assert Session.from_plain("+1", "es", 7, session.to_plain()) == session


def test_a_session_of_an_older_version_can_still_be_read() -> None:
    assert Session.from_plain("+1", "en", 3, {}) == Session("+1", language="en", turn=3)


END = End("bye")


@pytest.mark.parametrize(
    ("steps", "mistake"),
    [
        ((END, END), "two steps have one name"),
        ((), "never ends"),
        ((Ask("q", Words(5), saves="q"),), "never ends"),
        ((Choose("q", {"yes": "nowhere"}), END), "leads to nowhere"),
        ((END, Ask("q", Words(5), saves="q")), "never ends"),
        ((END, Do("d", note)), "never ends"),
        ((END, Choose("q", ("a", "b"))), "never ends"),
        ((Choose("q", ("a", "b"), many=True), END), "saves none"),
        ((Choose("q", ("a", "b"), skip="c"), END), "not an option"),
    ],
)
def test_a_mistake_in_a_flow_is_found_when_it_is_built(
    steps: tuple[End | Ask | Choose | Do, ...], mistake: str
) -> None:
    with pytest.raises(ValueError, match=mistake):
        Flow("broken", *steps)


@pytest.mark.parametrize("what", [{"form": True}, {"asked_by_us": True}, {"optional": True}])
def test_a_flow_that_asks_nothing_is_no_question(what: dict[str, bool]) -> None:
    with pytest.raises(ValueError, match="flow f: it asks nothing"):
        Flow("f", END, **what)


def test_a_question_that_time_brings_is_no_form() -> None:
    with pytest.raises(ValueError, match="is no form"):
        Flow("f", Ask("q", Words(5), saves="q"), END, form=True, asked_by_us=True)


menu_like = Flow(
    "menu_like",
    Choose("first", {"left": "left", "right": "right"}),
    Ask("left", Words(5), saves="left", back="first"),
    Ask("right", Words(5), saves="right", back="first"),
    End("bye"),
)


def test_back_leads_where_one_came_from_and_not_to_the_step_above() -> None:
    turn = run.start(menu_like, ME, HERE)
    turn = run.resume(menu_like, turn.session, Heard(names=("right",)), HERE)
    assert turn.session.step == "right"
    assert run.back(menu_like, turn.session, HERE).session.step == "first"


def test_a_way_back_to_no_step_stops_the_program_at_once() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        Flow("lost", Ask("name", Words(5), saves="name", back="nowhere"), End("bye"))


def test_after_the_last_screen_comes_the_first() -> None:
    many = World(fruits=("apple", "pear", "plum", "fig", "kiwi"))
    turn = run.start(order, ME, many, {"name": "Ana"})
    for expected in (("fig", "kiwi", "more"), ("apple", "pear", "plum", "more")):
        turn = run.resume(order, turn.session, Heard(names=("more",)), many)
        assert turn.prompts[0].options == expected


def test_a_line_copied_from_the_list_is_a_yes_at_that_question() -> None:
    turn = run.start(order, ME, HERE, {"name": "Ana", "fruit": "apple"})
    assert run.resume(order, turn.session, Heard(names=("copied", "order.sure/yes")), HERE).effects


def test_a_line_copied_from_another_list_is_a_miss() -> None:
    """ "Keep it" answers "shall we close it?" with no; to "do you still need it?" it must not be the same no."""
    turn = run.start(order, ME, HERE, {"name": "Ana", "fruit": "apple"})
    for names in (("copied", "other.sure/yes"), ("yes", "copied", "other.sure/yes")):
        missed = run.resume(order, turn.session, Heard(names=names), HERE)
        assert (missed.effects, missed.session.misses) == ((), 1)


told = Flow(
    "told",
    Announce("news", lambda _, world: (Prompt(f"told.{each}") for each in world.fruits)),
    Choose("again", {"news": "news", "quiet": "bye"}, keys={"9": "quiet"}),
    End("bye"),
)


def test_what_is_announced_goes_on_with_a_key_and_with_silence() -> None:
    turn = run.start(told, ME, HERE)
    assert [(prompt.key, prompt.goes_on) for prompt in turn.prompts] == [("told.apple", False), ("told.pear", True)]
    for heard in (Heard(), Heard(keys="5")):
        assert run.resume(told, turn.session, heard, HERE).session.step == "again"


def test_where_there_is_nothing_to_announce_the_next_step_follows_at_once() -> None:
    assert run.start(told, ME, World(fruits=())).session.step == "again"


def test_an_option_with_a_key_of_its_own_is_not_under_its_place() -> None:
    turn = run.start(told, ME, World(fruits=()))
    assert run.resume(told, turn.session, Heard(keys="2"), HERE).session.misses == 1
    assert run.resume(told, turn.session, Heard(keys="9"), HERE).prompts == (Prompt("told.bye"),)


def test_a_question_that_is_none_is_not_asked_where_an_option_leads_to_it() -> None:
    flow = Flow(
        "flow",
        Choose("change", {"name": "name", "fruit": "fruit"}),
        Ask("name", Words(5), saves="name", unless=lambda _, world: world.knows_name),
        Choose("fruit", fruits, saves="fruit"),
        End("bye"),
    )
    here = Session("+1", "flow", "change")
    assert keys_of(run.resume(flow, here, said("name"), HERE)) == ["flow.name"]
    assert keys_of(run.resume(flow, here, said("name"), World(knows_name=True))) == ["flow.fruit"]
    assert keys_of(run.resume(flow, here.but(answers={"fruit": "pear"}), said("fruit"), HERE)) == ["flow.fruit"]
