"""Question of ours: put before somebody who said nothing just now. It becomes the newest; what it interrupts goes on
afterwards."""

from collections.abc import Sequence

from hotline.engine import run
from hotline.engine.session import Prompt
from hotline.engine.steps import Answers, Flow
from hotline.flows import interruption
from hotline.model.facts import Facts
from hotline.model.outgoing import NEWS
from hotline.storage import Transaction


def put_question(
    tx: Transaction,
    flow: Flow,
    known: Answers,
    facts: Facts,
    about: int = 0,
    before: Sequence[Prompt] = (),
    *,
    replaces: bool = False,
    any_hour: bool = False,
    expires_at: float | None = None,
) -> None:
    """Begins `flow` with what is `known`. `before` is said in the same text, which is about the need of row `about`.
    With `replaces` it takes the place of the question before, which is not put again. `any_hour` wakes them; after
    `expires_at` it is not said any more."""
    session = facts.me.session.but(turn=facts.me.session.turn + 1)
    behind = session.behind if replaces else interruption.kept(session)
    turn = run.start(flow, session.but(behind=behind), facts, known)
    tx.people.place(turn.session, facts.now)
    tx.outbox.put(facts.me.phone, [*before, *turn.prompts], about, NEWS, facts.now, expires_at, any_hour=any_hour)
