"""No more calls and no more texts: asked once more, so that no slip of a key ends them."""

from collections.abc import Iterable

from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Choose, Do, End, Flow
from hotline.flows.volunteer.claim import give_all_back, leave_behind
from hotline.model.effects import Effect, OptOut
from hotline.model.facts import Facts

FAREWELL = Prompt("hello.opted_out")
SURE = Prompt("quiet.sure", ("yes", "no"), waits=True)


def end_all(_: Answers, facts: Facts) -> Iterable[Effect]:
    """What they have goes back to others, what they asked for is shown to a person, and nothing is sent any more."""
    yield from give_all_back(facts)
    yield from leave_behind(facts)
    yield OptOut()


quiet = Flow(
    "quiet",
    Choose("sure", {"yes": "end", "no": "kept"}, exact=True),
    Do("end", end_all),
    End("ended", says=lambda _, __: (FAREWELL,)),
    End("kept"),
    optional=True,
)
