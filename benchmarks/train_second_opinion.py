"""Trains the second opinion, and says what it adds to the rules on texts that it has not seen.

    python -m benchmarks.train_second_opinion [--write] [--figures]

Texts come from tests/corpus and tests/danger. The tenth that is held out is never trained on. ``--figures`` prints, for
several thresholds, what each model finds of all that the rules miss and how much it suspects wrongly: on texts that
were left out of its training (three parts in turn), and on the tenth. ``--write`` keeps the weights.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import copysign, exp, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

from hotline.channels.parsing import second_opinion
from hotline.channels.parsing.second_opinion import SCALE, SUBJECTS, features
from hotline.channels.parsing.tokens import spoken
from tests import corpus
from tests.corpus.judging import ear
from tests.world import COMMUNITY

KEPT = Path(second_opinion.__file__).with_name(second_opinion.WEIGHTS)
INVENTED = corpus.FOLDER.parent / "danger" / "invented.tsv"
LABELS = {"danger": ("emergency", "danger?"), "ending": ("opt_out",), "person": ("person",)}
BESIDE = {"ending": ("opt_out?", "opt_out_calls", "hours", "by_call", "by_text")}  # near it: not trained on
ROUNDS, PARTS = 20, 3
STEP, SMOOTH, SPARSE, SMALL = 0.5, 1.0, 0.1, 0.3  # of the follow-the-regularized-leader rule
FEWEST = 2  # texts that a feature stands in
LIGHTEST = 0.12  # a weight below is left out
THRESHOLDS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
CHOSEN = {"danger": 0.45, "ending": 1.25, "person": 0.5}  # by the figures

Model = tuple[dict[str, float], float]


@dataclass(frozen=True)
class Text:
    """One text: what counts in it, whether it is about the subject, whether the rules know that, and who may see it."""

    features: tuple[str, ...]
    about: bool
    by_rule: bool
    held_out: bool
    long: bool


def texts(subject: str) -> list[Text]:
    """All texts that are clearly about it, or clearly not, each once."""
    with TemporaryDirectory() as folder:
        Path(folder, "community.toml").write_text(COMMUNITY, "utf-8")
        hearing = ear(corpus.SHIPPED, Path(folder))
    found: dict[str, Text] = {}
    for line in corpus.lines():
        if not corpus.shipped(line) or line.text in found:
            continue
        best, fair = line.fair[0], [label for some in line.fair for label in some]
        about = bool(best & set(LABELS[subject]))
        if not about and not {*LABELS[subject], *BESIDE.get(subject, ())}.isdisjoint(fair):
            continue
        heard = hearing.by_rule(line.text)
        known = {"danger": bool(heard.danger), "ending": bool(heard.stops), "person": "person" in heard.names}
        bare = spoken(heard.own)[0]
        found[line.text] = Text(
            tuple(features(bare)),
            about,
            known[subject],
            corpus.held_out(line),
            len(bare) >= second_opinion.FEWEST[subject],
        )
    if subject == "danger":
        for row in INVENTED.read_text("utf-8").removesuffix("\n").split("\n")[1:]:
            words, _, level = row.split("\t")
            found.setdefault(words, Text(tuple(features(spoken(words)[0])), level != "none", True, False, True))
    return list(found.values())


def train(some: Sequence[Text]) -> Model:
    """Logistic regression, one text at a time; most weights stay nothing (FTRL-proximal)."""
    count = Counter(feature for text in some for feature in set(text.features))
    known = [[feature for feature in text.features if count[feature] >= FEWEST] for text in some]
    push = (len(some) - sum(text.about for text in some)) / sum(text.about for text in some) / 2
    pull, seen = defaultdict[str, float](float), defaultdict[str, float](float)
    weights: dict[str, float] = {}
    bias, chance, order = 0.0, random.Random(0), list(range(len(some)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        for place in order:
            part = 1 / sqrt(len(some[place].features) + 1)
            score = bias + part * sum(weights.get(feature, 0.0) for feature in known[place])
            error = 1 / (1 + exp(-max(-30.0, min(30.0, score)))) - some[place].about
            error *= push if some[place].about else 1.0
            bias -= 0.05 * error / (1 + turn)
            for feature in known[place]:
                slope, before = error * part, seen[feature]
                seen[feature] = before + slope * slope
                pull[feature] += slope - (sqrt(seen[feature]) - sqrt(before)) / STEP * weights.get(feature, 0.0)
                if abs(pull[feature]) <= SPARSE:
                    weights.pop(feature, None)
                else:
                    firm = (SMOOTH + sqrt(seen[feature])) / STEP + SMALL
                    weights[feature] = -(pull[feature] - copysign(SPARSE, pull[feature])) / firm
    return {feature: weight for feature, weight in weights.items() if abs(weight) >= LIGHTEST}, bias


def score(text: Text, model: Model) -> float:
    weights, bias = model
    return bias + sum(weights.get(each, 0.0) for each in text.features) / sqrt(len(text.features) + 1)


def figures(subject: str, some: Sequence[Text], scored: Sequence[float]) -> str:
    """What is found of all that the rules miss, and what is suspected wrongly, for each threshold."""
    both = [(text, own) for text, own in zip(some, scored, strict=True) if not text.by_rule and text.long]
    lines = []
    for about in (True, False):
        own = [each for text, each in both if text.about is about]
        found = ", ".join(f"{sum(each > least for each in own)}" for least in THRESHOLDS)
        lines.append(
            f"  {subject}: {'missed by the rules' if about else 'something else'} {len(own)}, suspected {found}"
        )
    return "\n".join(lines)


def crossed(some: Sequence[Text]) -> list[float]:
    """The score of each text by a model that was trained without it."""
    parts = [random.Random(text.features.__len__() + place).randrange(PARTS) for place, text in enumerate(some)]
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
    for subject in SUBJECTS:
        found = texts(subject)
        seen, apart = [t for t in found if not t.held_out], [t for t in found if t.held_out]
        model = train(seen)
        models[subject] = kept(subject, model)
        print(f"{subject}: {len(model[0])} weights, {sum(t.about for t in seen)} of {len(seen)} texts")
        print("  held out", figures(subject, apart, [score(text, model) for text in apart]), sep="\n")
        if given.figures:  # as if no rule knew them: the rules were made with these texts in view
            print("  left out", figures(subject, [replace(t, by_rule=False) for t in seen], crossed(seen)), sep="\n")
    if given.write:
        KEPT.write_text(json.dumps(models, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
        print(f"{KEPT.stat().st_size} bytes, {KEPT}")


if __name__ == "__main__":
    main()
