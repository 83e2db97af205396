"""Flow interpreter: starts a flow, and takes it one step further with each thing heard. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from hotline.engine.answers import BESIDE_A_NUMBER, COPIED, Heard
from hotline.engine.session import Prompt, Session, Turn, Values
from hotline.engine.steps import Announce, Ask, Begin, Choose, Do, End, Facts, Flow, Question, Step

MORE = "more"
ON_A_SCREEN = 4  # more than four choices are forgotten by someone who only hears them

WIDE = 8  # languages: each is offered in itself, and one's own stands out

Asking = Callable[[Flow, Session, Facts], Turn]


def start(flow: Flow, session: Session, facts: Facts, answers: Mapping[str, str] | None = None) -> Turn:
    """Begins a flow. `answers` are those already known: their questions are not asked."""
    fresh = session.idle().but(flow=flow.name, answers=dict(answers or {}), behind=session.behind)
    return _walk(flow, fresh, flow.steps[0], facts)


def resume(flow: Flow, session: Session, heard: Heard, facts: Facts) -> Turn:
    """Continues with what was heard. If the step no longer exists, the flow starts again and keeps the answers."""
    step = flow.find(session.step)
    if isinstance(step, Announce):
        return _walk(flow, session.but(misses=0, page=0), flow.after(step), facts)
    if not isinstance(step, Choose | Ask):
        return start(flow, session, facts, session.answers)
    if isinstance(step, Ask):
        return _answered(flow, session, step, heard, facts)
    return _chosen(flow, session, step, heard, facts)


def again(flow: Flow, session: Session, facts: Facts) -> Turn:
    """Asks the same question once more, without counting a miss."""
    step = flow.find(session.step)
    if not isinstance(step, Choose | Ask):
        return start(flow, session, facts, session.answers)
    return Turn(session, (_question(flow, step, session, facts),))


def back(flow: Flow, session: Session, facts: Facts) -> Turn:
    """Asks the question before; at the first, that one again. Where it goes on over several screens, the one before."""
    step = flow.find(session.step)
    if not isinstance(step, Choose | Ask):
        return start(flow, session, facts)
    if session.page:
        turning = session.but(page=session.page - 1, misses=0)
        return Turn(turning, (_question(flow, step, turning, facts),))
    if step.back:
        return go_to(flow, step.back, session.but(misses=0, page=0), facts)
    return _ask(flow, _before(flow, step, session, facts), session, facts)


def _before(flow: Flow, step: Question, session: Session, facts: Facts) -> Question:
    """The last question before this one that would be asked at all."""
    earlier = [s for s in flow.before(step) if not (s.unless and s.unless(session.answers, facts))]
    return earlier[-1] if earlier else step


def is_first(flow: Flow, session: Session, facts: Facts) -> bool:
    """Whether no question of this flow comes before the one that stands."""
    step = flow.find(session.step)
    first = isinstance(step, Choose | Ask) and not step.back and _before(flow, step, session, facts) is step
    return first or not isinstance(step, Choose | Ask)


def go_to(flow: Flow, name: str, session: Session, facts: Facts) -> Turn:
    """Goes to the step of that name; a question is asked even if it was answered before."""
    step = flow.at(name)
    return _ask(flow, step, session, facts) if isinstance(step, Choose | Ask) else _walk(flow, session, step, facts)


def is_choice(flow: Flow, session: Session) -> bool:
    """Whether the question takes exactly one option: then `#` has nothing to finish or to skip."""
    step = flow.find(session.step)
    return isinstance(step, Choose) and not step.many and not step.skip


def is_chosen(flow: Flow, session: Session, heard: Heard, facts: Facts) -> bool:
    """Whether an option of the question at hand was heard."""
    step = flow.find(session.step)
    if not isinstance(step, Choose):
        return False
    options = step.names(facts, session.answers)
    return bool(_picked(flow, step, options, screen(options, session.page, _room(step, session, facts)), heard))


def _walk(flow: Flow, session: Session, step: Step, facts: Facts) -> Turn:
    effects: list[Any] = []
    while True:
        match step:
            case Do():
                effects += step.effects(session.answers, facts)
                session = session.but(answers=step.learns(session.answers, facts)) if step.learns else session
                step = flow.at(step.then(session.answers, facts)) if step.then else flow.after(step)
            case End():
                return Turn(session.but(step=""), _last_words(flow, step, session, facts), tuple(effects))
            case Announce():
                if told := tuple(step.says(session.answers, facts)):
                    heard_to_its_end = (*told[:-1], told[-1].but(goes_on=True))
                    return Turn(session.but(step=step.name), heard_to_its_end, tuple(effects))
                step = flow.after(step)
            case Begin():
                return start(step.flow, session, facts, session.answers).doing(*effects)
            case _ if _settled(step, session, facts):
                step = flow.after(step)
            case _:
                return _ask(flow, step, session, facts).doing(*effects)


def _last_words(flow: Flow, step: End, session: Session, facts: Facts) -> tuple[Prompt, ...]:
    if step.says:
        return tuple(step.says(session.answers, facts))
    heard_too = step.sounds(session.answers, facts) if step.sounds else {}
    return (Prompt(f"{flow.name}.{step.name}", values=_values(flow, step, session, facts), **heard_too),)


def _settled(step: Question, session: Session, facts: Facts) -> bool:
    known = step.saves is not None and step.saves in session.answers
    return known or bool(step.unless and step.unless(session.answers, facts))


def _ask(flow: Flow, step: Question, session: Session, facts: Facts) -> Turn:
    """Puts a question, forgetting what was answered to it before."""
    of_this = f"{step.saves}_"
    answers = {name: v for name, v in session.answers.items() if name != step.saves and not name.startswith(of_this)}
    asking = session.but(step=step.name, answers=answers, misses=0, page=0)
    return Turn(asking, (_question(flow, step, asking, facts),))


def _question(flow: Flow, step: Question, session: Session, facts: Facts) -> Prompt:
    key, values = f"{flow.name}.{step.name}", _values(flow, step, session, facts)
    heard_too = step.sounds(session.answers, facts) if step.sounds and not session.page else {}
    if isinstance(step, Ask):
        return Prompt(key, waits=True, again=session.misses, values=values, answer=step.answer, **heard_too)
    shown = screen(step.names(facts, session.answers), session.page, _room(step, session, facts))
    return Prompt(key, shown, True, session.misses, values, many=step.many, **heard_too)


def _values(flow: Flow, step: Question | End, session: Session, facts: Facts) -> Values:
    """The answers so far (choices as names, which get labels), and what the step itself shows."""
    answers = {name: tuple(v.split()) if name in flow.choices else v for name, v in session.answers.items()}
    return {**answers, **(step.shows(session.answers, facts) if step.shows else {})}


def _room(step: Choose, session: Session, facts: Facts) -> int:
    return WIDE if step.is_wide(session.answers, facts) else ON_A_SCREEN


def screen(options: tuple[str, ...], page: int = 0, most: int = ON_A_SCREEN) -> tuple[str, ...]:
    """At most `most` options: all of them, or one less and the way to the next ones."""
    if len(options) <= most:
        return options
    room = most - 1
    first = page % _screens(options, most) * room
    return (*options[first : first + room], MORE)


def _screens(options: tuple[str, ...], most: int) -> int:
    return -(-len(options) // (most - 1))


def _chosen(flow: Flow, session: Session, step: Choose, heard: Heard, facts: Facts) -> Turn:
    options = step.names(facts, session.answers)
    most = _room(step, session, facts)
    shown = screen(options, session.page, most)
    picked = _picked(flow, step, options, shown, heard)
    if step.many and (heard.keys == "#" or heard.silent) and session.answers.get(step.saves or ""):
        return _onward(flow, session, step, None, facts)
    if step.adds and _adds(picked, heard):
        return go_to(flow, step.adds, session, facts)
    if not picked or (len(picked) > 1 and not step.many):
        return _missed(flow, step, session, facts)
    kept = _kept(step, session, picked) if step.saves else session.answers
    if MORE in picked:
        page = (session.page + 1) % _screens(options, most)  # after the last screen comes the first
        turning = session.but(page=page, misses=0, answers=kept)
        return Turn(turning, (_question(flow, step, turning, facts),))
    return _onward(flow, session.but(answers=kept), step, step.leads_to(picked[0]), facts)


def _adds(picked: tuple[str, ...], heard: Heard) -> bool:
    """Whether words are no option, but say more: "I use a wheelchair", and "no, 14 Elm"; "no, wrong area" is a no."""
    more = bool(heard.rest) or heard.precise
    return more and (not picked or (picked == ("no",) and (heard.precise or bool(heard.numbers))))


def _kept(step: Choose, session: Session, picked: tuple[str, ...]) -> dict[str, str]:
    """The answers with the choice in it; a choice of many gathers over the screens, in order, each once."""
    saves = step.saves or ""
    before = session.answers.get(saves, "").split() if step.many else []
    chosen = dict.fromkeys([*before, *(name for name in picked if name != MORE)])
    return {**session.answers, saves: " ".join(chosen)} if chosen else dict(session.answers)


def senses(flow: Flow, step: Choose, heard: Heard) -> tuple[str, ...] | None:
    """What the names mean at this question; None if one of them is copied from another question's list."""
    own = tuple(name.rpartition("/")[2] for name in heard.names if name.startswith(f"{flow.name}.{step.name}/"))
    if COPIED in heard.names and not own:
        return None
    others = (step.senses.get(name, name) for name in heard.names if name != COPIED and "/" not in name)
    return (*own, *others)


def _picked(
    flow: Flow, step: Choose, options: tuple[str, ...], shown: tuple[str, ...], heard: Heard
) -> tuple[str, ...]:
    """The options meant: by name, by their own number ("112"), or by the key under which they were shown."""
    meant = senses(flow, step, heard)
    if meant is None:
        return ()
    said = (*meant, *map(str, heard.numbers))
    named = tuple(dict.fromkeys(name for name in said if name in (*options, MORE)))
    if step.many and not named and not heard.rest:
        named = tuple(options) if {"all", "both"} & set(meant) and ("all" in meant or len(options) == 2) else ()
    if named and not heard.keys:
        if not step.exact and "no" in heard.names and "no" not in options and not heard.rest:
            return ()  # "no food": none of it, or none at home?
        clear = not step.exact or (
            len(named) == 1 and _says_only(said, named[0], shown) and not (heard.rest or heard.asks)
        )
        return named if clear else _begins_with(step, heard)
    if left := _left_over(step, options, heard):
        return left
    if heard.keys in step.keys:
        return (step.keys[heard.keys],)
    if heard.keys in options:
        return (heard.keys,)
    if heard.keys == "#" and step.skip in options:
        return (step.skip,)
    if heard.words and all(option.isdecimal() for option in shown):
        return ()  # needs are listed under their own numbers; a place in the list must not take one
    keys = _joined(heard) if step.many else heard.digits
    if not keys and heard.leads.isdecimal() and (step.harmless or not step.exact):
        keys = heard.leads  # "2, I quit driving"
    places = [int(key) - 1 if key.isdecimal() else -1 for key in keys]
    if not places or not all(0 <= place < len(shown) for place in places):
        return ()
    picked = tuple(shown[place] for place in places)
    return () if set(picked) & set(step.keys.values()) else picked


def _left_over(step: Choose, options: tuple[str, ...], heard: Heard) -> tuple[str, ...]:
    """The one option that is left where the others are named as not meant: "not northside"."""
    left = tuple(name for name in options if name not in heard.denied)
    alone = len(left) == 1 < len(options) and not (step.many or step.exact or heard.keys or heard.numbers)
    return left if alone else ()


def _joined(heard: Heard) -> str:
    """The keys of several options, also with a word between each two, in whatever language: "1 y 2"."""
    between = len(heard.rest) < len(heard.numbers) and set(heard.names) <= {"yes", *BESIDE_A_NUMBER}
    joined = "".join(map(str, heard.numbers)) if len(heard.numbers) > 1 and between else ""
    return joined or heard.digits.strip("#")


def _begins_with(step: Choose, heard: Heard) -> tuple[str, ...]:
    """The yes or no that the words begin with, where that is enough."""
    lead = step.senses.get(heard.leads, heard.leads)
    return (lead,) if step.harmless and lead in ("yes", "no") else ()


def _says_only(said: tuple[str, ...], option: str, shown: tuple[str, ...]) -> bool:
    """Whether only that option was said; a copied line such as "2 change it" includes its key."""
    own = {option, str(shown.index(option) + 1)} if option in shown else {option}
    return set(said) <= own


def _answered(flow: Flow, session: Session, step: Ask, heard: Heard, facts: Facts) -> Turn:
    value = step.answer.read(heard)
    if value is None:
        return _missed(flow, step, session, facts)
    answers = {**session.answers, step.saves: value}
    if heard.recording:
        answers[f"{step.saves}_recording"] = heard.recording
    if step.hears:
        answers |= {f"{step.saves}_{name}": told for name, told in step.hears(heard, facts).items()}
    return _onward(flow, session.but(answers=answers), step, None, facts)


def _onward(flow: Flow, session: Session, step: Question, target: str | None, facts: Facts) -> Turn:
    if step.saves == "language":
        session = session.but(language=session.answers["language"])
    session = session.but(misses=0, page=0)
    if target is None:
        return _walk(flow, session, flow.after(step), facts)
    return _jump(flow, target, session, facts)


def _jump(flow: Flow, name: str, session: Session, facts: Facts) -> Turn:
    """Where an option leads. A question is asked there even if it was answered before, but not where it is none."""
    step = flow.at(name)
    if isinstance(step, Choose | Ask) and step.unless and step.unless(session.answers, facts):
        return _walk(flow, session, flow.after(step), facts)
    return go_to(flow, name, session, facts)


def _missed(flow: Flow, step: Question, session: Session, facts: Facts) -> Turn:
    missed = session.but(misses=session.misses + 1)
    return Turn(missed, (_question(flow, step, missed, facts),))
