"""Trains the second opinion, and says what it adds to the rules on texts that it has not seen.

    python -m benchmarks.train_second_opinion [--write] [--figures]

Texts come from tests/corpus and tests/danger. The tenth that is held out is never trained on. ``--figures`` prints, for
several thresholds, what each model finds of all that the rules miss and how much it suspects wrongly: on texts that
were left out of its training (three parts in turn), and on the tenth. ``--write`` keeps the weights.

"certain" is trained on what is certain danger against all else, possible danger too; only texts in which danger is
heard already are asked about it.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, exp, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from hotline.channels.parsing import second_opinion
from hotline.channels.parsing.second_opinion import SCALE, SUBJECTS, features
from hotline.channels.parsing.tokens import spoken
from tests import corpus
from tests.corpus.judging import ear
from tests.corpus.score import DANGER
from tests.world import COMMUNITY

KEPT = Path(second_opinion.__file__).with_name(second_opinion.WEIGHTS)
INVENTED = corpus.FOLDER.parent / "danger" / "invented.tsv"
LABELS = {"danger": DANGER, "certain": DANGER[:1], "ending": ("opt_out",), "person": ("person",)}
BESIDE = {  # near it, or perhaps it: not trained on
    "certain": DANGER[:1],
    "ending": ("opt_out?", "opt_out_calls", "hours", "by_call", "by_text"),
}
ROUNDS, PARTS = 20, 3
STEP, SMOOTH, SPARSE, SMALL = 0.5, 1.0, 0.1, 0.3  # of the follow-the-regularized-leader rule
FEWEST = 2  # texts that a feature stands in
LIGHTEST = 0.12  # a weight below is left out
THRESHOLDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
# By what was left out of training. Danger and ending: about where one more that is found costs one other text that is
# asked about. Certain: higher, for it rings coordinators at night.
CHOSEN = {"danger": 0.4, "certain": 1.5, "ending": 0.5, "person": 0.5}

Model = tuple[dict[str, float], float]


@dataclass(frozen=True)
class Text:
    """One text: what counts in it; whether it is about each subject, or None where that is not clear; whether the model
    is spared, since the rules know; and who may see it."""

    features: tuple[str, ...]
    about: dict[str, bool | None]
    by_rule: dict[str, bool]
    held_out: bool
    long: int


@dataclass(frozen=True)
class Example:
    """A text as one subject sees it: `asked` says that the model is asked about it, because no rule knew."""

    features: tuple[str, ...]
    about: bool
    asked: bool
    held_out: bool


def texts() -> list[Text]:
    """All texts, each once, as the rules hear them."""
    with TemporaryDirectory() as folder:
        Path(folder, "community.toml").write_text(COMMUNITY, "utf-8")
        hearing = ear(corpus.SHIPPED, Path(folder))
    found: dict[str, Text] = {}
    for line in filter(corpus.shipped, corpus.lines()):
        if line.text in found:
            continue
        heard = hearing.by_rule(line.text)
        known = {
            "danger": bool(heard.danger),
            "certain": heard.danger != "possible",
            "ending": bool(heard.stops or heard.danger),
            "person": bool(heard.stops or heard.danger or "person" in heard.names),
        }
        bare = spoken(heard.own)[0]
        about = {subject: _is_about(line, subject) for subject in SUBJECTS}
        found[line.text] = Text(tuple(features(bare)), about, known, corpus.held_out(line), len(bare))
    for row in INVENTED.read_text("utf-8").removesuffix("\n").split("\n")[1:]:
        words, _, level = row.split("\t")
        about = {**dict.fromkeys(SUBJECTS), "danger": level != "none"}
        known = dict.fromkeys(SUBJECTS, True)
        found.setdefault(words, Text(tuple(features(spoken(words)[0])), about, known, False, 99))
    return list(found.values())


def _is_about(line: corpus.Line, subject: str) -> bool | None:
    """Whether a line is clearly about a subject, or clearly not."""
    best, fair = line.fair[0], {label for some in line.fair for label in some}
    if best & set(LABELS[subject]):
        return None if subject == "certain" and "danger?" in fair else True
    return None if fair & {*LABELS[subject], *BESIDE.get(subject, ())} else False


def seen_as(subject: str, some: Sequence[Text]) -> list[Example]:
    """What one subject learns from, or is judged by."""
    return [
        Example(
            text.features,
            bool(text.about[subject]),
            not text.by_rule[subject] and text.long >= second_opinion.FEWEST[subject],
            text.held_out,
        )
        for text in some
        if text.about[subject] is not None
    ]


def train(some: Sequence[Example]) -> Model:
    """Logistic regression, one text at a time; most weights stay nothing (FTRL-proximal)."""
    count = Counter(feature for text in some for feature in set(text.features))
    names = [feature for feature, often in count.items() if often >= FEWEST]
    places = {feature: place for place, feature in enumerate(names)}
    known = [[places[feature] for feature in text.features if feature in places] for text in some]
    parts = [1 / sqrt(len(text.features) + 1) for text in some]
    push = (len(some) - sum(text.about for text in some)) / sum(text.about for text in some) / 2
    pull, seen, weights = [0.0] * len(names), [0.0] * len(names), [0.0] * len(names)
    bias, chance, order = 0.0, random.Random(0), list(range(len(some)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        for place in order:
            own, part = known[place], parts[place]
            score = bias + part * sum(map(weights.__getitem__, own))
            error = 1 / (1 + exp(-max(-30.0, min(30.0, score)))) - some[place].about
            error *= push if some[place].about else 1.0
            bias -= 0.05 * error / (1 + turn)
            slope = error * part
            square = slope * slope
            for feature in own:
                root = sqrt(seen[feature])
                seen[feature] += square
                new = sqrt(seen[feature])
                force = pull[feature] = pull[feature] + slope - (new - root) / STEP * weights[feature]
                if -SPARSE <= force <= SPARSE:
                    weights[feature] = 0.0
                else:
                    weights[feature] = (copysign(SPARSE, force) - force) / ((SMOOTH + new) / STEP + SMALL)
    return {name: weight for name, weight in zip(names, weights, strict=True) if abs(weight) >= LIGHTEST}, bias


def score(text: Example, model: Model) -> float:
    weights, bias = model
    return bias + sum(weights.get(each, 0.0) for each in text.features) / sqrt(len(text.features) + 1)


def figures(subject: str, some: Sequence[Example], scored: Sequence[float]) -> str:
    """What is found of all that the rules miss, and what is suspected wrongly, for each threshold."""
    both = [(text, own) for text, own in zip(some, scored, strict=True) if text.asked]
    lines = []
    for about in (True, False):
        own = [each for text, each in both if text.about is about]
        found = ", ".join(f"{sum(each > least for each in own)}" for least in THRESHOLDS)
        lines.append(
            f"  {subject}: {'missed by the rules' if about else 'something else'} {len(own)}, suspected {found}"
        )
    return "\n".join(lines)


def crossed(some: Sequence[Example]) -> list[float]:
    """The score of each text by a model that was trained without it."""
    chance = random.Random(0)
    parts = [chance.randrange(PARTS) for _ in some]
    models = [train([text for text, part in zip(some, parts, strict=True) if part != own]) for own in range(PARTS)]
    return [score(text, models[part]) for text, part in zip(some, parts, strict=True)]


def kept(subject: str, model: Model) -> dict[str, object]:
    weights, bias = model
    whole = {each: round(weight * SCALE) for each, weight in sorted(weights.items())}
    # The bias counts once a text, and is a part of what must be exceeded.
    return {"least": round((CHOSEN[subject] - bias) * SCALE), "weights": whole}


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--write", action="store_true")
    wanted.add_argument("--figures", action="store_true")
    given = wanted.parse_args()
    models: dict[str, dict[str, object]] = {}
    print("thresholds", THRESHOLDS)
    every = texts()
    for subject in SUBJECTS:
        found = seen_as(subject, every)
        seen, apart = [t for t in found if not t.held_out], [t for t in found if t.held_out]
        model = train(seen)
        models[subject] = kept(subject, model)
        print(f"{subject}: {len(model[0])} weights, {sum(t.about for t in seen)} of {len(seen)} texts")
        print("  held out", figures(subject, apart, [score(text, model) for text in apart]), sep="\n")
        if given.figures:
            print("  left out", figures(subject, seen, crossed(seen)), sep="\n", flush=True)
    if given.write:
        KEPT.write_text(json.dumps(models, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
        print(f"{KEPT.stat().st_size} bytes, {KEPT}")


if __name__ == "__main__":
    main()
