"""A neighbor does not need it any more: asked once, then it is over, and whoever had it hears so."""

from collections.abc import Iterable

from hotline.effects import Effect, StandDown, Tell, Withdraw
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.taking import shown, story, the_need
from hotline.records import Facts


def end_it(answers: Answers, facts: Facts) -> Iterable[Effect]:
    need = the_need(answers, facts)
    if need is None or need.neighbor != facts.me.phone or not need.active:
        return
    yield Withdraw(need.number)
    for taker in need.takers:
        yield Tell(taker, Prompt("news.withdrawn", values=story(need)), need.number)
    yield StandDown(need.number, Prompt("news.withdrawn", values=story(need)))


withdraw = Flow(
    "withdraw",
    Choose("sure", {"yes": "end", "no": "kept"}, exact=True, shows=shown, senses={"ok": "yes"}),
    Do("end", end_it),
    End("ended", shows=shown),
    End("kept", shows=shown),
)
