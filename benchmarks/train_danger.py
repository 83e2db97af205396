"""Trains the second opinion on danger, and says what it adds to the rules on texts that neither has seen.

    python -m benchmarks.train_danger [FOLDER ...] [--write]

Texts come from tests/corpus, tests/danger and any further folders with files of the same kind. The tenth that is held
out is never trained on. Without --write nothing is kept: only the figures are printed, with every writer's file left
out of the training once.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import copysign, exp, inf, sqrt
from pathlib import Path

from hotline.channels.parsing import danger_hunch
from hotline.channels.parsing.danger import DangerReader
from hotline.channels.parsing.danger_hunch import SCALE, features
from hotline.channels.parsing.tokens import Phrase, spoken
from tests import corpus

KEPT = Path(danger_hunch.__file__).with_name(danger_hunch.WEIGHTS)
FOLDERS = (corpus.FOLDER, corpus.FOLDER.parent / "danger")
ROUNDS = 12
STEP, SMOOTH, SPARSE, SMALL = 0.3, 1.0, 2.0, 1.0  # of the follow-the-regularized-leader rule
FEWEST = 2  # texts that a feature stands in
LIGHTEST = 0.25  # a weight below is left out
THRESHOLDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
CHOSEN = 0.2

Model = tuple[dict[str, float], float]


@dataclass(frozen=True)
class Text:
    """One text: its file, whether it is danger, whether it is held out, its features, and what the rules say."""

    file: str
    bare: Phrase
    danger: bool
    held_out: bool
    features: tuple[str, ...]
    by_rule: bool
    figure: bool  # a figure of speech explains its words


def texts(folders: Sequence[Path]) -> list[Text]:
    """All texts of these folders, each once."""
    reader = DangerReader("911")
    found: dict[str, Text] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.tsv"))):
        for row in path.read_text("utf-8").removesuffix("\n").split("\n")[1:]:
            words, _, meaning = row.split("\t")
            line = corpus.Line(words, "", meaning, "", "", path.name, 0)
            bare, written = spoken(words)
            danger = meaning.startswith(("emergency", "danger?", "certain", "possible"))
            read = reader.read(words, bare, written)
            own = tuple(sorted(set(features(bare))))
            figure = bool(read.why and not read.level)
            found[words] = Text(path.name, bare, danger, corpus.held_out(line), own, bool(read.level), figure)
    return list(found.values())


def train(some: Sequence[Text]) -> Model:
    """Logistic regression, one text at a time; most weights stay nothing (FTRL-proximal)."""
    count = Counter(feature for text in some for feature in text.features)
    known = [[feature for feature in text.features if count[feature] >= FEWEST] for text in some]
    push = (len(some) - sum(text.danger for text in some)) / sum(text.danger for text in some) / 2
    pull, seen = defaultdict[str, float](float), defaultdict[str, float](float)
    weights: dict[str, float] = {}
    bias, chance, order = 0.0, random.Random(0), list(range(len(some)))
    for turn in range(ROUNDS):
        chance.shuffle(order)
        for place in order:
            part = 1 / sqrt(len(known[place]) + 1)
            score = bias + part * sum(weights.get(feature, 0.0) for feature in known[place])
            error = 1 / (1 + exp(-max(-30.0, min(30.0, score)))) - some[place].danger
            error *= push if some[place].danger else 1.0
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
    if len(text.bare) < danger_hunch.FEWEST:
        return -inf
    return bias + sum(weights.get(each, 0.0) for each in text.features) / sqrt(len(text.features) + 1)


def figures(name: str, some: Sequence[Text], model: Model) -> str:
    """How much is found, and how much is alarmed, by the rules and by both, for each threshold."""
    lines = []
    for danger in (True, False):
        own = [text for text in some if text.danger is danger]
        if own:
            rules = sum(text.by_rule for text in own)
            both = [
                sum(text.by_rule or (not text.figure and score(text, model) > least) for text in own)
                for least in THRESHOLDS
            ]
            word = "danger found" if danger else "alarms      "
            lines.append(f"{name:34} {word} of {len(own):5}: rules {rules:5}, both {both}")
    return "\n".join(lines)


def write(model: Model) -> None:
    weights, bias = model
    whole = {each: round(weight * SCALE) for each, weight in sorted(weights.items())}
    # The bias counts once a text, and is a part of what must be exceeded.
    kept = {"least": round((CHOSEN - bias) * SCALE), "weights": whole}
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n", "utf-8")
    print(f"{len(whole)} weights, {KEPT.stat().st_size} bytes, {KEPT}")


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("folders", nargs="*", type=Path)
    wanted.add_argument("--write", action="store_true")
    given = wanted.parse_args()
    found = texts((*FOLDERS, *given.folders))
    seen = [text for text in found if not text.held_out]
    model = train(seen)
    print("thresholds", THRESHOLDS)
    print(figures("held out", [text for text in found if text.held_out], model))
    if given.write:
        write(model)
        return
    for file in sorted({text.file for text in found if "danger" in text.file or "idioms" in text.file}):
        print(figures(file, [text for text in seen if text.file == file], train([t for t in seen if t.file != file])))


if __name__ == "__main__":
    main()
