"""Trains the second opinion, and says what it adds to the rules on texts that it has not seen.

    pip install scikit-learn
    python -m benchmarks.train_second_opinion [--write] [--figures]

Texts come from tests/corpus, tests/danger and second_opinion.tsv beside this file. The tenth of the corpus that is held
out is never trained on. ``--figures`` prints, for several thresholds, what each model finds of all that the rules miss
and how much it suspects wrongly, on texts that were left out of its training (five parts in turn). ``--write`` keeps
the weights.

"certain" is trained on what is certain danger against all else, possible danger too; only texts in which danger is
heard already are asked about it.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy
from scipy.sparse import csr_matrix, diags
from sklearn.svm import LinearSVC

from hotline.channels.parsing import second_opinion
from hotline.channels.parsing.second_opinion import BUCKETS, MOST, SUBJECTS, of_a_word, paired, place
from hotline.channels.parsing.tokens import Phrase, spoken
from hotline.engine.answers import Heard
from tests import corpus
from tests.corpus.judging import ear
from tests.corpus.score import DANGER
from tests.world import COMMUNITY

KEPT = Path(second_opinion.__file__).with_name(second_opinion.WEIGHTS)
WRITTEN = Path(__file__).with_name("second_opinion.tsv")  # written to be trained on: text, language, what it is about
INVENTED = corpus.FOLDER.parent / "danger" / "invented.tsv"
LABELS = {
    "danger": DANGER,
    "certain": DANGER[:1],
    "ending": ("opt_out",),
    "person": ("person",),
    "hours": ("hours",),
    "closing": ("withdraw",),
    "giving_back": ("drop 112",),
    "joining": ("signup",),
}
BESIDE = {  # near it, or perhaps it: not trained on
    "certain": DANGER[:1],
    "ending": ("opt_out?", "opt_out_calls", "hours", "by_call", "by_text"),
    "hours": ("opt_out", "opt_out?"),
    "closing": ("decline 112", "drop 112", "opt_out?"),
    "giving_back": ("withdraw", "decline 112"),
}
IN_CERTAIN = {"certain": True, "possible": None}
NEAR = {"ending": ("hours", "closing"), "hours": ("ending",), "closing": ("ending", "giving_back")} | {
    "giving_back": ("closing",)
}  # written about one, perhaps about the others: not trained on
PARTS = 5
COST = 1.0  # of what is on the wrong side, beside small weights
KNOWN = 0.25  # what a text counts that the rules know, for danger
WORD, PIECE = 1.5, 0.7  # beside 1 for two words together
FEWEST = 2  # texts that a feature stands in
THRESHOLDS = (-0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.4, 0.6)


@dataclass(frozen=True)
class Text:
    """One text: its words; whether it is about each subject, or None where that is not clear; whether the rules know,
    so that the model is not asked; and what nobody may see."""

    bare: Phrase
    about: dict[str, bool | None]
    by_rule: dict[str, bool]
    held_out: bool
    part: int


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
        about = {subject: _is_about(line, subject) for subject in SUBJECTS}
        found[line.text] = Text(spoken(heard.own)[0], about, _known(heard), corpus.held_out(line), _part(line.text))
    for words, about in _written():
        heard = hearing.by_rule(words)
        text = Text(spoken(heard.own)[0], about, _known(heard), False, _part(words))
        found.setdefault(words, text)
    return list(found.values())


def _known(heard: Heard) -> dict[str, bool]:
    """Whether the rules know, for each subject."""
    stopped = bool(heard.stops or heard.danger)
    return dict.fromkeys(SUBJECTS, stopped) | {
        "danger": bool(heard.danger),
        "certain": heard.danger != "possible",
        "person": stopped or "person" in heard.names,
    }


def _written() -> Iterable[tuple[str, dict[str, bool | None]]]:
    """What was written to be trained on, and what each text is about."""
    for path in (INVENTED, WRITTEN):
        for row in path.read_text("utf-8").removesuffix("\n").split("\n")[1:]:
            words, _, about = row.split("\t")
            yield words, _told(about)


def _told(about: str) -> dict[str, bool | None]:
    """What one word says of each subject: one of them, "possible" danger, "nothing" of them all, or "none", which says
    no more than that it is neither danger nor an end of our texts."""
    danger = about in IN_CERTAIN
    said: dict[str, bool | None] = dict.fromkeys(SUBJECTS, None)
    said |= {"danger": danger, "certain": IN_CERTAIN.get(about, False), "ending": about == "ending"}
    if about in SUBJECTS and not danger:
        said |= dict.fromkeys(SUBJECTS, False) | dict.fromkeys(NEAR.get(about, ()), None) | {about: True}
    return said | (dict.fromkeys(SUBJECTS, False) if about == "nothing" else {})


def _part(words: str) -> int:
    return int(hashlib.md5(words.encode()).hexdigest(), 16) % PARTS


def _is_about(line: corpus.Line, subject: str) -> bool | None:
    """Whether a line is clearly about a subject, or clearly not."""
    best, fair = line.fair[0], {label for some in line.fair for label in some}
    if best & set(LABELS[subject]):
        return None if subject == "certain" and "danger?" in fair else True
    return None if fair & {*LABELS[subject], *BESIDE.get(subject, ())} else False


@dataclass(frozen=True)
class Line:
    """What each feature weighs for one subject, and where it begins."""

    weights: numpy.ndarray
    begins: float

    def of(self, rows: csr_matrix) -> numpy.ndarray:
        """How far texts are on its side."""
        return rows @ self.weights + self.begins


class Features:
    """The texts as rows of numbers: what stands in few texts counts more, a long text as much as a short one."""

    def __init__(self, some: Sequence[Text]) -> None:
        rows = [_worths(text.bare) for text in some]
        ends = numpy.cumsum([0, *map(len, rows)])
        parts = numpy.fromiter((worth / sqrt(len(row) + 1) for row in rows for worth in row.values()), dtype=float)
        flat = numpy.fromiter((place for row in rows for place in row), dtype=numpy.int32)
        often = numpy.bincount(flat, minlength=BUCKETS)
        self.rarity = numpy.array([log(len(some) / n) if n >= FEWEST else 0.0 for n in often])
        self.rows = csr_matrix((parts, flat, ends), shape=(len(some), BUCKETS)) @ diags(self.rarity)


def _worths(bare: Phrase) -> dict[int, float]:
    """What counts in a text, and how much: a word more than its pieces."""
    pieces = {place(each): PIECE for word in bare for each in of_a_word(word)}
    return pieces | {place(word): WORD for word in bare} | dict.fromkeys(map(place, paired(bare)), 1.0)


def train(subject: str, rows: csr_matrix, about: Sequence[bool], known: Sequence[bool]) -> Line:
    """A line between what is about the subject and what is not, with room on both sides.

    For danger what stands far oftener on one side counts more before it is drawn, and what the rules know anyway
    counts less: of what they miss it finds more then. For the other subjects neither helps.
    """
    heavy = numpy.ones(rows.shape[1])
    weights = numpy.ones(len(about))
    if subject == "danger":
        heavy = _telling(rows, numpy.array(about))
        weights[numpy.array(known)] = KNOWN
    cost = COST / (33 if subject == "danger" else 25)
    model = LinearSVC(C=cost, class_weight="balanced", tol=1e-2, random_state=0)
    model.fit(rows @ diags(heavy), about, sample_weight=weights)
    return Line(model.coef_[0] * heavy, float(model.intercept_[0]))


def _telling(rows: csr_matrix, about: numpy.ndarray) -> numpy.ndarray:
    """How much each feature tells by itself: the root of how much oftener it stands on one side, as a logarithm."""
    stands = (rows > 0).astype(float)
    on, off = (numpy.asarray(stands[some].sum(0)).ravel() + 1 for some in (about, ~about))
    return numpy.sqrt(numpy.abs(numpy.log((on / on.sum()) / (off / off.sum()))))


def crossed(subject: str, rows: csr_matrix, some: Sequence[Text]) -> numpy.ndarray:
    """The score of each text by a model that was trained without it."""
    scored, own = numpy.zeros(len(some)), numpy.array([text.part for text in some])
    about, known = (numpy.array([bool(each[subject]) for each in told]) for told in _told_and_known(some))
    for part in range(PARTS):
        left = own == part
        scored[left] = train(subject, rows[~left], about[~left], known[~left]).of(rows[left])
    return scored


def _told_and_known(some: Sequence[Text]) -> tuple[list[dict[str, bool | None]], list[dict[str, bool]]]:
    return [text.about for text in some], [text.by_rule for text in some]


def figures(subject: str, some: Sequence[Text], scored: Sequence[float]) -> str:
    """What is found of all that the rules miss, and what is suspected wrongly, for each threshold."""
    asked = [(text, own) for text, own in zip(some, scored, strict=True) if not text.by_rule[subject]]
    lines = []
    for about in (True, False):
        own = [each for text, each in asked if text.about[subject] is about]
        found = ", ".join(f"{least}: {sum(each > least for each in own)}" for least in THRESHOLDS)
        lines.append(f"  {'missed by the rules' if about else 'something else'} {len(own)}, suspected at {found}")
    return "\n".join(lines)


def kept(features: Features, models: dict[str, Line]) -> bytes:
    """A line that says how to read it, and one small number for each place and subject."""
    weights = numpy.stack([models[subject].weights * features.rarity for subject in SUBJECTS])
    steps = [float(numpy.quantile(numpy.abs(row[row != 0]), 0.999)) / MOST for row in weights]
    whole = numpy.clip(numpy.rint(weights / numpy.array(steps)[:, None]), -MOST, MOST) + MOST + 1
    head = {subject: [step, models[subject].begins] for subject, step in zip(SUBJECTS, steps, strict=True)}
    return json.dumps(head).encode() + b"\n" + whole.T.astype(numpy.uint8).tobytes()


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--write", action="store_true")
    wanted.add_argument("--figures", action="store_true")
    given = wanted.parse_args()
    models: dict[str, Line] = {}
    every = [text for text in texts() if not text.held_out]
    features = Features(every)
    for subject in SUBJECTS:
        told = [place for place, text in enumerate(every) if text.about[subject] is not None]
        some, rows = [every[place] for place in told], features.rows[told]
        about, known = ([bool(each[subject]) for each in said] for said in _told_and_known(some))
        models[subject] = train(subject, rows, about, known)
        print(f"{subject}: {sum(about)} of {len(about)} texts", flush=True)
        if given.figures:
            print(figures(subject, some, list(crossed(subject, rows, some))), flush=True)
    if given.write:
        KEPT.write_bytes(kept(features, models))
        print(f"{KEPT.stat().st_size:,} bytes, {KEPT.name}")


if __name__ == "__main__":
    main()
